import Synchronization

/// The places of concepts by every way to write them. It is made when a set is first looked into: most commands ask for
/// few sets or none.
final class SpellingIndex: Sendable {
    struct Tables: Sendable {
        /// Places by code, label and synonym, folded; -1 for a word that means two concepts.
        var words: [String: Int] = [:]
        var codings: [Coding: Int] = [:]
    }

    private let concepts: [Concept]
    private let made = Mutex<Tables?>(nil)

    init(_ concepts: [Concept]) { self.concepts = concepts }

    var words: [String: Int] { tables.words }
    var codings: [Coding: Int] { tables.codings }

    private var tables: Tables {
        made.withLock { made in
            if let made { return made }
            let tables = Self.tables(of: concepts)
            made = tables
            return tables
        }
    }

    /// Codes come before labels and synonyms, and those before the codes of other systems.
    private static func tables(of concepts: [Concept]) -> Tables {
        var tables = Tables()
        tables.words.reserveCapacity(4 * concepts.count)
        let codes = concepts.map { Spelling.folded($0.code) }
        for (place, code) in codes.enumerated() { tables.words[code] = place }
        func add(_ word: String, _ place: Int) {
            let key = Spelling.folded(word)
            guard let known = tables.words[key] else {
                tables.words[key] = place
                return
            }
            if known != place, known >= 0, codes[known] != key { tables.words[key] = -1 }
        }
        for (place, concept) in concepts.enumerated() {
            for word in concept.synonyms { add(word, place) }
            for label in [concept.label, concept.spanish, concept.catalan].compactMap(\.self) { add(label, place) }
        }
        for (place, concept) in concepts.enumerated() {
            for coding in concept.codings {
                if tables.codings[coding] == nil { tables.codings[coding] = place }
                add(coding.code, place)
            }
        }
        return tables
    }
}
