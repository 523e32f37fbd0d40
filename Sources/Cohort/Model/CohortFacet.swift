/// A breakdown of a cohort's patients by the value of one attribute.
public struct CohortFacet: Sendable, Equatable {
    /// The name in questions and answers: `modality`.
    public let name: String
    /// The name that people read: "Modality".
    public let label: String
    /// The attribute whose values it counts.
    public let attribute: CohortAttribute
    /// All its values where they are known beforehand; nil where they are what a site holds.
    public let values: [String]?

    /// The value of patients for whom the attribute is not recorded.
    public static let notRecorded = "unknown"

    /// The facets that every answer has unless others are asked for, in the order in which they are shown.
    public static let all: [CohortFacet] = [
        CohortFacet(name: "modality", label: "Modality", attribute: .modality, values: nil),
        CohortFacet(name: "bodyPart", label: "Body part", attribute: .bodyPart, values: nil),
        CohortFacet(name: "manufacturer", label: "Manufacturer", attribute: .manufacturer, values: nil),
        CohortFacet(name: "sex", label: "Sex", attribute: .sex, values: CohortAttribute.sex.knownValues.map(\.code)),
        CohortFacet(name: "ageBand", label: "Age at study", attribute: .ageAtStudy, values: AgeBand.all),
    ]

    /// The names of ``all``: what a question asks for when it names none.
    public static let standardNames = all.map(\.name)

    /// The facet called `name`, without regard to case: one of ``all``, or the breakdown by an attribute that has codes
    /// or ages for values.
    public static func find(_ name: String) -> CohortFacet? {
        let folded = name.lowercased()
        if let standard = all.first(where: { $0.name.lowercased() == folded }) { return standard }
        guard let attribute = CohortModel.find(name) else { return nil }
        if let standard = all.first(where: { $0.attribute == attribute }) { return standard }
        switch attribute.kind {
        case .code(let values, let isClosed):
            return CohortFacet(
                name: attribute.name, label: attribute.label, attribute: attribute,
                values: isClosed ? values.map(\.code) : nil)
        case .age:
            return CohortFacet(
                name: attribute.name, label: attribute.label, attribute: attribute, values: AgeBand.all)
        // The data set is text, since its values are the site's own; there are few of them.
        case .text where attribute.name == "series.dataset":
            return CohortFacet(name: attribute.name, label: attribute.label, attribute: attribute, values: nil)
        case .text, .number, .date: return nil
        }
    }

    /// How people read a value of it.
    public func label(of value: String) -> String {
        value == Self.notRecorded ? "not recorded" : attribute.label(of: value)
    }

    /// The condition that selects one of its cells, to narrow a question by.
    public func condition(selecting value: String) -> Condition {
        if value == Self.notRecorded { return .not(.test(Comparison(attribute, .exists))) }
        if attribute.kind == .age {
            guard let range = AgeBand.range(of: value) else { return .any([]) }
            let from = Condition.test(Comparison(attribute, .atLeast(range.lower)))
            // An age can be a part of a year: one of 59.5 is in the band up to 59.
            return range.upper.map { .all([from, .test(Comparison(attribute, .less($0 + 1)))]) } ?? from
        }
        return .test(Comparison(attribute, .equals(.text(value))))
    }
}

/// Ages in tens of years: `0-9` … `80-89`, `90+`.
public enum AgeBand {
    /// All bands, youngest first.
    public static let all = (0..<9).map { "\($0)0-\($0)9" }.map { $0 == "00-09" ? "0-9" : $0 } + ["90+"]

    /// The place in ``all`` of the band that holds an age in years.
    public static func place(of years: Double) -> Int {
        years < 0 || !years.isFinite ? 0 : Int(min(9, (years / 10).rounded(.down)))
    }

    /// The whole years at which a band begins and ends; no end for the last one.
    static func range(of band: String) -> (lower: Double, upper: Double?)? {
        guard let place = all.firstIndex(of: band) else { return nil }
        return (Double(place) * 10, place == all.count - 1 ? nil : Double(place) * 10 + 9)
    }
}
