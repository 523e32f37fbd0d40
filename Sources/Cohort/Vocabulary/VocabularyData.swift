/// The vocabulary that ships with Atles, as it lies in `Vocabulary/Data`.
enum VocabularyData {
    static let sets: [ValueSet] = documents.flatMap { bytes in
        (try? JSONReader.value(bytes)).flatMap { try? VocabularyReader.drafts($0) }?.map(ValueSet.init) ?? []
    }

    static var documents: [[UInt8]] {
        [
            PackageResources.people_json, PackageResources.imaging_json, PackageResources.objects_json,
            PackageResources.topography_json, PackageResources.morphology_json, PackageResources.diagnosis_json,
            PackageResources.staging_json, PackageResources.findings_json, PackageResources.markers_json,
            PackageResources.treatment_sets_json, PackageResources.outcome_json,
        ]
    }
}

extension ValueSet {
    init(_ draft: VocabularyReader.Draft) {
        self.init(
            name: draft.name, label: draft.label ?? draft.name, system: draft.system ?? .atles,
            isClosed: draft.isClosed ?? false, separator: draft.separator, concepts: draft.concepts)
    }
}
