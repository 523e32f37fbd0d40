import Catalogue
import Cohort

/// Answers by the way that a node takes, short of the comparison with earlier questions.
extension Index {
    /// True numbers, with every attribute to be asked about.
    func answer(_ query: CohortQuery, until deadline: ContinuousClock.Instant? = nil) throws(IndexError) -> RawAnswer {
        let all = Set(CohortModel.attributes.map(\.name))
        switch try cohort(query, answerable: all, rule: .standard, until: deadline) {
        case .counted(let cohort, _): return cohort.answer
        case .cannotApply: throw .failed("a condition that the index cannot apply")
        }
    }

    func answer(
        _ query: CohortQuery, answerable: Set<String>, rule: DisclosureRule,
        until deadline: ContinuousClock.Instant? = nil
    ) throws(IndexError) -> SiteAnswer {
        switch try cohort(query, answerable: answerable, rule: rule, until: deadline) {
        case .counted(let cohort, let withheld):
            return .counted(query, cohort.answer, withheldFacets: withheld, rule: rule)
        case .cannotApply(let answer): return answer
        }
    }
}
