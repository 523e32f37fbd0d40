/// Reads attributes from the description of the model: one JSON document for each entity.
enum AttributeReader {
    static func attributes(_ document: JSONValue, sets: [String: ValueSet]) -> [CohortAttribute] {
        guard case .object(let members) = document,
            let entity = members["entity"].flatMap({ $0.text }).flatMap(CohortEntity.init(rawValue:)),
            case .array(let values)? = members["attributes"]
        else { return [] }
        return values.compactMap { attribute($0, of: entity, sets: sets) }
    }

    private static func attribute(
        _ value: JSONValue, of entity: CohortEntity, sets: [String: ValueSet]
    ) -> CohortAttribute? {
        guard case .object(let members) = value, let name = members["name"]?.text, let label = members["label"]?.text,
            let definition = members["definition"]?.text, let type = members["type"]?.text
        else { return nil }
        let set = members["values"]?.text.flatMap { sets[$0] }
        let kind: CohortAttribute.Kind
        switch type {
        case "code":
            guard let set else { return nil }
            kind = .code(set.concepts, isClosed: set.isClosed)
        case "text": kind = .text
        case "number": kind = .number(unit: members["unit"]?.text)
        case "date": kind = .date
        case "age": kind = .age
        default: return nil
        }
        var attribute = CohortAttribute(
            // One name is older than the entities, and means the study's.
            name.contains(".") ? name : "\(entity.rawValue).\(name)", members["aliases"]?.texts ?? [], entity, kind,
            label, definition, from: members["keywords"]?.texts ?? [])
        attribute.valueSet = set
        attribute.isMany = members["many"] == .bool(true)
        attribute.codings = (members["codings"]?.texts ?? []).compactMap { Coding($0) }
        attribute.minimum = Set((members["minimum"]?.texts ?? []).compactMap(CohortAttribute.Minimum.init(rawValue:)))
        if case .number(let digits)? = members["tier"] { attribute.tier = Int(digits) }
        attribute.eucaimColumn = members["eucaim"]?.text
        attribute.test = members["test"]?.text
        attribute.isReference = members["reference"] == .bool(true)
        attribute.time = members["time"]?.text.flatMap(CohortAttribute.Time.init(rawValue:))
        return attribute
    }
}

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var texts: [String] { if case .array(let values) = self { values.compactMap(\.text) } else { [] } }
}

extension [JSONValue.Member] {
    subscript(name: String) -> JSONValue? { first { $0.name == name }?.value }
}
