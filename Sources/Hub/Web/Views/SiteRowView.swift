import Cohort

/// One site's line in an answer.
struct SiteRowView {
    var id: String
    var name: String
    var country: String
    var state: String
    /// The state in words.
    var words: String
    var reason: String
    var patients: String
    var studies: String
    var series: String
    var images: String

    static let blank = SiteRowView(
        SiteResult(site: .init(id: "", name: "", country: ""), state: .waiting))

    init(_ result: SiteResult) {
        id = result.site.id
        name = result.site.name
        country = Country.name(result.site.country)
        state = result.state.rawValue
        words = Self.words(result)
        reason = Self.reason(result)
        let counts = result.answer?.counts
        patients = counts.map { CountText.text($0.patients) } ?? "–"
        studies = counts.map { CountText.objects($0.studies) } ?? "–"
        series = counts.map { CountText.objects($0.series) } ?? "–"
        images = counts.map { CountText.objects($0.images) } ?? "–"
    }

    private static func words(_ result: SiteResult) -> String {
        switch result.state {
        case .waiting: return "waiting for its answer"
        case .answered: return "answered"
        case .offline: return "off line"
        case .late: return "late"
        case .failed: return "failed"
        case .cannotApply:
            let conditions = refused(result).map { "“\($0.text)”" }
            return "cannot apply " + (conditions.isEmpty ? "the question" : conditions.joined(separator: ", "))
        }
    }

    private static func reason(_ result: SiteResult) -> String {
        switch result.state {
        case .cannotApply:
            let reasons = refused(result).compactMap(\.reason)
            return reasons.isEmpty ? result.reason ?? "" : reasons.joined(separator: "; ")
        case .answered:
            let conditions = result.answer?.conditions ?? []
            let approximated = conditions.filter { $0.status == .approximated }.map { condition in
                "“\(condition.text)” is approximated\(condition.reason.map { ": \($0)" } ?? "")"
            }
            let unrecorded = conditions.compactMap { condition -> String? in
                // Numbers that may be none would stand on every line and say nothing.
                guard let unknown = condition.unknown, unknown.range.low > 0 else { return nil }
                let patients = CountText.words(unknown)
                return "“\(condition.text)”: not recorded for \(patients) patients, who are not counted"
            }
            return (approximated + unrecorded).joined(separator: "; ")
        default:
            return result.reason ?? ""
        }
    }

    private static func refused(_ result: SiteResult) -> [ConditionReport] {
        (result.answer?.conditions ?? []).filter { $0.status == .unsupported }
    }
}
