/// The registry of everything that a question can ask about.
///
/// It holds what de-identified headers keep: no identifiers, no names, no free descriptions.
public enum CohortModel {
    /// All attributes, in the order in which they are shown.
    public static let attributes: [CohortAttribute] = [
        .sex, .ageAtStudy,
        .studyDate,
        .modality, .bodyPart, .laterality, .manufacturer, .model,
        .sliceThickness, .pixelSpacing, .rows, .columns, .images,
        .magneticFieldStrength, .echoTime, .repetitionTime, .kvp, .contrast,
        .sopClass, .transferSyntax,
    ]

    /// The attribute called `name`, by its full name or an alias, without regard to case.
    public static func find(_ name: String) -> CohortAttribute? { byName[name.lowercased()] }

    /// The attribute called `name` where records of an entity are spoken of: its own attribute of that name first, so
    /// that `type` within a treatment is `treatment.type`.
    public static func find(_ name: String, within entity: CohortEntity?) -> CohortAttribute? {
        entity.flatMap { find("\($0.rawValue).\(name)") } ?? find(name)
    }

    /// The names that `name` may have meant, most likely first; none where nothing is near.
    public static func suggestions(for name: String) -> [String] {
        let full = attributes.map(\.name)
        let candidates = full + attributes.flatMap(\.aliases)
        var names: [String] = []
        for candidate in Nearness.nearest(to: name, among: candidates) {
            guard let attribute = find(candidate), !names.contains(attribute.name) else { continue }
            names.append(attribute.name)
        }
        return Array(names.prefix(3))
    }

    private static let byName: [String: CohortAttribute] = {
        var table: [String: CohortAttribute] = [:]
        for attribute in attributes {
            for name in [attribute.name] + attribute.aliases { table[name.lowercased()] = attribute }
        }
        return table
    }()
}
