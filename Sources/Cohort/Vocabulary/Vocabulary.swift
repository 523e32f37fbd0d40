/// The concepts that the model's attributes take, by value set.
public struct Vocabulary: Sendable {
    /// The sets by name.
    public private(set) var sets: [String: ValueSet]

    init(sets: [ValueSet]) {
        self.sets = Dictionary(sets.map { ($0.name, $0) }) { first, _ in first }
    }

    /// What Atles knows by itself: codes of public systems under labels of our own. It is read when it is first used.
    public static let standard = Vocabulary(sets: VocabularyData.sets)

    mutating func put(_ set: ValueSet) { sets[set.name] = set }

    /// The concept of a set that someone wrote, in any of the languages or systems; nil where there is none.
    public func find(_ written: String, in set: String) -> Concept? { sets[set]?.find(written) }
}
