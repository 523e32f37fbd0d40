/// A formula over known variables: the names of the design matrix's columns, and how a row's values become it.
///
/// Columns and their names are those of statsmodels: `Intercept`, `C(stage)[T.II]`, `age`, `C(arm)[T.yes]:age`. The hub
/// makes the design from the merged schema and sends it in the state; so all sites have the same columns, and a level
/// that exists at one site only is a column everywhere.
public struct Design: Sendable, Equatable {
    public let formula: Formula
    /// The variable that weighs the rows (frequency weights), if any.
    public let weights: String?
    /// The levels of each category by the factor's name, the reference first; for strata, by `strata(name)`.
    public let levels: [String: [String]]
    /// The columns of the design matrix.
    public let columns: [Column]
    /// The names of the strata; one empty name where there are none.
    public let strata: [String]

    /// One column: the product of its pieces; of none, the constant 1.
    public struct Column: Sendable, Equatable {
        public let name: String
        let pieces: [Piece]
    }

    enum Piece: Sendable, Equatable {
        case number(Factor)
        /// 1 where the category has this level (by its place among ``Design/levels``), 0 elsewhere.
        case level(Factor, Int)
    }

    /// The most levels of a category, columns of a matrix, and strata.
    public static let maximumLevels = 1000
    public static let maximumColumns = 1000

    /// - Throws: ``RoundsError/plan(_:)`` or ``RoundsError/variable(_:_:)`` where a name is not known (with the nearest
    ///   that is), a number is used as a category without levels, or a category as a number.
    public init(_ formula: Formula, schema: Schema, weights: String? = nil) throws(RoundsError) {
        var levels: [String: [String]] = [:]
        for factor in formula.terms.flatMap(\.factors) {
            switch factor {
            case .arithmetic: continue
            case .variable(let name):
                guard case .category(let known) = try schema.known(name) else { continue }
                levels[factor.name] = try Self.ordered(known, reference: nil, of: name)
            case .category(let name, let reference, let listed):
                let kind = try schema.known(name)
                guard case .category(let known) = kind else {
                    guard !listed.isEmpty else {
                        throw .variable(
                            name, "is a number: as a category it needs its levels, as in C(\(name), levels=[1, 2, 3])")
                    }
                    levels[factor.name] = try Self.ordered(listed, reference: reference, of: name)
                    continue
                }
                levels[factor.name] = try Self.ordered(listed.isEmpty ? known : listed, reference: reference, of: name)
            }
        }
        for name in formula.strata {
            guard case .category(let known) = try schema.known(name) else {
                throw .variable(name, "is a number: strata need a category")
            }
            levels["strata(\(name))"] = known
        }
        for name in formula.left.flatMap(\.variables) + formula.offsets.flatMap(\.variables) {
            _ = try schema.known(name)
        }
        for arithmetic in formula.arithmetic {
            for name in arithmetic.variables where try schema.known(name) != .number && !arithmetic.compares(name) {
                throw .variable(
                    name, "is a category, and a number is needed; a level is made a number by \(name) == '…'")
            }
        }
        if let weights, try schema.known(weights) != .number {
            throw .variable(weights, "is a category, and weights are numbers")
        }
        try self.init(formula: formula, weights: weights, levels: levels)
    }

    private init(formula: Formula, weights: String?, levels: [String: [String]]) throws(RoundsError) {
        self.formula = formula
        self.weights = weights
        self.levels = levels
        columns = try Self.columns(formula, levels)
        strata = try Self.strata(formula, levels)
    }

    private static func ordered(
        _ levels: [String], reference: String?, of name: String
    ) throws(RoundsError) -> [String] {
        guard levels.count >= 2 else {
            throw .variable(
                name, "has \(levels.isEmpty ? "no level" : "one level only") that enough patients have; list its levels"
            )
        }
        guard levels.count <= maximumLevels else { throw .variable(name, "has more than \(maximumLevels) levels") }
        guard let reference else { return levels }
        guard levels.contains(reference) else {
            throw .variable(
                name,
                "has no level \(reference) that enough patients have"
                    + NearestName.hint(reference, among: levels))
        }
        return [reference] + levels.filter { $0 != reference }
    }

