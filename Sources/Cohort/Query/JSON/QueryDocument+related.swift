/// The JSON form of conditions on other records.
///
/// `{"has": "series", "where": {…}, "atLeast": 2, "atMost": 4, "base": "study", "window": {"from": -90, "through": 0,
/// "of": "treatment", "which": "first", "where": {…}}}`; everything but `has` may be left out, and in the window
/// everything but `of`.
extension QueryDocument {
    static func related(_ members: [JSONValue.Member]) throws(QueryError) -> Related {
        let known = ["has", "where", "atLeast", "atMost", "base", "window"]
        try requireKnown(members, known)
        let entity = try entity(members, "has")
        let base = try choice(members, "base", Related.Base.init(rawValue:), ["patient", "study"]) ?? .patient
        guard base == .patient || entity == .series || entity == .annotation else {
            throw QueryError(.form, "of the same study there are series and annotations, not \(entity.rawValue)")
        }
        let atMost = try whole(members, "atMost", from: 0)
        let atLeast = try whole(members, "atLeast", from: 0) ?? (atMost == nil ? 1 : 0)
        guard atLeast <= atMost ?? .max else {
            throw QueryError(.value, "`atLeast` is larger than `atMost`: no number of records is both")
        }
        return Related(
            base: base, entity, where: try inner(members, of: entity), atLeast: atLeast, atMost: atMost,
            window: try window(members))
    }

    private static func window(_ members: [JSONValue.Member]) throws(QueryError) -> TimeWindow? {
        guard let value = members.first(where: { $0.name == "window" })?.value else { return nil }
        guard case .object(let members) = value else {
            throw QueryError(.form, "`window` is an object, not \(value.kind)")
        }
        try requireKnown(members, ["from", "through", "of", "which", "where"])
        let entity = try entity(members, "of")
        let which =
            try choice(
                members, "which", TimeWindow.Anchor.Which.init(rawValue:),
                TimeWindow.Anchor.Which.allCases.map(\.rawValue)) ?? .any
        let from = try whole(members, "from", from: -QueryLimits.days)
        let through = try whole(members, "through", from: -QueryLimits.days)
        if let from, let through, from > through {
            throw QueryError(.value, "no day lies from \(from) through \(through): the smaller number comes first")
        }
        return TimeWindow(
            from: from, through: through, of: .init(which, entity, where: try inner(members, of: entity)))
    }

    private static func inner(
        _ members: [JSONValue.Member], of entity: CohortEntity
    ) throws(QueryError) -> Condition {
        guard let value = members.first(where: { $0.name == "where" })?.value else { return .everything }
        return try condition(value, within: entity)
    }

    private static func entity(_ members: [JSONValue.Member], _ name: String) throws(QueryError) -> CohortEntity {
        guard case .string(let text)? = members.first(where: { $0.name == name })?.value else {
            throw QueryError(.form, "`\(name)` names what there is, as in \"treatment\"")
        }
        guard let entity = CohortEntity.find(text) else {
            throw QueryError(
                .attribute, "\"\(text.prefix(60))\" is nothing that a patient has",
                suggestions: CohortEntity.suggestions(for: text))
        }
        return entity
    }

    private static func choice<Value>(
        _ members: [JSONValue.Member], _ name: String, _ read: (String) -> Value?, _ known: [String]
    ) throws(QueryError) -> Value? {
        guard let value = members.first(where: { $0.name == name })?.value else { return nil }
        guard case .string(let text) = value, let found = read(text) else {
            throw QueryError(.form, "`\(name)` is one of \(known.joined(separator: ", "))")
        }
        return found
    }

    private static func whole(
        _ members: [JSONValue.Member], _ name: String, from least: Int
    ) throws(QueryError) -> Int? {
        guard let value = members.first(where: { $0.name == name })?.value else { return nil }
        guard case .number(let digits) = value, let number = Int(digits), (least...QueryLimits.days).contains(number)
        else {
            throw QueryError(.value, "`\(name)` is a whole number between \(least) and \(QueryLimits.days)")
        }
        return number
    }

    private static func requireKnown(_ members: [JSONValue.Member], _ known: [String]) throws(QueryError) {
        for member in members where !known.contains(member.name) { throw unknown(member.name, among: known) }
    }

    static func json(_ related: Related) -> JSONValue {
        var members = [JSONValue.Member(name: "has", value: .string(related.entity.rawValue))]
        if related.condition != .everything { members.append(.init(name: "where", value: json(related.condition))) }
        if related.atLeast != 1 || related.atMost != nil {
            members.append(.init(name: "atLeast", value: .number("\(related.atLeast)")))
        }
        if let most = related.atMost { members.append(.init(name: "atMost", value: .number("\(most)"))) }
        if related.base == .study { members.append(.init(name: "base", value: .string("study"))) }
        if let window = related.window {
            var parts = [JSONValue.Member(name: "of", value: .string(window.anchor.entity.rawValue))]
            if let from = window.from { parts.append(.init(name: "from", value: .number("\(from)"))) }
            if let through = window.through { parts.append(.init(name: "through", value: .number("\(through)"))) }
            if window.anchor.which != .any {
                parts.append(.init(name: "which", value: .string(window.anchor.which.rawValue)))
            }
            if window.anchor.condition != .everything {
                parts.append(.init(name: "where", value: json(window.anchor.condition)))
            }
            members.append(.init(name: "window", value: .object(parts)))
        }
        return .object(members)
    }
}
