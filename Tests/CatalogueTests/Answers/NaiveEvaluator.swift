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

    /// A record of a clinical table.
    struct Fact {
        var entity: CohortEntity
        var patient: String
        var day: Int?
        var values: [CohortAttribute: CohortValue]
    }

    /// What a condition is asked of.
    private enum Subject {
        case series(Series)
        case study(patient: String, study: String)
        case fact(Fact)

        var patient: String {
            switch self {
            case .series(let series): series.patient
            case .study(let patient, _): patient
            case .fact(let fact): fact.patient
            }
        }
    }

    var series: [Series]
    var facts: [Fact] = []

    func holds(_ condition: Condition, of series: Series) -> Bool? { holds(condition, of: .series(series)) }

    private func holds(_ condition: Condition, of subject: Subject) -> Bool? {
        switch condition {
        case .not(let part): return holds(part, of: subject).map { !$0 }
        case .test(let comparison):
            let candidates = values(comparison.attribute.entity, of: subject)
            if candidates.isEmpty { return comparison.operation == .exists ? false : nil }
            return Self.any(candidates.map { Self.holds(comparison, of: $0[comparison.attribute]) })
        case .all(let parts): return Self.any(parts.map { holds($0, of: subject).map { !$0 } }).map { !$0 }
        case .any(let parts): return Self.any(parts.map { holds($0, of: subject) })
        case .has(let related): return holds(related, of: subject)
        }
    }

    private static func any(_ results: [Bool?]) -> Bool? {
        results.contains(true) ? true : results.contains(nil) ? nil : false
    }

    /// The values of all records of an entity that belong to the subject.
    private func values(_ entity: CohortEntity, of subject: Subject) -> [[CohortAttribute: CohortValue]] {
        if case .fact(let fact) = subject, fact.entity == entity { return [fact.values] }
        let own = series.filter { $0.patient == subject.patient }
        switch (entity, subject) {
        case (.patient, _): return own.first.map { [$0.values] } ?? []
        case (.series, .series(let series)), (.study, .series(let series)): return [series.values]
        case (.series, .study(_, let study)): return own.filter { $0.study == study }.map(\.values)
        case (.study, .study(_, let study)): return own.first { $0.study == study }.map { [$0.values] } ?? []
        case (.series, .fact): return own.map(\.values)
        case (.study, .fact): return own.map(\.values)
        default: return facts.filter { $0.patient == subject.patient && $0.entity == entity }.map(\.values)
        }
    }

    /// All records of an entity that a patient has.
    private func records(_ entity: CohortEntity, of patient: String) -> [Subject] {
        let own = series.filter { $0.patient == patient }
        switch entity {
        case .series: return own.map(Subject.series)
        case .study: return Set(own.map(\.study)).map { .study(patient: patient, study: $0) }
        default: return facts.filter { $0.patient == patient && $0.entity == entity }.map(Subject.fact)
        }
    }

    private func holds(_ related: Related, of subject: Subject) -> Bool? {
        var records = records(related.entity, of: subject.patient)
        if related.base == .study, case .series(let here) = subject {
            records = records.filter { if case .series(let series) = $0 { series.study == here.study } else { false } }
        }
        let results = records.map { record -> Bool? in
            let inner = holds(related.condition, of: record)
            let time = related.window.map { holds($0, of: record) } ?? true
            return inner == false || time == false ? false : inner == nil || time == nil ? nil : true
        }
        let (sure, open) = (results.count { $0 == true }, results.count { $0 == nil })
        let most = related.atMost ?? .max
        if sure >= related.atLeast, sure + open <= most { return true }
        return sure > most || sure + open < related.atLeast ? false : nil
    }

    private func holds(_ window: TimeWindow, of record: Subject) -> Bool? {
        let anchors = records(window.anchor.entity, of: record.patient).map {
            (truth: holds(window.anchor.condition, of: $0), day: day(of: $0))
        }.filter { $0.truth != false }
        var days = anchors.filter { $0.truth == true }.compactMap(\.day)
        var isOpen = anchors.contains { $0.truth == nil || $0.day == nil }
        if window.anchor.which != .any {
            isOpen = isOpen && days.isEmpty
            days = (window.anchor.which == .first ? days.min() : days.max()).map { [$0] } ?? []
        }
        if days.isEmpty, !isOpen { return false }
        guard let day = day(of: record) else { return nil }
        let isNear = days.contains { anchor in
            day - anchor >= window.from ?? .min && day - anchor <= window.through ?? .max
        }
        return isNear ? true : isOpen ? nil : false
    }

    private func day(of record: Subject) -> Int? {
        if case .fact(let fact) = record { return fact.day }
        guard case .number(let date)? = values(.study, of: record).first?[.studyDate] else { return nil }
        // The days of RandomSite, by hand.
        return [20_191_231: 0, 20_200_101: 1, 20_201_231: 366][Int(date)]
    }

    private static func holds(_ comparison: Comparison, of value: CohortValue?) -> Bool? {
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
        let chosen = series.filter { holds(query.condition, of: $0) == true }
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
