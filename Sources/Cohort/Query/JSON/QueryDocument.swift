/// The JSON form of questions.
///
/// A condition is `{"all": […]}`, `{"any": […]}`, `{"not": {…}}`, `{"has": "treatment", …}` or a test; a test is
/// `{"attribute": "series.modality", "equals": "MR"}` with one of equals, oneOf, less, atMost, greater, atLeast,
/// between, contains, exists, and a `unit` where the number is not in the attribute's own. A question is a condition, or
/// `{"where": condition, "facets": ["sex", …]}`, where the condition may be in the text form. A name that is not known is refused, never skipped.
enum QueryDocument {
    // MARK: Reading

    static func query(_ document: JSONValue) throws(QueryError) -> CohortQuery {
        guard case .object(let members) = document else {
            throw QueryError(.form, "a question is an object, not \(document.kind)")
        }
        var facets: [String]?
        var root = document
        // A `has` has a `where` of its own.
        let isCondition = members.contains { $0.name == "has" }
        if !isCondition, members.contains(where: { $0.name == "where" || $0.name == "facets" }) {
            root = .object([.init(name: "all", value: .array([]))])
            for member in members {
                switch member.name {
                case "where": root = member.value
                case "facets": facets = try names(member.value)
                default: throw unknown(member.name, among: ["where", "facets"])
                }
            }
        }
        if case .string(let text) = root {
            // A form that nobody has filled in asks for everything.
            if !text.allSatisfy(\.isWhitespace) { return try QueryParser.parse(text, facets: facets) }
            root = .object([.init(name: "all", value: .array([]))])
        }
        let query = CohortQuery(condition: try condition(root), facets: facets ?? CohortFacet.standardNames)
        try query.condition.requireLimits()
        return query
    }

    private static func names(_ value: JSONValue) throws(QueryError) -> [String] {
        guard case .array(let values) = value else {
            throw QueryError(.form, "`facets` is a list of names, not \(value.kind)")
        }
        var names: [String] = []
        for value in values {
            guard case .string(let name) = value else {
                throw QueryError(.form, "the name of a facet is a text, not \(value.kind)")
            }
            guard let facet = CohortFacet.find(name) else { throw QueryFacets.unknown(name) }
            if !names.contains(facet.name) { names.append(facet.name) }
        }
        return names
    }

    /// - Parameter within: the records that are spoken of, inside a `has`.
    static func condition(
        _ value: JSONValue, within: CohortEntity? = nil
    ) throws(QueryError) -> Condition {
        guard case .object(let members) = value else {
            throw QueryError(.form, "a condition is an object, not \(value.kind)")
        }
        if members.contains(where: { $0.name == "attribute" }) { return try test(members, within: within) }
        if members.contains(where: { $0.name == "has" }) { return .has(try related(members)) }
        guard members.count == 1, let member = members.first else {
            throw QueryError(
                .form,
                members.isEmpty
                    ? "an empty condition; {\"all\": []} asks for everything"
                    : "a condition has one of all, any, not and has, or an attribute; this one has \(members.map(\.name).joined(separator: ", ").prefix(80))"
            )
        }
        switch member.name {
        case "all": return .all(try conditions(member, within: within))
        case "any": return .any(try conditions(member, within: within))
        case "not": return .not(try condition(member.value, within: within))
        default: throw unknown(member.name, among: ["all", "any", "not", "has", "attribute"])
        }
    }

    private static func conditions(
        _ member: JSONValue.Member, within: CohortEntity?
    ) throws(QueryError) -> [Condition] {
        guard case .array(let values) = member.value else {
            throw QueryError(.form, "`\(member.name)` holds a list of conditions, not \(member.value.kind)")
        }
        var parts: [Condition] = []
        for value in values { parts.append(try condition(value, within: within)) }
        return parts
    }

    private static let operations = [
        "equals", "oneOf", "less", "atMost", "greater", "atLeast", "between", "contains", "exists",
    ]

    private static func test(
        _ members: [JSONValue.Member], within: CohortEntity?
    ) throws(QueryError) -> Condition {
        var attribute: CohortAttribute?
        var unit: String?
        var operation: JSONValue.Member?
        for member in members {
            switch (member.name, member.value) {
            case ("attribute", .string(let name)):
                guard let found = CohortModel.find(name, within: within) else {
                    throw QueryError(
                        .attribute, "there is no attribute \"\(name.prefix(60))\"",
                        suggestions: CohortModel.suggestions(for: name))
                }
                attribute = found
            case ("unit", .string(let text)): unit = text
            case ("attribute", _), ("unit", _):
                throw QueryError(.form, "`\(member.name)` is a text, not \(member.value.kind)")
            default:
                guard operations.contains(member.name) else { throw unknown(member.name, among: operations + ["unit"]) }
                guard operation == nil else {
                    throw QueryError(.form, "a test has one operation; write {\"all\": [{…}, {…}]} for two")
                }
                operation = member
            }
        }
        guard let attribute else { throw QueryError(.form, "a test needs an attribute") }
        guard let operation else {
            throw QueryError(.form, "the test of \(attribute.name) needs one of \(operations.joined(separator: ", "))")
        }
        return try test(attribute, operation.name, operation.value, unit: unit)
    }

