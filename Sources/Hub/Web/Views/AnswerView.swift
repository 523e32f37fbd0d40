import Cohort

/// What is known of a question's answer.
struct AnswerView {
    struct Total {
        // Of no answer at all there is no sum: not even zero.
        var patients = "–"
        var studies = "–"
        var series = "–"
        var images = "–"
    }

    var isShown = false
    var id: String?
    /// Whether further answers may come.
    var isOpen = false
    var text = ""
    var link = "/"
    var json = "/api/v1/federation"
    /// Where somebody asks for access to what the question found.
    var access = "/requests/new"
    var total = Total()
    /// Sites that have given the answer that they will give.
    var settled = 0
    var asked = 1
    var status = ""
    var rows: [SiteRowView] = []
    var note = AnswerView.whatHiddenMeans
    var facets: [FacetView] = []
    var hasFacets = false

    static let none = AnswerView()

    private init() {}

    /// - Parameter written: the question as it was written.
    init(_ question: Question, _ written: String) {
        let sum = question.total
        isShown = true
        id = question.id
        isOpen = question.results.contains { $0.state.isOpen }
        text = written
        link = WebLink.question(written, id: question.id)
        json = WebLink.json(question.id)
        access = WebLink.access(written)
        if sum.sitesAnswered > 0 {
            total = Total(
                patients: CountText.text(sum.patients), studies: CountText.objects(sum.studies),
                series: CountText.objects(sum.series), images: CountText.objects(sum.images))
        }
        settled = question.results.count { !$0.state.isOpen }
        asked = max(1, question.results.count)
        status = Self.status(question.results)
        rows = question.results.map(SiteRowView.init)
        let answers = question.results.compactMap(\.answer)
        facets = FacetTotal.complete(answers).map {
            FacetView($0, within: question.query, written)
        }
        hasFacets = !facets.isEmpty
    }

    /// `2 of 3 sites answered; 1 is off line.`
    static func status(_ results: [SiteResult]) -> String {
        func number(_ state: SiteResult.State) -> Int { results.count { $0.state == state } }
        func clause(_ state: SiteResult.State, _ one: String, _ many: String) -> String? {
            let number = number(state)
            return number == 0 ? nil : "\(number) \(number == 1 ? one : many)"
        }
        let answered = number(.answered)
        let others = [
            clause(.waiting, "is still counting", "are still counting"),
            clause(.late, "is late", "are late"),
            clause(.offline, "is off line", "are off line"),
            clause(.cannotApply, "cannot apply the question", "cannot apply the question"),
            clause(.failed, "failed", "failed"),
        ].compactMap { $0 }
        let whole =
            others.isEmpty && answered > 1
            ? "All \(answered) sites answered"
            : "\(answered) of \(CountText.counted(results.count, "site", "sites")) answered"
        return ([whole] + others).joined(separator: "; ") + "."
    }

    /// What a hidden number means, whatever the site's threshold.
    private static let whatHiddenMeans =
        "A number like “<5” means fewer than 5 patients at that site, possibly none: the site does not say, so that no one can be recognised. "
        + "A number like “>95” hides in the same way that nearly all of a site's patients match. Totals are therefore ranges. "
        + "A person seen at two sites counts at both."
}
