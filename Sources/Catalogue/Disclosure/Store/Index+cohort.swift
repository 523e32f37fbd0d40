public import Cohort

/// A question as this site can take it.
public enum CountedQuestion: Sendable {
    /// A condition cannot be applied, and nothing was counted.
    case cannotApply(SiteAnswer)
    /// - Parameter withheldFacets: breakdowns that were asked for and that the site does not give.
    case counted(CountedCohort, withheldFacets: [String])
}

extension Index {
    /// Counts a question, and says whom it counted, so that the answer can be compared with earlier ones.
    ///
    /// - Parameter answerable: the attributes that the site answers questions about, by name.
    /// - Parameter deadline: when to give up, with ``IndexError/tookTooLong``.
    public func cohort(
        _ query: CohortQuery, answerable: Set<String>, rule: DisclosureRule,
        until deadline: ContinuousClock.Instant? = nil
    ) throws(IndexError) -> CountedQuestion {
        let refused = Set(query.condition.comparisons.map(\.attribute.name)).subtracting(answerable)
        if !refused.isEmpty { return .cannotApply(.cannotApply(query, refusing: refused, rule: rule)) }
        let content = try content(until: deadline)
        let missing = content.missing(in: query.condition)
        if !missing.isEmpty { return .cannotApply(.cannotApply(query, missing: missing, rule: rule)) }
        let facets = query.facets.filter { name in
            CohortFacet.find(name).map { answerable.contains($0.attribute.name) } ?? false
        }
        let selection = try Selection(query.condition, in: content, until: deadline)
        var numbers: [String: [String: [UInt32]]] = [:]
        for facet in facets.compactMap(CohortFacet.find) { numbers[facet.name] = selection.numbers(by: facet) }
        let answer = try answer(
            CohortQuery(condition: query.condition, facets: facets), counts: selection.counts,
            patients: numbers.mapValues { $0.mapValues(\.count) }, in: content, until: deadline)
        return .counted(
            CountedCohort(
                answer: answer, members: selection.members,
                cells: numbers.mapValues { $0.mapValues { PatientSet($0) } },
                everyone: PatientSet(content.patientRows.map { UInt32(clamping: $0) })),
            withheldFacets: query.facets.filter { !facets.contains($0) })
    }
}
