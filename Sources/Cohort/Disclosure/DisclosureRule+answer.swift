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

    /// What may be shown of how many patients have no series that records an attribute.
    ///
    /// Next to another number, this one could single out a group: of 20 patients counted for `not exists echoTime`, 18
    /// without any echo time leave 2 that have series of both kinds. The other number can be the answer, the answer to
    /// the opposite question, another attribute's number, or a cell of the card, and most of them are not at hand here.
    /// So the number is never exact, and what is said lies further from it than a group that must not be shown is large:
    /// fewer than the threshold is "<10", where the threshold is 5, and others are "more than" a step that lies below
    /// them by the threshold at least.
    ///
    /// - Take any group that is small and is an exact number less this one, or this one less an exact number, such as
    ///   the two above. By these bounds it can be anything from none up to "fewer than five", wherever they are put.
    /// - Two such bounds, of two attributes, leave their difference wider still.
    /// - What is said depends on this number alone: asking again beside other conditions tells nothing more.
    /// - The steps are a threshold apart or more: what is said tells no single number even to whoever knows the rule.
    func protect(notRecorded number: Int) -> ProtectedCount {
        if threshold <= 1 { return .exact(number) }
        if number < threshold { return .fewerThan(2 * threshold) }
        return .moreThan(threshold * Self.step(atMost: number / threshold - 1))
    }

    /// The highest of 0, 1, 2, 5, 10, 20, 50, … that is not above `limit`.
    private static func step(atMost limit: Int) -> Int {
        var (step, decade) = (0, 1)
        while decade <= limit {
            for digit in [1, 2, 5] where digit <= limit / decade { step = digit * decade }
            guard decade <= limit / 10 else { break }
            decade *= 10
        }
        return step
    }
}

extension Condition {
    /// The value that an attribute has in every series that the condition selects, where its form says so.
    func impliedValue(of attribute: CohortAttribute) -> String? {
        switch self {
        case .test(let comparison):
            // Of a record among several, or of a code with others within it, other values may be there as well.
            if comparison.attribute == attribute, case .equals(.text(let value)) = comparison.operation,
                attribute.isOneOfSelected, attribute.isSoleMatch(value)
            {
                value
            } else {
                nil
            }
        case .all(let parts): parts.lazy.compactMap { $0.impliedValue(of: attribute) }.first
        case .any, .not, .has: nil
        }
    }
}

extension CohortAttribute {
    /// Whether a selected series has one value of it, which is the one that was asked for.
    fileprivate var isOneOfSelected: Bool { !isMany && (entity.isImaging || entity == .patient) }
}
