/// The complete cases of one site's table, as numbers: the design matrix, the left side, offset, weights and strata.
public struct DesignRows: Sendable, Equatable {
    /// The design matrix, one row for each complete case.
    public internal(set) var matrix: Matrix
    /// The left side's values, one array for each of its expressions.
    public internal(set) var left: [[Double]]
    /// The sum of the offsets; zeros where there are none.
    public internal(set) var offset: [Double]
    /// Ones where the design has no weights.
    public internal(set) var weights: [Double]
    /// Indices into ``Design/strata``.
    public internal(set) var strata: [Int]
    /// The rows of the table that these are.
    public internal(set) var tableRows: [Int]
    /// Rows left out because a value is missing.
    public internal(set) var missing = 0
    /// Rows left out because of a level that the design does not know.
    public internal(set) var unknownLevel = 0

    public var count: Int { tableRows.count }
}

extension Design {
    /// The most numbers of one site's design matrix.
    static let maximumNumbers = 1 << 28

    /// The complete cases of a table.
    ///
    /// - Throws: where a value is infinite, a weight negative, or a number stands where a category should.
    public func rows(of table: CohortTable) throws(RoundsError) -> DesignRows {
        guard table.rows.multipliedReportingOverflow(by: max(1, columns.count)).partialValue <= Self.maximumNumbers
        else {
            throw .plan("the design matrix would have more than \(Self.maximumNumbers) numbers at this site")
        }
        var numbers: [Factor: [Double]] = [:]
        var codes: [Factor: [Int?]] = [:]
        for factor in Set(formula.terms.flatMap(\.factors)) {
            if let known = levels[factor.name] {
                codes[factor] = try Self.codes(of: factor.variables.first ?? "", among: known, table)
            } else {
                switch factor {
                case .arithmetic(let arithmetic): numbers[factor] = try arithmetic.values(table)
                case .variable(let name), .category(let name, reference: _, levels: _):
                    numbers[factor] = try Arithmetic.variable(name).values(table)
                }
            }
        }
        var strataCodes: [(codes: [Int?], count: Int)] = []
        for name in formula.strata {
            let known = levels["strata(\(name))"] ?? []
            strataCodes.append((try Self.codes(of: name, among: known, table), known.count))
        }
        var left: [[Double]] = []
        for arithmetic in formula.left { left.append(try arithmetic.values(table)) }
        var offset = [Double](repeating: 0, count: table.rows)
        for arithmetic in formula.offsets {
            for (row, value) in try arithmetic.values(table).enumerated() { offset[row] += value }
        }
        var weight = [Double](repeating: 1, count: table.rows)
        if let weights {
            weight = try Arithmetic.variable(weights).values(table)
            guard !weight.contains(where: { $0 < 0 }) else { throw .variable(weights, "holds a negative weight") }
        }

        var kept: [Int] = []
        var missing = 0
        var unknown = 0
        let used = Array(numbers.values) + left + [offset, weight]
        let categories = Array(codes.values) + strataCodes.map(\.codes)
        for row in 0..<table.rows {
            if used.contains(where: { $0[row].isNaN }) || categories.contains(where: { $0[row] == nil }) {
                missing += 1
            } else if categories.contains(where: { $0[row] == -1 }) {
                unknown += 1
            } else {
                kept.append(row)
            }
        }
        var matrix = Matrix(rows: kept.count, columns: columns.count)
        for (place, column) in columns.enumerated() {
            var values = [Double](repeating: 1, count: kept.count)
            for piece in column.pieces {
                switch piece {
                case .number(let factor):
                    guard let source = numbers[factor] else { continue }
                    for (index, row) in kept.enumerated() { values[index] *= source[row] }
                case .level(let factor, let level):
                    guard let source = codes[factor] else { continue }
                    for (index, row) in kept.enumerated() where source[row] != level { values[index] = 0 }
                }
            }
            for index in values.indices { matrix[index, place] = values[index] }
        }
        let strata = kept.map { row in strataCodes.reduce(0) { $0 * $1.count + ($1.codes[row] ?? 0) } }
        return DesignRows(
            matrix: matrix, left: left.map { values in kept.map { values[$0] } }, offset: kept.map { offset[$0] },
            weights: kept.map { weight[$0] }, strata: strata, tableRows: kept, missing: missing, unknownLevel: unknown)
    }

    /// Each row's level by its place among `levels`; -1 for one that is not there, nil for a missing value.
    static func codes(
        of name: String, among levels: [String], _ table: CohortTable
    ) throws(RoundsError) -> [Int?] {
        switch try table.variable(name) {
        case .categories(let codes, let own):
            let places = own.map { levels.firstIndex(of: $0) ?? -1 }
            return codes.map { $0.flatMap { places.indices.contains($0) ? places[$0] : nil } }
        case .numbers(let values):
            let wanted = levels.map { Double($0) }
            guard !wanted.contains(nil) else {
                throw .variable(name, "is a number at this site, and the plan's levels are texts")
            }
            return values.map { value in value.isNaN ? nil : wanted.firstIndex { $0 == value } ?? -1 }
        }
    }
}
