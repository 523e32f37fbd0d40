/// Reads the text form of a question.
///
/// ```
/// question  = condition [ "facets" ( "none" | name { "," name } ) ]
/// condition = all { "or" all }
/// all       = part { "and" part }
/// part      = "not" part | "(" condition ")" | "everything" | "nothing" | "exists" name | "has" related | test
/// test      = name ( "=" | "!=" ) value | name ( "<" | "<=" | ">" | ">=" ) number
///           | name [ "not" ] "in" "(" value { "," value } ")" | name "between" number "and" number
///           | name "contains" value
/// ```
/// Words are read in either case. `= unknown` asks for what is not recorded.
struct QueryParser {
    /// Words that have a meaning of their own, and need quotes as values.
    static let reserved: Set<String> = [
        "and", "or", "not", "in", "between", "contains", "exists", "everything", "nothing", "facets", "unknown", "has",
    ]

    /// - Parameter given: the facets that are asked for elsewhere; then the text may not name any.
    static func parse(_ text: String, facets given: [String]? = nil) throws(QueryError) -> CohortQuery {
        var parser = QueryParser(tokens: try QueryLexer.tokens(text))
        if parser.token.kind == .end {
            throw QueryError(.form, "nothing is asked; `everything` counts all that a site holds", at: 0)
        }
        let condition = try parser.condition()
        let clause = parser.token
        let named = try parser.facets()
        if given != nil, named != nil {
            throw QueryError(
                .form, "the facets are asked for twice: in the text and beside it", at: clause.position,
                length: clause.length)
        }
        guard parser.token.kind == .end else {
            throw parser.unexpected("after a finished condition comes `and` or `or`")
        }
        let query = CohortQuery(condition: condition, facets: given ?? named ?? CohortFacet.standardNames)
        try query.condition.requireLimits()
        return query
    }

    private let tokens: [QueryLexer.Token]
    private var index = 0
    private var depth = 0
    /// The records that are spoken of inside the brackets of a `has`.
    var within: CohortEntity?

    private init(tokens: [QueryLexer.Token]) { self.tokens = tokens }

    // MARK: Groups

