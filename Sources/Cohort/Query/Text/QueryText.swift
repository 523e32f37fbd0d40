/// Writes questions in their text form: full names, units spelled out, brackets around every inner group.
enum QueryText {
    static func text(_ query: CohortQuery) -> String {
        let condition = text(query.condition)
        if query.facets == CohortFacet.standardNames { return condition }
        return condition + " facets " + (query.facets.isEmpty ? "none" : query.facets.joined(separator: ", "))
    }

    static func text(_ condition: Condition) -> String {
        switch condition {
        case .all([]): "everything"
        case .any([]): "nothing"
        case .all(let parts): parts.map(inner).joined(separator: " and ")
        case .any(let parts): parts.map(inner).joined(separator: " or ")
        case .not(let part): "not " + inner(part)
        case .test(let comparison): text(comparison)
        case .has(let related): text(related)
        }
    }

    private static func text(_ related: Related) -> String {
        let count =
            switch (related.atLeast, related.atMost) {
            case (1, nil): ""
            case (_, nil): "at least \(related.atLeast) "
            case (0, 0?): "no "
            case (0, let most?): "at most \(most) "
            case (let least, let most?) where least == most: "exactly \(least) "
            case (let least, let most?): "\(least) to \(most) "
            }
        let base = related.base == .study ? "same study " : ""
        let window = related.window.map { " " + QueryText.text($0) } ?? ""
        return "has \(count)\(base)\(ofOne(related.entity, related.condition))\(window)"
    }

    private static func text(_ window: TimeWindow) -> String {
        let which = window.anchor.which == .any ? "" : window.anchor.which.rawValue + " "
        let anchor = which + ofOne(window.anchor.entity, window.anchor.condition)
        switch (window.from, window.through) {
        case (nil, .some(-1)): return "before \(anchor)"
        case (1?, nil): return "after \(anchor)"
        case (let from?, 0?) where from <= 0: return "within \(-from) days before \(anchor)"
        case (0?, let through?): return "within \(through) days after \(anchor)"
        case (let from?, let through?) where through >= 0 && from == -through:
            return "within \(through) days of \(anchor)"
        case (let from, let through):
            let ends = [from, through].map { $0.map { "\($0)" } ?? "any" }
            return "from \(ends[0]) to \(ends[1]) days after \(anchor)"
        }
    }

    private static func ofOne(_ entity: CohortEntity, _ condition: Condition) -> String {
        condition == .everything ? entity.rawValue : "\(entity.rawValue) (\(text(condition)))"
    }

    private static func inner(_ condition: Condition) -> String {
        switch condition {
        case .all(let parts) where !parts.isEmpty: "(\(text(condition)))"
        case .any(let parts) where !parts.isEmpty: "(\(text(condition)))"
        default: text(condition)
        }
    }

    static func text(_ comparison: Comparison) -> String {
        let attribute = comparison.attribute
        let name = attribute.name
        func number(_ value: Double) -> String {
            if attribute.kind == .date { return CalendarDay.text(value) }
            if case .number(let unit?) = attribute.kind { return "\(Decimals.text(value)) \(unit)" }
            return Decimals.text(value)
        }
        func value(_ value: CohortValue) -> String {
            switch value {
            case .number(let double): number(double)
            case .text(let text): isPlain(text, of: attribute) ? text : quoted(text)
            }
        }
        switch comparison.operation {
        case .equals(let equal): return "\(name) = \(value(equal))"
        case .oneOf(let values): return "\(name) in (\(values.map(value).joined(separator: ", ")))"
        case .less(let bound): return "\(name) < \(number(bound))"
        case .atMost(let bound): return "\(name) <= \(number(bound))"
        case .greater(let bound): return "\(name) > \(number(bound))"
        case .atLeast(let bound): return "\(name) >= \(number(bound))"
        case .between(let low, let high): return "\(name) between \(number(low)) and \(number(high))"
        case .exists: return "exists \(name)"
        case .contains(let part): return "\(name) contains \(isWord(part) ? part : quoted(part))"
        }
    }

    /// Whether a value reads back as itself without quotes.
    private static func isPlain(_ text: String, of attribute: CohortAttribute) -> Bool {
        if case .code(let known, _) = attribute.kind, !known.contains(where: { $0.code == text }) { return false }
        return isWord(text)
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty && !QueryParser.reserved.contains(text.lowercased())
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
    }
}
