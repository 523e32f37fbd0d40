/// Turns Lens's tree into a condition, and says of each criterion what became of it.
struct LensTranslation {
    private(set) var reports: [ConditionReport] = []

    /// The largest exclusive-or: each further part doubles what is asked.
    private static let mostExclusive = 6

    /// A whole question. Lens sends one without criteria as a group without children, and means everything.
    mutating func root(_ tree: LensTree) throws(LensError) -> Condition {
        switch tree {
        case .group(.or, let children) where children.allSatisfy({ $0 == .group(.and, []) }): return .everything
        case .group(.and, []): return .everything
        default: return try condition(tree)
        }
    }

    private mutating func condition(_ tree: LensTree) throws(LensError) -> Condition {
        guard case .group(let operand, let children) = tree else {
            guard case .criterion(let criterion) = tree else { return .everything }
            return condition(criterion)
        }
        guard !children.isEmpty else {
            throw .malformed("a group inside the question has no children: it is not clear what it asks")
        }
        var parts: [Condition] = []
        for child in children { parts.append(try condition(child)) }
        switch operand {
        case .and: return Self.all(parts)
        case .or: return .any(parts)
        // What is excluded: none of them.
        case .not: return .not(.any(parts))
        case .xor:
            guard parts.count <= Self.mostExclusive else {
                throw .malformed("XOR of more than \(Self.mostExclusive) parts is too large to ask")
            }
            return Self.oneOnly(parts)
        }
    }

    /// True of an odd number of the parts, as XOR is of more than two.
    private static func oneOnly(_ parts: [Condition]) -> Condition {
        guard var result = parts.first else { return .any([]) }
        for part in parts.dropFirst() { result = .all([.any([result, part]), .not(.all([result, part]))]) }
        return result
    }

    /// All of the parts. What is asked of a diagnosis is asked of one and the same: the age at which breast cancer was
    /// found, not that of another cancer of the patient.
    private static func all(_ parts: [Condition]) -> Condition {
        let clinical = parts.filter(isOfDiagnosis)
        guard clinical.count > 1 else { return .all(parts) }
        return .all(parts.filter { !isOfDiagnosis($0) } + [.has(Related(.condition, where: .all(clinical)))])
    }

    private static func isOfDiagnosis(_ condition: Condition) -> Bool {
        if case .has = condition { return false }
        let tests = condition.comparisons
        return !tests.isEmpty && tests.allSatisfy { $0.attribute.entity == .condition }
    }

    // MARK: One criterion

    private mutating func condition(_ criterion: LensCriterion) -> Condition {
        do throws(LensRefusal) {
            let (condition, approximation) = try Self.translate(criterion)
            report(criterion, approximation == nil ? .applied : .approximated, approximation)
            return condition
        } catch {
            report(criterion, .unsupported, error.reason)
            return .any([])
        }
    }

    private mutating func report(_ criterion: LensCriterion, _ status: ConditionReport.Status, _ reason: String?) {
        let report = ConditionReport(text: criterion.text, status: status, reason: reason)
        if !reports.contains(report) { reports.append(report) }
    }

    private static func translate(
        _ criterion: LensCriterion
    ) throws(LensRefusal) -> (Condition, approximation: String?) {
        guard let key = LensVocabulary.key(criterion.key) else {
            let near = Nearness.nearest(to: criterion.key, among: LensVocabulary.names).prefix(3)
            throw LensRefusal(
                "this key is not known here" + (near.isEmpty ? "" : "; near it are \(near.joined(separator: ", "))"))
        }
        guard criterion.system.isEmpty || key.systems.contains(criterion.system) else {
            throw LensRefusal("\(key.label) is not coded in \(criterion.system.prefix(80)) here")
        }
        switch key.values {
        case .number(let attribute): return (try number(criterion, key, attribute), nil)
        case .codes(let codes): return try code(criterion, key, codes, isText: false)
        case .makers(let codes): return try code(criterion, key, codes, isText: true)
        }
    }