    private static func columns(_ formula: Formula, _ levels: [String: [String]]) throws(RoundsError) -> [Column] {
        var seen: [String: Factor] = [:]
        for factor in Set(formula.terms.flatMap(\.factors)) {
            guard seen.updateValue(factor, forKey: factor.name) == nil else {
                throw .plan("\(factor.name) is written in two ways: use the same options everywhere")
            }
        }
        let numbers = Set(seen.values.filter { levels[$0.name] == nil })
        var columns: [Column] = []
        for part in try Coding.parts(formula.terms, numbers: numbers) {
            var products: [Column] = [Column(name: "", pieces: [])]
            for factor in part.factors(numbers: numbers) {
                let pieces: [(name: String, piece: Piece)]
                if let full = part.full[factor], let names = levels[factor.name] {
                    pieces = names.enumerated().dropFirst(full ? 0 : 1)
                        .map { ("\(factor.name)[\(full ? "" : "T.")\($1)]", .level(factor, $0)) }
                } else {
                    pieces = [(factor.name, .number(factor))]
                }
                guard products.count * pieces.count <= maximumColumns else {
                    throw .plan("the design has more than \(maximumColumns) columns")
                }
                // The first factor varies fastest, as in patsy.
                products = pieces.flatMap { next in
                    products.map {
                        Column(
                            name: $0.name.isEmpty ? next.name : "\($0.name):\(next.name)",
                            pieces: $0.pieces + [next.piece])
                    }
                }
            }
            columns += products.map { $0.pieces.isEmpty ? Column(name: "Intercept", pieces: []) : $0 }
            guard columns.count <= maximumColumns else {
                throw .plan("the design has more than \(maximumColumns) columns")
            }
        }
        return columns
    }

    private static func strata(_ formula: Formula, _ levels: [String: [String]]) throws(RoundsError) -> [String] {
        var names = [""]
        for variable in formula.strata {
            let known = levels["strata(\(variable))"] ?? []
            guard !known.isEmpty, names.count * known.count <= maximumLevels else {
                throw .plan("strata(\(variable)) makes no stratum, or more than \(maximumLevels)")
            }
            names = names.flatMap { name in
                known.map { name.isEmpty ? "\(variable)=\($0)" : "\(name), \(variable)=\($0)" }
            }
        }
        return names
    }

    /// The place of the constant column, if there is one.
    public var intercept: Int? { columns.firstIndex { $0.pieces.isEmpty } }

    /// The names of all columns.
    public var names: [String] { columns.map(\.name) }
}

extension Formula {
    /// Everything of the formula that is computed.
    fileprivate var arithmetic: [Arithmetic] {
        left + offsets
            + terms.flatMap(\.factors).compactMap { if case .arithmetic(let value) = $0 { value } else { nil } }
    }
}

extension Arithmetic {
    /// Whether a name is used in comparisons with a level only.
    fileprivate func compares(_ name: String) -> Bool {
        switch self {
        case .number: true
        case .variable(let own): own != name
        case .level: true
        case .call(_, let inner), .negated(let inner): inner.compares(name)
        case .binary(_, let left, let right): left.compares(name) && right.compares(name)
        }
    }
}

extension Schema {
    /// The kind of a variable; the error for an unknown one names the nearest known.
    public func known(_ name: String) throws(RoundsError) -> Kind {
        guard let kind = variables[name] else {
            throw .variable(
                name, "is not known at any site of this run" + NearestName.hint(name, among: variables.keys))
        }
        return kind
    }
}

extension Design: Codable {
    enum CodingKeys: CodingKey { case formula, weights, levels }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            formula: container.decode(Formula.self, forKey: .formula),
            weights: container.decodeIfPresent(String.self, forKey: .weights),
            levels: container.decode([String: [String]].self, forKey: .levels))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(formula, forKey: .formula)
        try container.encodeIfPresent(weights, forKey: .weights)
        try container.encode(levels, forKey: .levels)
    }
}
