/// Makes tests out of what someone wrote, in either form of a question: checks operation, values and units.
enum ComparisonBuilder {
    /// A value as it was written.
    struct Literal {
        var text: String
        /// It stood in quotes, or in JSON as a string: an unusual value is meant as it stands.
        var isQuoted = false
        var unit: String?
    }

    enum Order { case less, atMost, greater, atLeast }

    static func equals(_ attribute: CohortAttribute, _ literal: Literal) throws(QueryError) -> Condition {
        try requireValues(of: attribute)
        if attribute.kind == .date {
            let day = try day(literal, of: attribute)
            return .test(
                Comparison(
                    attribute, day.first == day.last ? .equals(.number(day.first)) : .between(day.first, day.last)))
        }
        return .test(Comparison(attribute, .equals(try value(literal, of: attribute))))
    }

    static func oneOf(_ attribute: CohortAttribute, _ literals: [Literal]) throws(QueryError) -> Condition {
        try requireValues(of: attribute)
        guard !literals.isEmpty else { throw QueryError(.value, "the list of values of \(attribute.name) is empty") }
        if attribute.kind == .date {
            var parts: [Condition] = []
            for literal in literals { parts.append(try equals(attribute, literal)) }
            return .any(parts)
        }
        var values: [CohortValue] = []
        for literal in literals {
            let value = try value(literal, of: attribute)
            if !values.contains(value) { values.append(value) }
        }
        return .test(Comparison(attribute, values.count == 1 ? .equals(values[0]) : .oneOf(values)))
    }

    static func compare(
        _ attribute: CohortAttribute, _ order: Order, _ literal: Literal
    ) throws(QueryError) -> Condition {
        try requireOrder(of: attribute)
        let (low, high) = try bounds(literal, of: attribute)
        let operation: Comparison.Operation =
            switch order {
            // A year or month is before another when it has ended before the other begins.
            case .less: .less(low)
            case .atMost: .atMost(high)
            case .greater: .greater(high)
            case .atLeast: .atLeast(low)
            }
        return .test(Comparison(attribute, operation))
    }

    static func between(
        _ attribute: CohortAttribute, _ first: Literal, _ second: Literal
    ) throws(QueryError) -> Condition {
        try requireOrder(of: attribute)
        var first = first
        // "between 1 and 2 cm": the unit at the end holds for both.
        if first.unit == nil { first.unit = second.unit }
        let low = try bounds(first, of: attribute).low
        let high = try bounds(second, of: attribute).high
        guard low <= high else {
            throw QueryError(
                .value, "nothing lies between \(first.text) and \(second.text): the smaller value comes first")
        }
        return .test(Comparison(attribute, .between(low, high)))
    }

    static func contains(_ attribute: CohortAttribute, _ literal: Literal) throws(QueryError) -> Condition {
        try requireValues(of: attribute)
        switch attribute.kind {
        case .text, .code(_, isClosed: false): break
        case .code(_, isClosed: true), .number, .date, .age:
            throw QueryError(
                .operation,
                "`contains` looks for a part of a text, and \(attribute.name) is \(article(attribute.kindName))")
        }
        let part = literal.text.trimmed
        guard !part.isEmpty else { throw QueryError(.value, "`contains` needs a part of the text to look for") }
        try Values.requireSize(part)
        return .test(Comparison(attribute, .contains(part)))
    }

    private static func value(_ literal: Literal, of attribute: CohortAttribute) throws(QueryError) -> CohortValue {
        switch attribute.kind {
        case .code, .text:
            guard literal.unit == nil else { throw QueryError(.unit, "\(attribute.name) has no unit") }
            return .text(try Values.text(literal.text, of: attribute, isLiteral: literal.isQuoted))
        case .number, .age, .date:
            return .number(try Values.number(literal.text, unit: literal.unit, of: attribute))
        }
    }

    private static func bounds(
        _ literal: Literal, of attribute: CohortAttribute
    ) throws(QueryError) -> (low: Double, high: Double) {
        if attribute.kind == .date {
            let day = try day(literal, of: attribute)
            return (day.first, day.last)
        }
        let number = try Values.number(literal.text, unit: literal.unit, of: attribute)
        return (number, number)
    }

    private static func day(_ literal: Literal, of attribute: CohortAttribute) throws(QueryError) -> CalendarDay {
        guard literal.unit == nil else { throw QueryError(.unit, "\(attribute.name) has no unit") }
        guard let day = CalendarDay(literal.text) else {
            throw QueryError(
                .value,
                "\"\(literal.text.prefix(40))\" is no date; write 2021-03-31, or 2021-03 or 2021 for a whole month or year"
            )
        }
        return day
    }

    /// A reference to something at the site would tell which record is meant.
    private static func requireValues(of attribute: CohortAttribute) throws(QueryError) {
        guard attribute.isReference else { return }
        throw QueryError(
            .operation,
            "\(attribute.name) is a reference at the site; it can be asked only whether there is one: `exists \(attribute.name)`"
        )
    }

    private static func requireOrder(of attribute: CohortAttribute) throws(QueryError) {
        guard attribute.isOrdered else {
            throw QueryError(
                .operation,
                "\(attribute.name) is \(article(attribute.kindName)) and has no order; ask with =, in or contains")
        }
    }

    private static func article(_ kind: String) -> String { kind == "age" ? "an age" : "a \(kind)" }
}