    private static func test(
        _ attribute: CohortAttribute, _ operation: String, _ value: JSONValue, unit: String?
    ) throws(QueryError) -> Condition {
        switch operation {
        case "equals": return try ComparisonBuilder.equals(attribute, try literal(value, unit, of: attribute))
        case "less": return try ComparisonBuilder.compare(attribute, .less, try literal(value, unit, of: attribute))
        case "atMost": return try ComparisonBuilder.compare(attribute, .atMost, try literal(value, unit, of: attribute))
        case "greater":
            return try ComparisonBuilder.compare(attribute, .greater, try literal(value, unit, of: attribute))
        case "atLeast":
            return try ComparisonBuilder.compare(attribute, .atLeast, try literal(value, unit, of: attribute))
        case "contains": return try ComparisonBuilder.contains(attribute, try literal(value, unit, of: attribute))
        case "exists":
            guard case .bool(let isThere) = value else {
                throw QueryError(.form, "`exists` is true or false, not \(value.kind)")
            }
            guard unit == nil else { throw QueryError(.unit, "`exists` has no unit") }
            let test = Condition.test(Comparison(attribute, .exists))
            return isThere ? test : .not(test)
        case "between":
            guard case .array(let ends) = value, ends.count == 2 else {
                throw QueryError(.form, "`between` is a list of two values, the smaller one first")
            }
            return try ComparisonBuilder.between(
                attribute, try literal(ends[0], unit, of: attribute), try literal(ends[1], unit, of: attribute))
        default:
            guard case .array(let values) = value else {
                throw QueryError(.form, "`oneOf` is a list of values, not \(value.kind)")
            }
            var literals: [ComparisonBuilder.Literal] = []
            for value in values { literals.append(try literal(value, unit, of: attribute)) }
            return try ComparisonBuilder.oneOf(attribute, literals)
        }
    }

    private static func literal(
        _ value: JSONValue, _ unit: String?, of attribute: CohortAttribute
    ) throws(QueryError) -> ComparisonBuilder.Literal {
        switch (value, attribute.kind) {
        case (.string(let text), .code), (.string(let text), .text), (.string(let text), .date):
            return .init(text: text, isQuoted: true, unit: unit)
        case (.number(let digits), .number), (.number(let digits), .age), (.number(let digits), .date):
            return .init(text: digits, unit: unit)
        default:
            throw QueryError(
                .value,
                "\(attribute.name) is \(attribute.isOrdered ? "a number" : "a text"); \(value.kind) cannot be compared with it"
            )
        }
    }

    static func unknown(_ name: String, among known: [String]) -> QueryError {
        QueryError(
            .form, "\"\(name.prefix(60))\" is not known here; known are \(known.joined(separator: ", "))",
            suggestions: Nearness.nearest(to: name, among: known))
    }

    // MARK: Writing

    static func json(_ query: CohortQuery) -> JSONValue {
        let condition = json(query.condition)
        if query.facets == CohortFacet.standardNames { return condition }
        return object(("where", condition), ("facets", .array(query.facets.map { .string($0) })))
    }

    static func json(_ condition: Condition) -> JSONValue {
        switch condition {
        case .all(let parts): object(("all", .array(parts.map(json))))
        case .any(let parts): object(("any", .array(parts.map(json))))
        case .not(let part): object(("not", json(part)))
        case .test(let comparison): json(comparison)
        case .has(let related): json(related)
        }
    }

    private static func json(_ comparison: Comparison) -> JSONValue {
        let attribute = comparison.attribute
        func number(_ value: Double) -> JSONValue {
            attribute.kind == .date ? .string(CalendarDay.text(value)) : .number(Decimals.text(value))
        }
        func value(_ value: CohortValue) -> JSONValue {
            switch value {
            case .number(let double): number(double)
            case .text(let text): .string(text)
            }
        }
        let (name, operand): (String, JSONValue) =
            switch comparison.operation {
            case .equals(let equal): ("equals", value(equal))
            case .oneOf(let values): ("oneOf", .array(values.map(value)))
            case .less(let bound): ("less", number(bound))
            case .atMost(let bound): ("atMost", number(bound))
            case .greater(let bound): ("greater", number(bound))
            case .atLeast(let bound): ("atLeast", number(bound))
            case .between(let low, let high): ("between", .array([number(low), number(high)]))
            case .exists: ("exists", .bool(true))
            case .contains(let part): ("contains", .string(part))
            }
        var members = [
            JSONValue.Member(name: "attribute", value: .string(attribute.name)), .init(name: name, value: operand),
        ]
        if case .number(let unit?) = attribute.kind, comparison.operation != .exists {
            members.append(.init(name: "unit", value: .string(unit)))
        }
        return .object(members)
    }

    private static func object(_ members: (String, JSONValue)...) -> JSONValue {
        .object(members.map { .init(name: $0.0, value: $0.1) })
    }
}
