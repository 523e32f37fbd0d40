/// The description of the model, as it lies in `Model/Data`: one document for each entity.
enum ModelData {
    /// In the order of ``CohortEntity``, the images first.
    static let attributes: [CohortAttribute] = {
        let sets = Vocabulary.standard.sets
        return documents.flatMap { bytes in
            // A document that cannot be read is an attribute less, which a test would see; it is no reason to stop.
            (try? JSONReader.value(bytes)).map { AttributeReader.attributes($0, sets: sets) } ?? []
        }
    }()

    static var documents: [[UInt8]] {
        [
            PackageResources.patient_json, PackageResources.study_json, PackageResources.series_json,
            PackageResources.annotation_json, PackageResources.condition_json, PackageResources.tumour_json,
            PackageResources.marker_json, PackageResources.laboratory_json, PackageResources.procedure_json,
            PackageResources.treatment_json, PackageResources.history_json, PackageResources.assessment_json,
            PackageResources.episode_json, PackageResources.specimen_json, PackageResources.variant_json,
            PackageResources.followUp_json,
        ]
    }
}
