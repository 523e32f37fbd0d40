/// The concepts that an attribute can take, and which of them lie within which.
public struct ValueSet: Sendable {
    /// The name in the description of the model: `topography`.
    public let name: String
    /// What it is, for people: "Topography".
    public let label: String
    /// The system of its codes.
    public let system: CodeSystem
    /// Whether nothing but its concepts can stand; an open set knows the usual ones.
    public let isClosed: Bool
    /// The mark below which codes are parts of the code before it: `.` in `C50.4`, `/` in `8500/3`.
    public let separator: Character?
    public let concepts: [Concept]

    private let index: SpellingIndex

    init(
        name: String, label: String, system: CodeSystem, isClosed: Bool, separator: Character? = nil,
        concepts: [Concept]
    ) {
        self.name = name
        self.label = label
        self.system = system
        self.isClosed = isClosed
        self.separator = separator
        self.concepts = concepts
        index = SpellingIndex(concepts)
    }

    /// The concept that someone wrote: by code, by label or synonym in any of the languages, or by a code of another
    /// system (`SNOMED:254837009`); nil where there is none or where the word means two of them.
    public func find(_ written: String) -> Concept? {
        if let place = index.words[Spelling.folded(written)] { return concept(at: place) }
        guard let coding = Coding(written) else { return nil }
        if let place = index.codings[coding] { return concept(at: place) }
        return coding.system == system ? index.words[Spelling.folded(coding.code)].flatMap { concept(at: $0) } : nil
    }

    private func concept(at place: Int) -> Concept? {
        concepts.indices.contains(place) ? concepts[place] : nil
    }

    /// Whether `code` is `other`, or lies within it: C50.4 within C50, IIIA within III.
    public func isWithin(_ code: String, _ other: String) -> Bool {
        let goal = Spelling.folded(other)
        var left = [Spelling.folded(code)]
        var seen = Set(left)
        while let next = left.popLast() {
            if next == goal { return true }
            for wider in wider(than: next) where seen.insert(wider).inserted { left.append(wider) }
        }
        return false
    }

    /// Whether other codes can lie within `code`: known ones, or ones of its form.
    func hasNarrower(_ code: String) -> Bool {
        if separator != nil { return true }
        let goal = Spelling.folded(code)
        return concepts.contains { concept in concept.wider.contains { Spelling.folded($0) == goal } }
    }

    /// The folded codes of what a folded code is directly within.
    private func wider(than code: String) -> [String] {
        var codes: [String] = []
        if let place = index.words[code], let concept = concept(at: place) {
            codes = concept.wider.map { Spelling.folded($0) }
        }
        if let separator, let mark = code.firstIndex(of: separator) {
            // C50.41 is within C50.4, and that within C50.
            let end = code.index(before: code.endIndex)
            codes.append(String(end > code.index(after: mark) ? code[..<end] : code[..<mark]))
        }
        return codes
    }

    /// The label of a value in a language; the value itself where it is not of this set.
    public func label(of code: String, in language: String = "en") -> String {
        find(code)?.label(in: language) ?? code
    }
}
