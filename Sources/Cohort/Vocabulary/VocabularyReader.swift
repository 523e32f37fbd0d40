/// Reads value sets from their JSON form.
///
/// ```
/// {"sets": [{"name": "side", "label": "Side", "system": "DICOM", "closed": true, "concepts": [
///   {"code": "L", "label": "Left", "es": "Izquierdo", "ca": "Esquerre", "synonyms": ["left side"],
///    "within": ["B"], "codings": ["SNOMED:7771000"]}]}]}
/// ```
/// A name that is not known is refused, never skipped.
enum VocabularyReader {
    /// A set as it is written, before it is checked against others.
    struct Draft {
        var name: String
        var label: String?
        var system: CodeSystem?
        var isClosed: Bool?
        var separator: Character?
        var concepts: [Concept] = []
    }

    static func drafts(_ document: JSONValue) throws(VocabularyError) -> [Draft] {
        let members = try object(document, "the vocabulary", ["sets"])
        guard case .array(let sets)? = members["sets"] else {
            throw VocabularyError("a vocabulary is {\"sets\": […]}: a list of value sets")
        }
        var drafts: [Draft] = []
        for set in sets {
            let draft = try draft(set)
            guard !drafts.contains(where: { $0.name == draft.name }) else {
                throw VocabularyError("the value set \(draft.name) is there twice")
            }
            drafts.append(draft)
        }
        return drafts
    }

    private static func draft(_ value: JSONValue) throws(VocabularyError) -> Draft {
        let members = try object(
            value, "a value set", ["name", "label", "system", "closed", "separator", "concepts"])
        guard let name = try text(members["name"], "the name of a value set"), !name.isEmpty else {
            throw VocabularyError("a value set has no `name`")
        }
        let place = "the value set \(name.prefix(60))"
        var draft = Draft(name: name)
        draft.label = try text(members["label"], "`label` of \(place)")
        if let system = try text(members["system"], "`system` of \(place)") {
            guard let known = CodeSystem.find(system) else { throw unknownSystem(system, place) }
            draft.system = known
        }
        switch members["closed"] {
        case nil: break
        case .bool(let flag): draft.isClosed = flag
        default: throw VocabularyError("`closed` of \(place) is true or false")
        }
        if let separator = try text(members["separator"], "`separator` of \(place)") {
            guard separator.count == 1 else {
                throw VocabularyError("`separator` of \(place) is one character, such as .")
            }
            draft.separator = separator.first
        }
        guard case .array(let concepts)? = members["concepts"] else {
            throw VocabularyError("\(place) needs `concepts`, a list")
        }
        for concept in concepts { draft.concepts.append(try self.concept(concept, place)) }
        return draft
    }

    private static func concept(_ value: JSONValue, _ set: String) throws(VocabularyError) -> Concept {
        let members = try object(
            value, "a concept of \(set)", ["code", "label", "es", "ca", "synonyms", "within", "codings"])
        guard let code = try text(members["code"], "`code` in \(set)"), !code.isEmpty else {
            throw VocabularyError("a concept of \(set) has no `code`")
        }
        let place = "\(code.prefix(60)) in \(set)"
        guard let label = try text(members["label"], "`label` of \(place)"), !label.isEmpty else {
            throw VocabularyError("\(place) has no `label`")
        }
        var codings: [Coding] = []
        for text in try texts(members["codings"], "`codings` of \(place)") {
            guard let coding = Coding(text) else {
                if let mark = text.lastIndex(where: { ":#|".contains($0) }) {
                    throw unknownSystem(String(text[..<mark]), place)
                }
                throw VocabularyError(
                    "\"\(text.prefix(60))\" of \(place) is no coding; write the system before the code, as in SNOMED:254837009"
                )
            }
            codings.append(coding)
        }
        return Concept(
            code: code, label: label, spanish: try text(members["es"], "`es` of \(place)"),
            catalan: try text(members["ca"], "`ca` of \(place)"),
            synonyms: try texts(members["synonyms"], "`synonyms` of \(place)").map { $0.lowercased() },
            wider: try texts(members["within"], "`within` of \(place)"), codings: codings)
    }

    private static func unknownSystem(_ name: String, _ place: String) -> VocabularyError {
        VocabularyError(
            "\"\(name.prefix(60))\" in \(place) is no system of codes that is known; known are "
                + CodeSystem.allCases.map(\.rawValue).joined(separator: ", "))
    }

    // MARK: Pieces

    private static func object(
        _ value: JSONValue, _ what: String, _ known: [String]
    ) throws(VocabularyError) -> [String: JSONValue] {
        guard case .object(let members) = value else {
            throw VocabularyError("\(what) is an object, not \(value.kind)")
        }
        var table: [String: JSONValue] = [:]
        for member in members {
            guard known.contains(member.name) else {
                let near = Nearness.nearest(to: member.name, among: known).first.map { "; did you mean `\($0)`?" } ?? ""
                throw VocabularyError("`\(member.name.prefix(60))` is not known in \(what)\(near)")
            }
            table[member.name] = member.value
        }
        return table
    }

    private static func text(_ value: JSONValue?, _ what: String) throws(VocabularyError) -> String? {
        switch value {
        case nil: return nil
        case .string(let text):
            guard text.utf8.count <= QueryLimits.valueBytes else {
                throw VocabularyError("\(what) is longer than \(QueryLimits.valueBytes) bytes")
            }
            return text
        // Codes of digits alone are easily written without quotes.
        case .number(let digits): return digits
        case .some(let other): throw VocabularyError("\(what) is a text, not \(other.kind)")
        }
    }

    private static func texts(_ value: JSONValue?, _ what: String) throws(VocabularyError) -> [String] {
        switch value {
        case nil: return []
        case .array(let values):
            var all: [String] = []
            for value in values { if let text = try text(value, what) { all.append(text) } }
            return all
        case .some(let single): return try text(single, what).map { [$0] } ?? []
        }
    }
}
