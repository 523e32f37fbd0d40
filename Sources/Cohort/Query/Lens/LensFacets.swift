/// How many patients there are for the values that Lens's catalogue offers: what its badges show.
public enum LensFacets {
    /// From what data sets say of themselves: key, then value, then patients. Counted is what is certain: a hidden group
    /// counts as none, and a patient of two sites counts twice.
    public static func counts(of cards: [DataSetCard]) -> [String: [String: Int]] {
        var counts: [String: [String: Int]] = [:]
        for name in LensVocabulary.names {
            guard case .codes(let codes)? = LensVocabulary.key(name)?.values else { continue }
            for code in codes {
                guard let (facet, value) = cell(of: code) else { continue }
                let numbers = cards.compactMap { card in
                    card.facets.first { $0.name == facet }?.cells.first { $0.value == value }?.patients.range.low
                }
                guard !numbers.isEmpty else { continue }
                counts[name, default: [:]][code.codes[0]] = numbers.reduce(0) { sum, number in
                    let (next, overflow) = sum.addingReportingOverflow(number)
                    return overflow ? sum : next
                }
            }
        }
        return counts
    }

    /// The breakdown and the cell that count a value; nil where none does.
    private static func cell(of code: LensVocabulary.Code) -> (facet: String, value: String)? {
        guard let query = try? CohortQuery(text: code.question) else { return nil }
        switch query.condition {
        case .test(let test):
            guard case .equals(.text(let value)) = test.operation,
                let facet = CohortFacet.all.first(where: { $0.attribute == test.attribute })
            else { return nil }
            return (facet.name, value)
        case .not(.test(let test)):
            guard test.operation == .exists,
                let facet = CohortFacet.all.first(where: { $0.attribute == test.attribute })
            else { return nil }
            return (facet.name, CohortFacet.notRecorded)
        default: return nil
        }
    }
}
