/// Reads tokens as a formula. Recursion is bounded by ``Token/maximumDepth``.
struct FormulaParser {
    let tokens: [Token]
    var position = 0
    var depth = 0
    /// How many arithmetic signs there were.
    var operations = 0
    static let maximumOperations = 256
    private var offsets: [Arithmetic] = []
    private var strata: [String] = []

    init(tokens: [Token]) {
        self.tokens = tokens
    }

    var next: Token? { tokens.indices.contains(position) ? tokens[position] : nil }

    mutating func take(_ sign: String) -> Bool {
        guard next?.is(sign) == true else { return false }
        position += 1
        return true
    }

    mutating func expect(_ sign: String) throws(RoundsError) {
        guard take(sign) else { throw unexpected("\(sign) is expected") }
    }

    func unexpected(_ why: String) -> RoundsError {
        guard let next else { return .plan("at the end: \(why)") }
        return .plan("at character \(next.place): \(why), not \(next.written)")
    }

    mutating func deeper() throws(RoundsError) {
        depth += 1
        guard depth <= Token.maximumDepth else { throw unexpected("less nesting is expected") }
    }

    mutating func formula(text: String) throws(RoundsError) -> Formula {
        var left: [Arithmetic] = []
        guard tokens.contains(where: { $0.is("~") }) else {
            throw .plan("a formula has a ~ between outcome and predictors, as in event ~ age")
        }
        if next?.is("~") == false {
            repeat { left.append(try arithmetic()) } while take(",")
        }
        try expect("~")
        let right = try sum(outermost: true)
        guard next == nil else { throw unexpected("a + or the end is expected") }
        return Formula(text: text, left: left, terms: right.terms, offsets: offsets, strata: strata)
    }

    /// The terms of a part of the right side.
    struct Terms {
        var terms: [Term] = []
        /// Something that stands for itself only: `offset(…)`, `strata(…)`, a 0.
        var stands = false
        var zero = false

        mutating func add(_ term: Term) {
            if !terms.contains(where: { $0.isSame(as: term) }) { terms.append(term) }
        }

        mutating func remove(_ term: Term) { terms.removeAll { $0.isSame(as: term) } }
    }

    private mutating func sum(outermost: Bool = false) throws(RoundsError) -> Terms {
        try deeper()
        defer { depth -= 1 }
        var all = Terms(terms: outermost ? [.intercept] : [])
        var minus = take("-")
        if !minus { _ = take("+") }
        repeat {
            let part = try product()
            if part.zero {
                if minus { all.add(.intercept) } else { all.remove(.intercept) }
            } else {
                if part.stands, minus || !outermost {
                    throw .plan("an offset or strata can only be added, outside of all parentheses")
                }
                for term in part.terms {
                    if minus { all.remove(term) } else { all.add(term) }
                }
            }
            guard all.terms.count <= Formula.maximumTerms else {
                throw .plan("the formula has more than \(Formula.maximumTerms) terms when it is written out")
            }
            minus = take("-")
        } while minus || take("+")
        return all
    }

    private mutating func product() throws(RoundsError) -> Terms {
        var left = try interaction()
        while let sign = next, sign.is("*") || sign.is("/") {
            position += 1
            let right = try interaction()
            guard !left.stands, !right.stands else { throw unexpected("offset, strata and 0 cannot be multiplied") }
            if sign.is("*") {
                let crossed = try cross(left, right)
                for term in right.terms + crossed.terms { left.add(term) }
            } else {
                let whole = Terms(terms: [left.terms.reduce(.intercept) { $0.times($1) }])
                for term in try cross(whole, right).terms { left.add(term) }
            }
        }
        return left
    }

    private mutating func interaction() throws(RoundsError) -> Terms {
        var left = try power()
        while take(":") {
            let right = try power()
            guard !left.stands, !right.stands else { throw unexpected("offset, strata and 0 cannot be multiplied") }
            left = try cross(left, right)
        }
        return left
    }

    private func cross(_ left: Terms, _ right: Terms) throws(RoundsError) -> Terms {
        guard left.terms.count * right.terms.count <= Formula.maximumTerms else {
            throw .plan("the formula has more than \(Formula.maximumTerms) terms when it is written out")
        }
        var all = Terms()
        for first in left.terms {
            for second in right.terms { all.add(first.times(second)) }
        }
        return all
    }

    private mutating func power() throws(RoundsError) -> Terms {
        let base = try primary()
        guard take("**") || take("^") else { return base }
        guard case .number(let exponent)? = next?.kind, let times = Int(exactly: exponent), (1...8).contains(times)
        else {
            throw unexpected("a power from 1 to 8 is expected")
        }
        position += 1
        guard !base.stands else { throw unexpected("offset, strata and 0 cannot be multiplied") }
        var all = base
        for _ in 1..<times {
            for term in try cross(all, base).terms { all.add(term) }
        }
        return all
    }

    private mutating func primary() throws(RoundsError) -> Terms {
        if take("(") {
            let inner = try sum()
            try expect(")")
            return inner
        }
        guard let token = next else { throw unexpected("a variable is expected") }
        switch token.kind {
        case .number(let value) where value == 0 || value == 1:
            position += 1
            return value == 1 ? Terms(terms: [.intercept]) : Terms(stands: true, zero: true)
        case .name(let name):
            position += 1
            guard take("(") else { return Terms(terms: [Term(factors: [.variable(name)])]) }
            return try call(name, at: token)
        default: throw unexpected("a variable is expected")
        }
    }

    private mutating func call(_ name: String, at token: Token) throws(RoundsError) -> Terms {
        switch name {
        case "C": return Terms(terms: [Term(factors: [try category()])])
        case "I":
            let value = try arithmetic()
            try expect(")")
            if case .variable(let name) = value { return Terms(terms: [Term(factors: [.variable(name)])]) }
            return Terms(terms: [Term(factors: [.arithmetic(value)])])
        case "offset":
            offsets.append(try arithmetic())
            try expect(")")
            return Terms(stands: true)
        case "strata":
            repeat { strata.append(try variable()) } while take(",")
            try expect(")")
            return Terms(stands: true)
        default:
            position -= 2
            return Terms(terms: [Term(factors: [.arithmetic(try arithmetic(tightly: true))])])
        }
    }

    mutating func variable() throws(RoundsError) -> String {
        guard case .name(let name)? = next?.kind else { throw unexpected("a variable's name is expected") }
        position += 1
        return name
    }
}
