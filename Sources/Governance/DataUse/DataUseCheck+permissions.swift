extension DataUseCheck {
    typealias Judgement = (outcome: DataUseOutcome, reason: String)

    /// What the data may be used for. Clinical care is judged apart: no permission speaks of it.
    static func permission(_ term: DataUseTerm, _ purpose: DataUsePurpose) -> Judgement {
        let kinds = purpose.kinds.subtracting([.clinicalCare])
        if term.code == .noRestriction { return (.allowed, "There is no restriction on use.") }
        guard !purpose.kinds.isEmpty else { return (.needsPerson, "The request does not say what kind of work it is.") }
        if kinds.isEmpty {
            return (.allowed, "Nothing but clinical care is asked for, which this term does not speak of.")
        }
        if kinds.contains(.otherThanResearch) {
            return (
                .needsPerson, "The data are for research, and the request names other work too: \(term.code.label)."
            )
        }
        switch term.code {
        case .generalResearchUse: return (.allowed, "Any research is allowed.")
        case .healthResearch: return health(kinds)
        case .diseaseSpecific: return disease(term, kinds, purpose)
        case .populationOriginsOnly:
            return kinds == [.populationOrigins]
                ? (.allowed, "The request is on population origins or ancestry.")
                : (.refused, "Only research on population origins or ancestry is allowed.")
        default: return (.needsPerson, "A person must look at this term.")
        }
    }

    private static func health(_ kinds: Set<DataUsePurpose.Kind>) -> Judgement {
        if kinds.contains(.populationOrigins) {
            return (.refused, "Health research does not include research on population origins or ancestry.")
        }
        if kinds.contains(.otherResearch) {
            return (.refused, "Only health, medical or biomedical research is allowed.")
        }
        if !kinds.contains(.healthResearch) {
            return (.needsPerson, "Whether these methods are health research, a person must say.")
        }
        return (.allowed, "The request is health, medical or biomedical research.")
    }

    private static func disease(
        _ term: DataUseTerm, _ kinds: Set<DataUsePurpose.Kind>, _ purpose: DataUsePurpose
    ) -> Judgement {
        let allowed = Set(term.details)
        let named = term.details.joined(separator: ", ")
        if kinds.contains(.populationOrigins) || kinds.contains(.otherResearch) {
            return (.refused, "Only research on \(named) is allowed.")
        }
        if purpose.diseases.isEmpty {
            return (.refused, "Only research on \(named) is allowed, and the request names no disease.")
        }
        let others = purpose.diseases.subtracting(allowed).sorted()
        guard others.isEmpty else {
            return (
                .needsPerson,
                "Only research on \(named) is allowed; whether \(others.joined(separator: ", ")) belongs to it, a person must say."
            )
        }
        return (.allowed, "The request is on \(purpose.diseases.sorted().joined(separator: ", ")).")
    }
}
