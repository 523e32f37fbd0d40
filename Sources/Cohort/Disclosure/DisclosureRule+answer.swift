extension DisclosureRule {
    /// What may be shown of an answer.
    public func protect(_ raw: RawAnswer, to condition: Condition) -> (ProtectedCounts, [Facet]) {
        let isEverything = condition == .everything
        let counts = protect(raw.counts, of: raw.everything, isEverything: isEverything)
        let all = raw.everything.patients
        let facets = raw.facets.compactMap { raw -> Facet? in
            guard let facet = CohortFacet.find(raw.name) else { return nil }
            return FacetProtection(
                rule: self, facet: facet, raw: raw, all: all, patients: counts.patients, isEverything: isEverything,
                implied: condition.impliedValue(of: facet.attribute)
            ).result
        }
        return (counts, facets)
    }

    /// What may be shown of how many patients none of whose series record an attribute.
    ///
    /// With the answer, it could tell how many patients the condition is false of: hidden where they are few.
    func protect(notRecorded: Int, of all: Int, answer: ProtectedCount) -> ProtectedCount {
        let shown = patients(notRecorded, of: all, isEverything: false)
        guard case .exact(let number) = shown, case .exact(let counted) = answer,
            (0..<threshold).contains(all - counted - number)
        else { return shown }
        return .fewerThan(all - counted + 1)
    }
}

extension Condition {
    /// The value that an attribute has in every series that the condition selects, where its form says so.
    func impliedValue(of attribute: CohortAttribute) -> String? {
        switch self {
        case .test(let comparison):
            if comparison.attribute == attribute, case .equals(.text(let value)) = comparison.operation {
                value
            } else {
                nil
            }
        case .all(let parts): parts.lazy.compactMap { $0.impliedValue(of: attribute) }.first
        case .any, .not: nil
        }
    }
}
