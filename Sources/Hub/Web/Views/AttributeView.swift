import Cohort

/// An attribute that a question can name, as the page and its script need it.
struct AttributeView: Encodable {
    /// Written short, because there are many: `["MR", "Magnetic resonance"]`.
    struct Value: Encodable {
        var value: String
        /// Empty where the value says it all.
        var label: String
        /// A site holds it, but the model does not know it: it is taken as it stands only in quotes. Written `["X", "", 1]`.
        var isOdd = false

        func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try container.encode(value)
            if !label.isEmpty || isOdd { try container.encode(label) }
            if isOdd { try container.encode(1) }
        }
    }

    /// The full name, `series.modality`.
    var name: String
    /// The name as people write it, `modality`.
    var short: String
    /// Other names.
    var aliases: [String]
    var level: String
    /// `code`, `text`, `number`, `date` or `age`.
    var kind: String
    /// What can be asked of it, the likeliest first.
    var operations: [String]
    var unit: String?
    var label: String
    var help: String
    /// Values that a reader may choose from: those that sites hold first, then the model's own.
    var values: [Value]
    /// So many of them, from the first, are held by sites.
    var held: Int
    var example: String
    var href: String

    /// What the script reads; the explanation stands in the page already.
    private enum CodingKeys: CodingKey {
        case name, short, aliases, level, kind, operations, unit, label, values, held
    }

    /// All attributes of the model, with the values that the sites' descriptions name.
    static func all(seenIn federation: FederationOverview) -> [AttributeView] {
        let seen = FacetTotal.complete(federation.sites.compactMap(\.card))
        return CohortModel.attributes.map { attribute in
            // Age bands are no values of the age.
            let facet = CohortFacet.all.first { $0.attribute == attribute && !attribute.isOrdered }
            return AttributeView(attribute, seen: seen.first { $0.name == facet?.name }?.cells ?? [])
        }
    }

    private init(_ attribute: CohortAttribute, seen: [FacetTotal.Cell]) {
        name = attribute.name
        short = attribute.shortName
        aliases = Array(attribute.aliases.dropFirst())
        level = attribute.entity.rawValue
        kind = attribute.kindName
        operations = Self.operations(attribute.kind)
        unit = attribute.unit
        label = attribute.label
        help = Self.quoted(attribute.explanation)
        var values: [Value] = []
        for cell in seen where cell.value != CohortFacet.notRecorded {
            let isKnown = attribute.knownValues.contains { $0.code == cell.value }
            values.append(
                Value(
                    value: cell.value, label: cell.label == cell.value ? "" : cell.label,
                    isOdd: !isKnown && attribute.kind != .text))
        }
        held = values.count
        for known in attribute.knownValues where !seen.contains(where: { $0.value == known.code }) {
            values.append(Value(value: known.code, label: known.label == known.code ? "" : known.label))
        }
        self.values = values
        example = attribute.text(Comparison(attribute, Self.example(attribute, values.first?.value)))
        href = WebLink.question(example)
    }
}

extension AttributeView {
    private static func operations(_ kind: CohortAttribute.Kind) -> [String] {
        switch kind {
        case .code(_, isClosed: true): ["equals", "oneOf", "exists"]
        case .code(_, isClosed: false): ["equals", "oneOf", "contains", "exists"]
        case .text: ["contains", "equals", "oneOf", "exists"]
        case .number, .age, .date: ["atLeast", "atMost", "between", "equals", "greater", "less", "exists"]
        }
    }

    /// A test that somebody may want to make.
    private static func example(_ attribute: CohortAttribute, _ value: String?) -> Comparison.Operation {
        switch attribute.kind {
        case .code: value.map { .equals(.text($0)) } ?? .exists
        case .text: .contains(value ?? "siemens")
        case .age: .atLeast(50)
        case .date: .atLeast(20_150_101)
        case .number:
            switch attribute {
            case .rows, .columns: .atLeast(512)
            case .images: .atLeast(50)
            case .magneticFieldStrength: .atLeast(1.5)
            case .echoTime: .atMost(100)
            case .repetitionTime: .atMost(3000)
            case .kvp: .between(80, 140)
            default: .atMost(2)
            }
        }
    }

    /// Backquotes of the model's explanations as quotation marks.
    private static func quoted(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        return parts.enumerated().map { place, part in place.isMultiple(of: 2) ? String(part) : "“\(part)”" }.joined()
    }
}

extension CohortAttribute {
    /// The name that people write: the first alias.
    var shortName: String { aliases.first ?? name }

    /// A test of it as people write it, with the short name.
    func text(_ test: Comparison) -> String { shortened(CohortQuery(condition: .test(test)).text) }

    /// The text of a condition on this attribute alone, with its short name.
    func shortened(_ text: String) -> String {
        // The name comes before any value.
        guard let place = text.firstRange(of: name) else { return text }
        return text[..<place.lowerBound] + shortName + text[place.upperBound...]
    }
}
