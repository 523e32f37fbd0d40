/// Another visa that must be there (GA4GH Passport v1.2, `conditions`).
struct VisaCondition: Sendable, Equatable, Codable {
    /// What a text must be.
    enum Pattern: Sendable, Equatable, Codable {
        case constant(String)
        /// `?` stands for one character, `*` for any number of them.
        case pattern(String)
        /// As `pattern`, for one of the parts between semicolons.
        case splitPattern(String)

        init(_ text: String) throws(TokenRefusal) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let kind = parts.first, let rest = parts.last, rest.count <= 255 else {
                throw .malformed
            }
            switch kind {
            case "const": self = .constant(rest)
            case "pattern": self = .pattern(rest)
            case "split_pattern": self = .splitPattern(rest)
            default: throw .malformed
            }
        }

        func matches(_ text: String) -> Bool {
            switch self {
            case .constant(let constant): text == constant
            case .pattern(let pattern): Self.matches(text, pattern)
            case .splitPattern(let pattern): text.split(separator: ";").contains { Self.matches(String($0), pattern) }
            }
        }

        /// Goes back to the last star only: the time is at most the product of the two lengths.
        private static func matches(_ text: String, _ pattern: String) -> Bool {
            let (text, pattern) = (Array(text), Array(pattern))
            var (at, place) = (0, 0)
            var star: (place: Int, at: Int)?
            while at < text.count {
                if place < pattern.count, pattern[place] == "*" {
                    star = (place, at)
                    place += 1
                } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[at] {
                    place += 1
                    at += 1
                } else if let last = star {
                    star = (last.place, last.at + 1)
                    (place, at) = (last.place + 1, last.at + 1)
                } else {
                    return false
                }
            }
            return pattern[place...].allSatisfy { $0 == "*" }
        }
    }

    let kind: String
    let value: Pattern?
    let source: Pattern?
    let by: Pattern?

    /// The most lists, and the most conditions of a list, that are read.
    private static let most = 32

    static func lists(_ json: JSONValue?) throws(TokenRefusal) -> [[VisaCondition]] {
        guard let json, json != .null else { return [] }
        guard case .list(let lists) = json, lists.count <= most else { throw .malformed }
        var read: [[VisaCondition]] = []
        for entry in lists {
            guard case .list(let conditions) = entry, !conditions.isEmpty, conditions.count <= most else {
                throw .malformed
            }
            var row: [VisaCondition] = []
            for condition in conditions { row.append(try VisaCondition(condition)) }
            read.append(row)
        }
        return read
    }

    private init(_ json: JSONValue) throws(TokenRefusal) {
        guard let object = json.object, let kind = object["type"]?.text else { throw .malformed }
        // A clause that is not known cannot be checked, so the condition cannot hold.
        guard object.keys.allSatisfy({ ["type", "value", "source", "by"].contains($0) }) else { throw .conditions }
        func pattern(_ name: String) throws(TokenRefusal) -> Pattern? {
            guard let clause = object[name] else { return nil }
            guard let text = clause.text else { throw .malformed }
            return try Pattern(text)
        }
        self.kind = kind
        value = try pattern("value")
        source = try pattern("source")
        by = try pattern("by")
        guard value != nil || source != nil || by != nil else { throw .malformed }
    }

    func holds(of visa: Visa) -> Bool {
        visa.kind.rawValue == kind && value?.matches(visa.value) ?? true && source?.matches(visa.source) ?? true
            && by.map { pattern in visa.by.map(pattern.matches) ?? false } ?? true
    }
}
