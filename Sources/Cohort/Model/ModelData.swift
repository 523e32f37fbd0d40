import CohortData

/// The description of the model, as it lies in `CohortData/Model`: one document for each entity.
enum ModelData {
    /// In the order of ``CohortEntity``, the images first.
    static let attributes: [CohortAttribute] = {
        let sets = Vocabulary.standard.sets
        return documents.flatMap { bytes in
            // A document that cannot be read is an attribute less, which a test would see; it is no reason to stop.
            (try? JSONReader.value(bytes)).map { AttributeReader.attributes($0, sets: sets) } ?? []
        }
    }()

    static var documents: [[UInt8]] { CohortData.model }
}
