import CohortData

/// The vocabulary that ships with Atles, as it lies in `CohortData/Vocabulary`.
enum VocabularyData {
    static let sets: [ValueSet] = documents.flatMap { bytes in
        (try? JSONReader.value(bytes)).flatMap { try? VocabularyReader.drafts($0) }?.map(ValueSet.init) ?? []
    }

    static var documents: [[UInt8]] { CohortData.vocabulary }
}

extension ValueSet {
    init(_ draft: VocabularyReader.Draft) {
        self.init(
            name: draft.name, label: draft.label ?? draft.name, system: draft.system ?? .atles,
            isClosed: draft.isClosed ?? false, separator: draft.separator, concepts: draft.concepts)
    }
}
