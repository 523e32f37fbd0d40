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

    /// What the script reads; the explanation stands in the page already. What is empty is left out: the page is small.
    private enum CodingKeys: CodingKey {
        case name, short, aliases, kind, operations, unit, label, values, held
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        if short != name { try container.encode(short, forKey: .short) }
        if !aliases.isEmpty { try container.encode(aliases, forKey: .aliases) }
        try container.encode(kind, forKey: .kind)
        // Those of numbers, ages and dates are the usual ones, which the script knows.
        if !isOrdered { try container.encode(operations, forKey: .operations) }
        try container.encodeIfPresent(unit, forKey: .unit)
        try container.encode(label, forKey: .label)
        if !values.isEmpty { try container.encode(values, forKey: .values) }
        if held > 0 { try container.encode(held, forKey: .held) }
    }

    private var isOrdered: Bool { operations == Self.orderedOperations }

    /// What the page of questions offers for choosing: what images record, and of the clinical tables what every data set
    /// is to have and what cancer is most often asked about. The text form knows all attributes.
    static func common(seenIn federation: FederationOverview) -> [AttributeView] {
        let seen = FacetTotal.complete(federation.sites.compactMap(\.card))
        // The page begins with the first of them: a modality is a better beginning than the name of a data set.
        let common = CohortModel.attributes.filter(isCommon)
        let ordered = common.filter { $0.kind != .text } + common.filter { $0.kind == .text }
        return ordered.map { attribute in
            // Age bands are no values of the age.
            let facet = CohortFacet.all.first { $0.attribute == attribute && !attribute.isOrdered }
            var view = AttributeView(attribute, seen: seen.first { $0.name == facet?.name }?.cells ?? [], mostValues: 4)
            // The first sentence says what it is; the others stand on the page of all attributes.
            if let end = view.help.firstRange(of: ". ") { view.help = String(view.help[..<end.lowerBound]) + "." }
            return view
        }
    }

    /// The attributes of one entity, with all their values.
    static func all(of entity: CohortEntity) -> [AttributeView] {
        CohortModel.attributes.filter { $0.entity == entity }.map { AttributeView($0, seen: [], mostValues: .max) }
    }

    private static func isCommon(_ attribute: CohortAttribute) -> Bool {
        attribute.entity == .series || !attribute.minimum.isEmpty || often.contains(attribute.name)
    }

    private static let often: Set<String> = [
        "patient.ageAtStudy", "study.date", "condition.stage", "marker.ER", "marker.HER2", "marker.PSA",
        "followUp.vitalStatus", "followUp.survivalDays",
    ]

    /// - Parameter mostValues: so many of the values that no site is known to hold.
    private init(_ attribute: CohortAttribute, seen: [FacetTotal.Cell], mostValues: Int) {
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
        for known in attribute.knownValues.filter({ known in !seen.contains { $0.value == known.code } })
            .prefix(mostValues)
        {
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
        case .number, .age, .date: orderedOperations
        }
    }

    private static let orderedOperations = ["atLeast", "atMost", "between", "equals", "greater", "less", "exists"]

    /// A test that somebody may want to make.
    private static func example(_ attribute: CohortAttribute, _ value: String?) -> Comparison.Operation {
        switch attribute.kind {
        case .code: value.map { .equals(.text($0)) } ?? .exists
        case .text: [.manufacturer, .model].contains(attribute) ? .contains(value ?? "siemens") : .exists
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
