/// The registry of everything that a question can ask about.
///
/// It holds what de-identified headers keep: no identifiers, no names, no free descriptions.
public enum CohortModel {
    /// All attributes, in the order in which they are shown.
    public static let attributes: [CohortAttribute] = ModelData.attributes

    /// The attributes that images themselves have; the others come from a site's tables.
    public static let ofImages = attributes.filter { !$0.keywords.isEmpty && $0.entity != .annotation }

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

    /// An attribute of the description, for the names that the code itself needs; a test holds the two together.
    static func known(_ name: String) -> CohortAttribute {
        find(name) ?? CohortAttribute(name, [], .patient, .text, name, "", from: [])
    }

    /// When the records of an entity were.
    static let times: [CohortEntity.Moment: CohortAttribute] = {
        var table: [CohortEntity.Moment: CohortAttribute] = [:]
        for attribute in attributes {
            guard let time = attribute.time else { continue }
            table[.init(entity: attribute.entity, time: time)] = attribute
            // A series was when its study was.
            if attribute.entity == .study { table[.init(entity: .series, time: time)] = attribute }
        }
        return table
    }()

    private static let byName: [String: CohortAttribute] = {
        var table: [String: CohortAttribute] = [:]
        for attribute in attributes {
            for name in [attribute.name] + attribute.aliases { table[name.lowercased()] = attribute }
        }
        return table
    }()
}
