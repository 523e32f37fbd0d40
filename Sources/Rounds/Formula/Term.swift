/// One factor of a term: a variable, a category with its own levels, or a number computed from variables.
public enum Factor: Sendable, Hashable {
    /// A number, or a category: the schema decides.
    case variable(String)
    /// `C(stage, ref='I', levels=['I','II'])`. Levels are empty where the schema's are meant.
    case category(String, reference: String?, levels: [String])
    case arithmetic(Arithmetic)

    public var variables: [String] {
        switch self {
        case .variable(let name), .category(let name, reference: _, levels: _): [name]
        case .arithmetic(let arithmetic): arithmetic.variables
        }
    }

    /// The name in a column's name: `C(stage)`, `log(psa)`, `I(age ** 2)`.
    public var name: String {
        switch self {
        case .variable(let name): Self.written(name)
        case .category(let name, reference: _, levels: _): "C(\(Self.written(name)))"
        case .arithmetic(let arithmetic):
            if case .call = arithmetic { arithmetic.description } else { "I(\(arithmetic))" }
        }
    }

    /// As it would be written in a formula, with its options.
    var written: String {
        guard case .category(let name, let reference, let levels) = self else { return name }
        var options = ""
        if let reference { options += ", ref='\(reference)'" }
        if !levels.isEmpty { options += ", levels=[\(levels.map { "'\($0)'" }.joined(separator: ", "))]" }
        return "C(\(Self.written(name))\(options))"
    }

    /// A variable's name, in backquotes where it is no plain word.
    static func written(_ name: String) -> String {
        guard let first = name.first, first.isLetter || first == "_",
            name.allSatisfy({ $0.isLetter || ($0.isASCII && $0.isNumber) || $0 == "_" || $0 == "." })
        else { return "`\(name)`" }
        return name
    }
}

/// Factors that are multiplied; none at all for the intercept.
public struct Term: Sendable, Hashable {
    public var factors: [Factor]

    public static let intercept = Term(factors: [])

    /// The interaction of two terms.
    func times(_ other: Term) -> Term {
        Term(factors: factors + other.factors.filter { !factors.contains($0) })
    }

    /// The same factors, in any order.
    func isSame(as other: Term) -> Bool { Set(factors) == Set(other.factors) }

    var written: String { factors.isEmpty ? "1" : factors.map(\.written).joined(separator: ":") }
}
