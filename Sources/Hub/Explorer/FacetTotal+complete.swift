import Cohort

extension FacetTotal {
    /// The facets of several sites' answers, summed, none of them smaller than it may be.
    ///
    /// A site lists no value that fewer of its patients have than its threshold. So a value that it does not list may be
    /// there all the same, and the sum is a range.
    static func complete(_ answers: [SiteAnswer]) -> [FacetTotal] {
        sum(answers).filter { !$0.cells.isEmpty }.map { total in
            var total = total
            for place in total.cells.indices {
                for answer in answers {
                    let facet = answer.facets.first { $0.name == total.name }
                    guard let facet, !facet.cells.contains(where: { $0.value == total.cells[place].value }) else {
                        continue
                    }
                    let unlisted = CountRange(low: 0, high: max(0, answer.threshold - 1))
                    total.cells[place].patients = total.cells[place].patients + unlisted
                }
            }
            return total
        }
    }

    /// The facets of several data sets, summed.
    static func complete(_ cards: [DataSetCard]) -> [FacetTotal] {
        complete(
            cards.map { card in
                SiteAnswer(
                    outcome: .counted, conditions: [], counts: nil, facets: card.facets, threshold: card.threshold)
            })
    }
}
