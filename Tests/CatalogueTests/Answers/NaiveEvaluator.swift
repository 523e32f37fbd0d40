import Catalogue
import Cohort

/// What a question means, said once more in the plainest way: series by series, true, false or unknown (nil). The
/// statements of the index are compared with it.
struct NaiveEvaluator {
    struct Series {
        var patient: String
        var study: String
        var images: Int
        var values: [CohortAttribute: CohortValue]
    }

    var series: [Series]

    static func holds(_ condition: Condition, of series: Series) -> Bool? {
        switch condition {
        case .not(let part): return holds(part, of: series).map { !$0 }
        case .test(let comparison): return holds(comparison, of: series)
        case .all(let parts):
            let results = parts.map { holds($0, of: series) }
            return results.contains(false) ? false : results.contains(nil) ? nil : true
        case .any(let parts):
            let results = parts.map { holds($0, of: series) }
            return results.contains(true) ? true : results.contains(nil) ? nil : false
        }
    }

    private static func holds(_ comparison: Comparison, of series: Series) -> Bool? {
        let value = series.values[comparison.attribute]
        if case .exists = comparison.operation { return value != nil }
        switch (value, comparison.operation) {
        case (nil, _): return nil
        case (let value?, .equals(let wanted)): return isSame(value, wanted)
        case (let value?, .oneOf(let wanted)): return wanted.contains { isSame(value, $0) }
        case (.number(let number), .less(let bound)): return number < bound
        case (.number(let number), .atMost(let bound)): return number <= bound
        case (.number(let number), .greater(let bound)): return number > bound
        case (.number(let number), .atLeast(let bound)): return number >= bound
        case (.number(let number), .between(let low, let high)): return number >= low && number <= high
        case (.text(let text), .contains(let part)): return text.lowercased().contains(part.lowercased())
        default: return false
        }
    }

    private static func isSame(_ one: CohortValue, _ other: CohortValue) -> Bool {
        switch (one, other) {
        case (.text(let one), .text(let other)): words(one) == words(other)
        default: one == other
        }
    }

    /// Case and the amount of white space between words do not matter.
    private static func words(_ text: String) -> [Substring] { text.lowercased().split(separator: " ") }

    func answer(_ query: CohortQuery) -> RawAnswer {
        let chosen = series.filter { Self.holds(query.condition, of: $0) == true }
        let facets = query.facets.map { name in
            let (all, some) = (cells(name, of: series), cells(name, of: chosen))
            return RawFacet(
                name: name,
                cells: all.map { RawFacet.Cell(value: $0, patients: some[$0]?.count ?? 0, everywhere: $1.count) }
                    .sorted { $0.value < $1.value })
        }
        var notRecorded: [String: Int] = [:]
        for attribute in Set(query.condition.comparisons.map(\.attribute)) {
            let recorded = Set(series.filter { $0.values[attribute] != nil }.map(\.patient))
            notRecorded[attribute.name] = Set(series.map(\.patient)).subtracting(recorded).count
        }
        return RawAnswer(
            counts: Self.counts(chosen), everything: Self.counts(series), facets: facets, notRecorded: notRecorded)
    }

    private static func counts(_ series: [Series]) -> Counts {
        Counts(
            patients: Set(series.map(\.patient)).count, studies: Set(series.map { [$0.patient, $0.study] }).count,
            series: series.count, images: series.reduce(0) { $0 + $1.images })
    }

    private func cells(_ name: String, of series: [Series]) -> [String: Set<String>] {
        var cells: [String: Set<String>] = [:]
        for one in series {
            let value: String
            switch name {
            case "modality": value = text(.modality, of: one)
            case "bodyPart": value = text(.bodyPart, of: one)
            case "manufacturer": value = text(.manufacturer, of: one)
            case "sex": value = text(.sex, of: one)
            default:
                if case .number(let age) = one.values[.ageAtStudy] {
                    value = age >= 90 ? "90+" : age < 10 ? "0-9" : "\(Int(age) / 10)0-\(Int(age) / 10)9"
                } else {
                    value = "unknown"
                }
            }
            cells[value, default: []].insert(one.patient)
        }
        return cells
    }

    private func text(_ attribute: CohortAttribute, of series: Series) -> String {
        if case .text(let text) = series.values[attribute] { text.uppercased() } else { "unknown" }
    }
}
