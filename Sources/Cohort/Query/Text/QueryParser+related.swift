/// Reads what is asked of other records of the patient.
///
/// ```
/// related = "has" [ "at" "least" n | "at" "most" n | "exactly" n | n "to" n | "no" ] [ "same" "study" ] entity
///           [ "(" condition ")" ] [ window ]
/// window  = "within" n "days" ( "before" | "after" | "of" ) anchor | ( "before" | "after" ) anchor
///           | "from" ( n | "any" ) "to" ( n | "any" ) "days" "after" anchor
/// anchor  = [ "first" | "last" | "any" ] entity [ "(" condition ")" ]
/// ```
extension QueryParser {
    mutating func related() throws(QueryError) -> Condition {
        let (atLeast, atMost) = try counts()
        let base: Related.Base = takeWords("same", "study") ? .study : .patient
        let place = token
        let entity = try entity()
        guard base == .patient || entity == .series || entity == .annotation else {
            throw QueryError(
                .form, "of the same study there are series and annotations, not \(entity.rawValue)",
                at: place.position, length: place.length)
        }
        let inner = try ofOne(entity)
        let related = Related(
            base: base, entity, where: inner, atLeast: atLeast, atMost: atMost, window: try window())
        return .has(related)
    }

    private mutating func counts() throws(QueryError) -> (atLeast: Int, atMost: Int?) {
        if takeWords("at", "least") { return (try count(), nil) }
        if takeWords("at", "most") { return (0, try count()) }
        if take("exactly") {
            let number = try count()
            return (number, number)
        }
        if take("no") { return (0, 0) }
        guard case .word(let word) = token.kind, Int(word) != nil else { return (1, nil) }
        let place = token
        let least = try count()
        guard take("to") else { throw unexpected("`to` and the largest number belong here") }
        let most = try count()
        guard least <= most else {
            throw QueryError(.value, "the smaller number comes first", at: place.position, length: place.length)
        }
        return (least, most)
    }

    private mutating func entity() throws(QueryError) -> CohortEntity {
        guard case .word(let name) = token.kind else {
            throw unexpected("the name of what there is belongs here, as in `has treatment (type = surgery)`")
        }
        guard let entity = CohortEntity.find(name) else {
            throw QueryError(
                .attribute,
                "\"\(name.prefix(60))\" is nothing that a patient has; known are "
                    + CohortEntity.allCases.dropFirst().map(\.rawValue).joined(separator: ", "),
                at: token.position, length: token.length, suggestions: CohortEntity.suggestions(for: name))
        }
        advance()
        return entity
    }

    /// What is true of one record, in brackets; everything where there are none.
    private mutating func ofOne(_ entity: CohortEntity) throws(QueryError) -> Condition {
        let open = token
        guard takeMark("(") else { return .everything }
        let outer = within
        within = entity
        defer { within = outer }
        let inner = try condition()
        guard takeMark(")") else {
            if token.kind == .end {
                throw QueryError(.form, "the bracket that opens here is never closed", at: open.position)
            }
            throw unexpected("`and`, `or` or a closing bracket belongs here")
        }
        return inner
    }

    private mutating func window() throws(QueryError) -> TimeWindow? {
        if take("within") {
            let days = try count()
            guard take("days") || take("day") else { throw unexpected("a time is given in `days`") }
            if take("before") { return TimeWindow(from: -days, through: 0, of: try anchor()) }
            if take("after") { return TimeWindow(from: 0, through: days, of: try anchor()) }
            guard take("of") else { throw unexpected("`before`, `after` or `of` belongs here") }
            return TimeWindow(from: -days, through: days, of: try anchor())
        }
        if take("before") { return TimeWindow(from: nil, through: -1, of: try anchor()) }
        if take("after") { return TimeWindow(from: 1, through: nil, of: try anchor()) }
        guard take("from") else { return nil }
        let place = token
        let from = take("any") ? nil : try number()
        guard take("to") else { throw unexpected("`to` and the last day belong here, as in `from -90 to -30 days`") }
        let through = take("any") ? nil : try number()
        if let from, let through, from > through {
            throw QueryError(
                .value, "no day lies from \(from) to \(through): the smaller number comes first", at: place.position)
        }
        guard take("days") || take("day"), take("after") else { throw unexpected("`days after` belongs here") }
        return TimeWindow(from: from, through: through, of: try anchor())
    }

    private mutating func anchor() throws(QueryError) -> TimeWindow.Anchor {
        var which = TimeWindow.Anchor.Which.any
        for word in TimeWindow.Anchor.Which.allCases where take(word.rawValue) {
            which = word
            break
        }
        let entity = try entity()
        return TimeWindow.Anchor(which, entity, where: try ofOne(entity))
    }

    /// A whole number of days or records.
    private mutating func number() throws(QueryError) -> Int {
        guard case .word(let word) = token.kind, let number = Int(word), abs(number) <= QueryLimits.days else {
            throw unexpected("a whole number up to \(QueryLimits.days) belongs here")
        }
        advance()
        return number
    }

    /// A number of records or days: none is less than nothing.
    private mutating func count() throws(QueryError) -> Int {
        let place = token
        let number = try number()
        guard number >= 0 else {
            throw QueryError(.value, "a number from 0 belongs here", at: place.position, length: place.length)
        }
        return number
    }

    private mutating func takeWords(_ first: String, _ second: String) -> Bool {
        guard isWord(first, ahead: 0), isWord(second, ahead: 1) else { return false }
        advance()
        advance()
        return true
    }
}
