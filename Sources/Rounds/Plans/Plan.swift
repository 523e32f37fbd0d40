internal import FoundationEssentials

/// A computation that people can write as text: `glm(binomial, event ~ age + C(stage))`.
public protocol WrittenPlan: FederatedComputation {
    /// How it is written, for help: `glm(family, outcome ~ terms, weights=, confidence=0.95)`.
    static var synopsis: String { get }
    /// Other names that mean it: `mean(age)` is `describe(age)`.
    static var aliases: [String] { get }

    /// Takes its arguments; what it leaves is reported as a mistake.
    init(_ arguments: inout PlanArguments) throws(RoundsError)
}

extension WrittenPlan {
    public static var aliases: [String] { [] }
}

/// What is to be computed: a computation's name, and its plan as JSON.
public struct Plan: Sendable, Equatable {
    /// A name of ``ComputationRegistry``.
    public let computation: String
    public let json: [UInt8]

    public init(computation: String, json: [UInt8]) {
        self.computation = computation
        self.json = json
    }

    /// Reads a plan's text, as `describe(age, tsize)` or `cox(time, event ~ age + C(stage, ref='I'))`.
    ///
    /// - Throws: ``RoundsError/plan(_:)`` with the place of what is not understood, and the nearest name that is.
    public init(text: String) throws(RoundsError) {
        let tokens = try Token.all(text)
        guard let first = tokens.first, case .name(let name) = first.kind else {
            throw .plan("at character 1: a computation's name is expected, as in describe(age)")
        }
        guard tokens.count >= 2, tokens[1].is("(") else {
            throw .plan("at character \(first.place + name.count): ( is expected, as in \(name)(…)")
        }
        let writer = try ComputationRegistry.writer(name)
        var arguments = try PlanArguments(name, try Self.split(tokens))
        self = try writer(&arguments)
    }

    /// The arguments between the outermost parentheses.
    private static func split(_ tokens: [Token]) throws(RoundsError) -> [PlanArguments.Argument] {
        var arguments: [PlanArguments.Argument] = []
        var current: [Token] = []
        var depth = 1
        var position = 2
        while position < tokens.count, depth > 0 {
            let token = tokens[position]
            position += 1
            if token.is("(") || token.is("[") { depth += 1 }
            if token.is(")") || token.is("]") { depth -= 1 }
            if depth == 0 || (depth == 1 && token.is(",")) {
                if current.isEmpty, depth == 0, arguments.isEmpty { break }
                guard !current.isEmpty else { throw .plan("at character \(token.place): an argument is expected") }
                if current.count > 2, current[1].is("="), case .name(let name) = current[0].kind {
                    arguments.append(.init(name: name, tokens: Array(current[2...])))
                } else {
                    arguments.append(.init(name: nil, tokens: current))
                }
                current = []
            } else {
                current.append(token)
            }
        }
        guard depth == 0 else { throw .plan("at the end: ) is expected") }
        guard position == tokens.count else {
            throw .plan("at character \(tokens[position].place): the plan ends before \(tokens[position].written)")
        }
        return arguments
    }
}
