import Cohort

/// The pages of everything that a question can name: one for each kind of record.
struct AttributesView {
    struct Entity {
        var name: String
        var label: String
        var count: Int
        var isHere: Bool
    }

    struct Attribute {
        var name: String
        var aliases: [String]
        var label: String
        var help: String
        var kind: String
        var unit: String?
        var example: String
        var href: String
        var values: [AttributeView.Value]
        var hasValues: Bool
        var valueCount: Int

        init(_ view: AttributeView) {
            name = view.name
            aliases = [view.short] + view.aliases
            label = view.label
            help = view.help
            kind = view.kind
            unit = view.unit
            example = view.example
            href = view.href
            values = view.values
            hasValues = !values.isEmpty
            valueCount = values.count
        }
    }

    var frame: Frame
    var heading: String
    var entities: [Entity]
    var attributes: [Attribute]

    /// - Parameter entity: whose attributes are shown; nil for the list of entities alone.
    init(_ entity: CohortEntity?, federation: String) {
        heading = entity.map { "\($0.label): what can be asked" } ?? "What can be asked"
        frame = Frame("\(heading) · \(federation)", federation: federation)
        entities = CohortEntity.allCases.map { each in
            Entity(
                name: each.rawValue, label: each.label, count: CohortModel.attributes.count { $0.entity == each },
                isHere: each == entity)
        }
        attributes = entity.map { AttributeView.all(of: $0).map(Attribute.init) } ?? []
    }
}
