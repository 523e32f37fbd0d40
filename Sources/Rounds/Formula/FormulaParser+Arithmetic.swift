extension FormulaParser {
    /// A computed number: comparisons bind least, then `+ -`, `* /`, a sign, and `**`.
    ///
    /// - Parameter tightly: one call only, as `log(x)` among terms, where a following `+` adds a term.
    mutating func arithmetic(tightly: Bool = false) throws(RoundsError) -> Arithmetic {
        try deeper()
        defer { depth -= 1 }
        if tightly { return try atom() }
        let left = try additive()
        guard case .sign(let sign)? = next?.kind, let operation = Arithmetic.Operation(rawValue: sign),
            [.equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(operation)
        else { return left }
        position += 1
        if case .text(let level)? = next?.kind {
            guard case .variable(let name) = left, operation == .equal || operation == .unequal else {
                throw unexpected("a text can only be compared with a variable, by == or !=")
            }
            position += 1
            return .level(name, is: level, equal: operation == .equal)
        }
        return .binary(operation, left, try additive())
    }

    private mutating func additive() throws(RoundsError) -> Arithmetic {
        var left = try multiplicative()
        while let sign = next, sign.is("+") || sign.is("-") {
            position += 1
            left = try joined(sign.is("+") ? .plus : .minus, left, try multiplicative())
        }
        return left
    }

    private mutating func multiplicative() throws(RoundsError) -> Arithmetic {
        var left = try signed()
        while let sign = next, sign.is("*") || sign.is("/") {
            position += 1
            left = try joined(sign.is("*") ? .times : .over, left, try signed())
        }
        return left
    }

    /// A chain of operations is a deep value, and values are walked by recursion: so its length is bounded as well.
    private mutating func joined(
        _ operation: Arithmetic.Operation, _ left: Arithmetic, _ right: Arithmetic
    ) throws(RoundsError) -> Arithmetic {
        operations += 1
        guard operations <= Self.maximumOperations else {
            throw unexpected("fewer than \(Self.maximumOperations) operations are expected")
        }
        return .binary(operation, left, right)
    }

    private mutating func signed() throws(RoundsError) -> Arithmetic {
        if take("-") {
            try deeper()
            defer { depth -= 1 }
            return .negated(try signed())
        }
        let base = try atom()
        guard take("**") || take("^") else { return base }
        try deeper()
        defer { depth -= 1 }
        return try joined(.power, base, try signed())
    }

    private mutating func atom() throws(RoundsError) -> Arithmetic {
        if take("(") {
            let inner = try arithmetic()
            try expect(")")
            return inner
        }
        guard let token = next else { throw unexpected("a number or a variable is expected") }
        switch token.kind {
        case .number(let value):
            position += 1
            return .number(value)
        case .name(let name):
            position += 1
            guard take("(") else { return .variable(name) }
            guard let function = Arithmetic.Function(rawValue: name) else {
                let known = Arithmetic.Function.allCases.map(\.rawValue)
                throw .plan(
                    "at character \(token.place): there is no function \(name)"
                        + NearestName.hint(name, among: known + ["C", "I", "offset", "strata"])
                        + " (functions: \(known.joined(separator: ", ")))")
            }
            let inner = try arithmetic()
            try expect(")")
            return .call(function, inner)
        default: throw unexpected("a number or a variable is expected")
        }
    }
}