    mutating func condition() throws(QueryError) -> Condition {
        var parts = [try conjunction()]
        while take("or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(QueryError) -> Condition {
        var parts = [try part()]
        while take("and") { parts.append(try part()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func part() throws(QueryError) -> Condition {
        depth += 1
        defer { depth -= 1 }
        // The bound keeps the recursion shallow whatever is sent; the exact limit is checked on the whole.
        guard depth <= 2 * QueryLimits.depth else {
            throw QueryError(
                .size, "the question has more than \(QueryLimits.depth) groups inside each other", at: token.position)
        }
        if take("not") { return .not(try part()) }
        let open = token
        if takeMark("(") {
            let inner = try condition()
            guard takeMark(")") else {
                if token.kind == .end {
                    throw QueryError(.form, "the bracket that opens here is never closed", at: open.position)
                }
                throw unexpected("`and`, `or` or a closing bracket belongs here")
            }
            return inner
        }
        if take("everything") { return .everything }
        if take("nothing") { return .any([]) }
        if take("has") { return try related() }
        if take("exists") { return .test(Comparison(try attribute(), .exists)) }
        return try test()
    }

    // MARK: Tests

    private mutating func test() throws(QueryError) -> Condition {
        let attribute = try attribute()
        let operation = token
        if takeMark("=") { return try equality(attribute) }
        if takeMark("!=") { return .not(try equality(attribute)) }
        for (mark, order) in [
            ("<", ComparisonBuilder.Order.less), ("<=", .atMost), (">", .greater), (">=", .atLeast),
        ] where takeMark(mark) {
            return try located(operation) { parser throws(QueryError) in
                let literal = try parser.literal(of: attribute)
                return (literal, try ComparisonBuilder.compare(attribute, order, literal.value))
            }
        }
        if take("contains") {
            return try located(operation) { parser throws(QueryError) in
                let literal = try parser.literal(of: attribute)
                return (literal, try ComparisonBuilder.contains(attribute, literal.value))
            }
        }
        if take("in") { return try list(attribute) }
        if take("not") {
            guard take("in") else { throw unexpected("after `\(attribute.name) not` comes `in`") }
            return .not(try list(attribute))
        }
        if take("between") { return try between(attribute, operation) }
        if operation.kind == .end {
            throw QueryError(
                .form,
                "the test of \(attribute.name) is not finished: write what it should be, as in \(example(attribute))",
                at: operation.position)
        }
        throw unexpected("after \(attribute.name) comes =, !=, <, <=, >, >=, in, between or contains")
    }

    private func example(_ attribute: CohortAttribute) -> String {
        let name = attribute.aliases.first ?? attribute.name
        switch attribute.kind {
        case .code(let values, _): return "`\(name) = \(values.first?.code ?? "VALUE")`"
        case .text: return "`\(name) contains word`"
        case .number(let unit): return "`\(name) <= 2\(unit.map { " " + $0 } ?? "")`"
        case .date: return "`\(name) >= 2020`"
        case .age: return "`\(name) between 50 and 70`"
        }
    }

    private mutating func equality(_ attribute: CohortAttribute) throws(QueryError) -> Condition {
        if take("unknown") { return .not(.test(Comparison(attribute, .exists))) }
        return try located(token) { parser throws(QueryError) in
            let literal = try parser.literal(of: attribute)
            return (literal, try ComparisonBuilder.equals(attribute, literal.value))
        }
    }

    private mutating func list(_ attribute: CohortAttribute) throws(QueryError) -> Condition {
        guard takeMark("(") else {
            throw unexpected("a list of values in brackets belongs here, as in (CHEST, ABDOMEN)")
        }
        var literals: [ComparisonBuilder.Literal] = []
        repeat {
            // Each value is checked at its own place, so that the caret stands under the wrong one.
            literals.append(
                try located(token) { parser throws(QueryError) in
                    let literal = try parser.literal(of: attribute)
                    _ = try ComparisonBuilder.equals(attribute, literal.value)
                    return (literal, literal.value)
                })
        } while takeMark(",")
        guard takeMark(")") else { throw unexpected("a comma or a closing bracket belongs here") }
        return try ComparisonBuilder.oneOf(attribute, literals)
    }

    private mutating func between(
        _ attribute: CohortAttribute, _ operation: QueryLexer.Token
    ) throws(QueryError) -> Condition {
        try located(operation) { parser throws(QueryError) in
            let first = try parser.literal(of: attribute)
            guard parser.take("and") else { throw parser.unexpected("`between` needs two values: `between 50 and 70`") }
            let start = parser.valueStart
            let second = try parser.literal(of: attribute)
            parser.valueStart = start
            let span = Literal(
                value: second.value, position: first.position, length: second.position + second.length - first.position)
            return (span, try ComparisonBuilder.between(attribute, first.value, second.value))
        }
    }

    // MARK: Names and values

    private struct Literal {
        var value: ComparisonBuilder.Literal
        var position: Int
        var length: Int
    }

    /// Runs a step, and gives an error without a place the place of the values that it read.
    private mutating func located<Result>(
        _ start: QueryLexer.Token,
        _ step: (inout QueryParser) throws(QueryError) -> (Literal, Result)
    ) throws(QueryError) -> Result {
        do throws(QueryError) {
            return try step(&self).1
        } catch {
            guard error.position == nil else { throw error }
            let last = tokens[max(0, index - 1)]
            // An operation that cannot be asked is marked itself; a value is marked at its place.
            if error.code == .operation { throw error.at(start.position, length: start.length) }
            let from = tokens[valueStart]
            throw error.at(from.position, length: last.position + last.length - from.position)
        }
    }

    /// The token at which the last read value begins.
    private var valueStart = 0

    private mutating func literal(of attribute: CohortAttribute) throws(QueryError) -> Literal {
        valueStart = index
        let first = token
        switch first.kind {
        case .quoted(let text):
            index += 1
            return Literal(value: .init(text: text, isQuoted: true), position: first.position, length: first.length)
        case .word(let word):
            guard !Self.reserved.contains(word.lowercased()) else {
                throw unexpected(
                    "a value of \(attribute.name) belongs here; a value that is called `\(word)` needs quotes")
            }
            index += 1
            var value = ComparisonBuilder.Literal(text: word)
            var length = first.length
            if attribute.isOrdered, attribute.kind != .date {
                (value.text, value.unit) = Self.numberAndUnit(word)
                if value.unit == nil, case .word(let unit) = token.kind, !Self.reserved.contains(unit.lowercased()) {
                    value.unit = unit
                    length = token.position + token.length - first.position
                    index += 1
                }
            } else if case .word(let next) = token.kind, !Self.reserved.contains(next.lowercased()) {
                throw QueryError(
                    .form, "a value of several words needs quotes", at: first.position,
                    length: token.position + token.length - first.position, suggestions: ["\"\(word) \(next)\""])
            }
            return Literal(value: value, position: first.position, length: length)
        case .mark, .end:
            throw unexpected("a value of \(attribute.name) belongs here")
        }
    }

    /// `2mm` as 2 and mm.
    private static func numberAndUnit(_ word: String) -> (String, String?) {
        guard let first = word.first, first.isNumber || "+-.".contains(first) else { return (word, nil) }
        var end = word.startIndex
        var hasExponent = false
        while end < word.endIndex {
            let character = word[end]
            if character == "e" || character == "E" {
                let rest = word[word.index(after: end)...].drop { $0 == "+" || $0 == "-" }
                guard !hasExponent, rest.first?.isNumber == true else { break }
                hasExponent = true
            } else if !(character.isNumber || "+-.".contains(character)) {
                break
            }
            end = word.index(after: end)
        }
        return end == word.endIndex ? (word, nil) : (String(word[..<end]), String(word[end...]))
    }

    private mutating func attribute() throws(QueryError) -> CohortAttribute {
        guard case .word(let name) = token.kind else {
            throw unexpected("the name of an attribute belongs here, as in `modality = MR`")
        }
        guard let attribute = CohortModel.find(name, within: within) else {
            throw QueryError(
                .attribute, "there is no attribute \"\(name.prefix(60))\"", at: token.position, length: token.length,
                suggestions: CohortModel.suggestions(for: name))
        }
        index += 1
        return attribute
    }

    /// The facets that the text names; nil where it says nothing of them.
    private mutating func facets() throws(QueryError) -> [String]? {
        guard take("facets") else { return nil }
        if take("none") { return [] }
        var names: [String] = []
        repeat {
            guard case .word(let name) = token.kind else { throw unexpected("the name of a facet belongs here") }
            guard let facet = CohortFacet.find(name) else {
                throw QueryFacets.unknown(name).at(token.position, length: token.length)
            }
            index += 1
            if !names.contains(facet.name) { names.append(facet.name) }
        } while takeMark(",")
        return names
    }

    // MARK: Tokens

    var token: QueryLexer.Token { tokens[min(index, tokens.count - 1)] }

    mutating func advance() { index += 1 }

    mutating func take(_ keyword: String) -> Bool {
        guard isWord(keyword, ahead: 0) else { return false }
        index += 1
        return true
    }

    /// Whether the token `ahead` places on is a word, in either case.
    func isWord(_ keyword: String, ahead: Int) -> Bool {
        guard case .word(let word) = tokens[min(index + ahead, tokens.count - 1)].kind else { return false }
        return word.lowercased() == keyword
    }

    mutating func takeMark(_ mark: String) -> Bool {
        guard token.kind == .mark(mark) else { return false }
        index += 1
        return true
    }

    func unexpected(_ message: String) -> QueryError {
        let found =
            switch token.kind {
            case .word(let word), .mark(let word): "; \"\(word.prefix(40))\" does not"
            case .quoted: "; a value in quotes does not"
            case .end: "; the question ends too early"
            }
        return QueryError(.form, message + found, at: token.position, length: token.length)
    }
}

/// Facets by name.
enum QueryFacets {
    static func unknown(_ name: String) -> QueryError {
        QueryError(
            .facet,
            "there is no facet \"\(name.prefix(60))\"; the usual ones are \(CohortFacet.standardNames.joined(separator: ", ")), and every attribute with codes is one",
            suggestions: Nearness.nearest(to: name, among: CohortFacet.standardNames))
    }
}
