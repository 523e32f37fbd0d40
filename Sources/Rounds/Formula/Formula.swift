/// A Wilkinson formula: `event ~ age + C(stage, ref='I')`, `time, event ~ age * arm`, `n ~ size + offset(log(days)) - 1`.
///
/// Signs, precedence and the order of terms are those of Python's `patsy` (statsmodels): `+` joins, `-` takes out, `:` is
/// an interaction, `a*b` is `a + b + a:b`, `a/b` is `a + a:b`, `(a + b)**2` all interactions of two. The intercept is in
/// unless `- 1` or `+ 0` takes it out. Numbers may be computed (`log`, `sqrt`, `I(age ** 2)`, `I(stage == 'II')`);
/// `strata(a, b)` names the strata of a survival model. In JSON a formula is its text.
public struct Formula: Sendable, Hashable {
    /// As it was written.
    public let text: String
    /// What stands before `~`, between commas: an outcome, a time and an event, or nothing.
    public let left: [Arithmetic]
    /// The terms after `~`, with ``Term/intercept`` where there is one.
    public let terms: [Term]
    /// Added to the linear predictor as they are.
    public let offsets: [Arithmetic]
    /// The variables of `strata(…)`.
    public let strata: [String]

    /// The most terms that a formula may have when it is written out.
    public static let maximumTerms = 512

    /// - Throws: ``RoundsError/plan(_:)`` with the place of what is not understood.
    public init(_ text: String) throws(RoundsError) {
        var parser = FormulaParser(tokens: try Token.all(text))
        self = try parser.formula(text: text)
    }

    init(text: String, left: [Arithmetic], terms: [Term], offsets: [Arithmetic], strata: [String]) {
        self.text = text
        self.left = left
        self.terms = terms
        self.offsets = offsets
        self.strata = strata
    }

    public var hasIntercept: Bool { terms.contains(.intercept) }

    /// All variables of the formula, each once, the left side's first.
    public var variables: [String] {
        var names: [String] = []
        let all =
            left.flatMap(\.variables) + terms.flatMap { $0.factors.flatMap(\.variables) }
            + offsets.flatMap(\.variables) + strata
        for name in all where !names.contains(name) { names.append(name) }
        return names
    }

    public static func == (first: Formula, second: Formula) -> Bool { first.text == second.text }
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension Formula: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Formula: CustomStringConvertible {
    public var description: String { text }
}