    private static func code(
        _ criterion: LensCriterion, _ key: LensVocabulary.Key, _ codes: [LensVocabulary.Code], isText: Bool
    ) throws(LensRefusal) -> (Condition, approximation: String?) {
        switch (criterion.kind, criterion.value) {
        case (.equals, .string(let name)): return try one(name, key, codes)
        case (.notEquals, .string(let name)):
            let (condition, approximation) = try one(name, key, codes)
            return (.not(condition), approximation)
        case (.oneOf, .array(let values)) where !values.isEmpty:
            var parts: [Condition] = []
            var approximations: [String] = []
            for value in values {
                guard case .string(let name) = value else { throw LensRefusal("a value of \(key.label) is a text") }
                let (condition, approximation) = try one(name, key, codes)
                parts.append(condition)
                if let approximation, !approximations.contains(approximation) { approximations.append(approximation) }
            }
            return (.any(parts), approximations.isEmpty ? nil : approximations.joined(separator: "; "))
        case (.contains, .string(let part)) where isText:
            if codes.contains(where: { $0.codes.contains(part) }) { return try one(part, key, codes) }
            guard let condition = try? ComparisonBuilder.contains(.manufacturer, .init(text: part)) else {
                throw LensRefusal("a part of a maker's name is a short text")
            }
            return (condition, nil)
        default:
            throw LensRefusal(
                "\(key.label) can be asked with EQUALS or NOT_EQUALS and a code\(isText ? ", with CONTAINS and a text" : ""), or with IN and a list of codes"
            )
        }
    }

    private static func one(
        _ name: String, _ key: LensVocabulary.Key, _ codes: [LensVocabulary.Code]
    ) throws(LensRefusal) -> (Condition, approximation: String?) {
        guard let code = codes.first(where: { $0.codes.contains(name) }) else {
            let known = codes.map { "\($0.codes[0]) (\($0.label))" }.joined(separator: ", ")
            throw LensRefusal("\(name.prefix(80)) is not a value of \(key.label) here; known are \(known)")
        }
        guard let query = try? CohortQuery(text: code.question) else {
            throw LensRefusal("this version's model does not have \(key.label)")
        }
        return (query.condition, code.approximation)
    }

    private static func number(
        _ criterion: LensCriterion, _ key: LensVocabulary.Key, _ attribute: String
    ) throws(LensRefusal) -> Condition {
        func digits(_ value: JSONValue?) throws(LensRefusal) -> String? {
            switch value {
            case nil, .null?: return nil
            case .number(let digits)?: return digits
            case .string(let text)?:
                if text.isEmpty { return nil }
                guard Decimals.number(text, shiftedBy: 0) != nil else { break }
                return text
            default: break
            }
            throw LensRefusal("\(key.label) is compared with a number")
        }
        let test: String
        switch (criterion.kind, criterion.value) {
        case (.equals, let value):
            test = "= \(try digits(value) ?? "")"
        case (.notEquals, let value):
            test = "!= \(try digits(value) ?? "")"
        case (.lower, let value): test = "< \(try digits(value) ?? "")"
        case (.greater, let value): test = "> \(try digits(value) ?? "")"
        case (.between, .object(let ends)):
            guard ends.allSatisfy({ $0.name == "min" || $0.name == "max" }) else {
                throw LensRefusal("a range has `min` and `max`")
            }
            let low = try digits(ends.first { $0.name == "min" }?.value)
            let high = try digits(ends.first { $0.name == "max" }?.value)
            switch (low, high) {
            case (let low?, let high?): test = "between \(low) and \(high)"
            case (let low?, nil): test = ">= \(low)"
            case (nil, let high?): test = "<= \(high)"
            case (nil, nil): throw LensRefusal("a range has `min` or `max` or both")
            }
        default:
            throw LensRefusal(
                "\(key.label) can be asked with EQUALS, NOT_EQUALS, LOWER_THAN, GREATER_THAN and a number, or with BETWEEN"
            )
        }
        guard CohortModel.find(attribute) != nil else {
            throw LensRefusal("this version's model does not have \(attribute)")
        }
        do {
            return try CohortQuery(text: "\(attribute) \(test)").condition
        } catch {
            throw LensRefusal(error.message)
        }
    }
}

/// Why one criterion cannot be asked.
private struct LensRefusal: Error {
    var reason: String
    init(_ reason: String) { self.reason = reason }
}
