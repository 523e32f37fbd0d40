import Glibc

/// A number computed from a row's variables: the left side of a formula, an offset, `log(psa)`, `I(age ** 2)`.
public indirect enum Arithmetic: Sendable, Equatable, Hashable {
    case number(Double)
    case variable(String)
    case call(Function, Arithmetic)
    case negated(Arithmetic)
    case binary(Operation, Arithmetic, Arithmetic)
    /// 1 where a category has this level, 0 where it has another.
    case level(String, is: String, equal: Bool)

    public enum Function: String, Sendable, CaseIterable, Hashable {
        case log, log2, log10, log1p, logit, exp, sqrt, abs
    }

    /// A comparison gives 1 or 0.
    public enum Operation: String, Sendable, Hashable {
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
        case power = "**"
        case equal = "=="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    /// The names of the variables, in the order of their first use.
    public var variables: [String] {
        var names: [String] = []
        collect(&names)
        return names
    }

    private func collect(_ names: inout [String]) {
        switch self {
        case .number: break
        case .variable(let name), .level(let name, is: _, equal: _): if !names.contains(name) { names.append(name) }
        case .call(_, let inner), .negated(let inner): inner.collect(&names)
        case .binary(_, let left, let right):
            left.collect(&names)
            right.collect(&names)
        }
    }

    /// The values at all rows; NaN where one of the variables is missing.
    ///
    /// - Throws: where a value is infinite, or a function has no value (the logarithm of zero): such a row must not
    ///   disappear among the missing ones.
    public func values(_ table: CohortTable) throws(RoundsError) -> [Double] {
        switch self {
        case .number(let value): return Array(repeating: value, count: table.rows)
        case .variable(let name):
            let values = try table.numbers(name)
            guard values.allSatisfy({ !$0.isInfinite }) else {
                throw .variable(name, "holds an infinite value at this site: correct it, or map it as missing")
            }
            return values
        case .level(let name, is: let level, equal: let equal):
            guard case .categories(let codes, let levels) = try table.variable(name) else {
                throw .variable(name, "is a number, and is compared with a text")
            }
            let wanted = levels.firstIndex(of: level)
            return codes.map { $0.map { ($0 == wanted) == equal ? 1 : 0 } ?? .nan }
        case .call(let function, let inner):
            let values = try inner.values(table)
            return try checked(values.map(function.value), given: [values])
        case .negated(let inner): return try inner.values(table).map { -$0 }
        case .binary(let operation, let left, let right):
            let first = try left.values(table)
            let second = try right.values(table)
            let values = zip(first, second).map { $0.isNaN || $1.isNaN ? .nan : operation.value($0, $1) }
            return try checked(values, given: [first, second])
        }
    }

    private func checked(_ values: [Double], given: [[Double]]) throws(RoundsError) -> [Double] {
        for row in values.indices where !values[row].isFinite && given.allSatisfy({ !$0[row].isNaN }) {
            throw .variable(
                description, "has no finite value in at least one row of this site (as the logarithm of zero has none)")
        }
        return values
    }
}

extension Arithmetic.Function {
    fileprivate func value(_ x: Double) -> Double {
        switch self {
        case .log: Glibc.log(x)
        case .log2: Glibc.log2(x)
        case .log10: Glibc.log10(x)
        case .log1p: Glibc.log1p(x)
        case .logit: Glibc.log(x / (1 - x))
        case .exp: Glibc.exp(x)
        case .sqrt: x.squareRoot()
        case .abs: Swift.abs(x)
        }
    }
}

extension Arithmetic.Operation {
    fileprivate func value(_ x: Double, _ y: Double) -> Double {
        switch self {
        case .plus: x + y
        case .minus: x - y
        case .times: x * y
        case .over: x / y
        case .power: Glibc.pow(x, y)
        case .equal: x == y ? 1 : 0
        case .unequal: x != y ? 1 : 0
        case .less: x < y ? 1 : 0
        case .lessOrEqual: x <= y ? 1 : 0
        case .greater: x > y ? 1 : 0
        case .greaterOrEqual: x >= y ? 1 : 0
        }
    }
}

extension Arithmetic: CustomStringConvertible {
    /// As it would be written, with one space around each sign and the parentheses that are needed.
    public var description: String { written(within: 0) }

    private func written(within precedence: Int) -> String {
        let own: (text: String, precedence: Int)
        switch self {
        case .number(let value): own = (Self.text(value), value < 0 ? 4 : 9)
        case .variable(let name): own = (Factor.written(name), 9)
        case .call(let function, let inner): own = ("\(function.rawValue)(\(inner))", 9)
        case .negated(let inner): own = ("-\(inner.written(within: 4))", 4)
        case .binary(let operation, let left, let right):
            let level = operation.precedence
            let right = right.written(within: operation == .power ? level : level + 1)
            own = (
                "\(left.written(within: operation == .power ? level + 1 : level)) \(operation.rawValue) \(right)", level
            )
        case .level(let name, is: let level, equal: let equal):
            own = ("\(Factor.written(name)) \(equal ? "==" : "!=") '\(level)'", 1)
        }
        return own.precedence < precedence ? "(\(own.text))" : own.text
    }

    static func text(_ value: Double) -> String {
        if let whole = Int(exactly: value), Swift.abs(value) < 1e15 { String(whole) } else { String(value) }
    }
}

extension Arithmetic.Operation {
    /// How tightly it binds.
    fileprivate var precedence: Int {
        switch self {
        case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual: 1
        case .plus, .minus: 2
        case .times, .over: 3
        case .power: 5
        }
    }
}
