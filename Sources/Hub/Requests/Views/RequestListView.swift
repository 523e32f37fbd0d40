import Federation
import FoundationEssentials
import Governance

/// A list of requests: mine, a committee's inbox, the operator's.
struct RequestListView {
    struct Row {
        struct Site {
            var name: String
            var word: String
            var mark: String
        }

        var href: String
        var title: String
        var applicant: String
        var state: String
        var mark: String
        var changed: String
        var due: String?
        var isLate: Bool
        var sites: [Site]
        var moreSites: Int?
    }

    struct Pace {
        var name: String
        var told: Int
        var decided: Int
        var granted: Int
        var waiting: Int
        var overdue: Int
        var answer: String
        var decision: String
    }

    var frame: Frame
    var title: String
    var lead: String
    var style = WebAsset.link("requests.css")
    var path: String
    var words: String
    var rows: [Row]
    var empty: String
    var newer: String?
    var older: String?
    var hasPace = false
    var pace: [Pace] = []
    var showsNew = false
    var other: Other?

    struct Other {
        var href: String
        var label: String
    }

    /// Sites that one row shows; a request to two hundred of them has a page of its own.
    private static let mostSites = 8

    init(
        frame: Frame, title: String, lead: String, path: String, filter: RequestFilter, requests: [RequestSummary],
        isMore: Bool, names: [SiteID: String], now: Date, empty: String
    ) {
        self.frame = frame
        self.title = title
        self.lead = lead
        self.path = path
        self.empty = empty
        words = filter.words
        rows = requests.map { request in
            Row(
                href: "/requests/\(request.id)", title: request.title, applicant: request.applicant,
                state: request.state.label, mark: request.state.mark, changed: DayText.day(request.changed),
                due: request.due.map { DayText.due($0, now) }, isLate: request.due.map { $0 < now } ?? false,
                sites: request.sites.prefix(Self.mostSites).map {
                    .init(
                        name: names[$0.site] ?? $0.site.description, word: $0.state.word.label, mark: $0.state.word.mark
                    )
                },
                moreSites: request.sites.count > Self.mostSites ? request.sites.count - Self.mostSites : nil)
        }
        func link(_ page: Int) -> String {
            path + "?page=\(page)" + (words.isEmpty ? "" : "&words=" + WebLink.encoded(words))
        }
        newer = filter.page > 0 ? link(filter.page - 1) : nil
        older = isMore ? link(filter.page + 1) : nil
    }

    mutating func add(_ pace: [SitePace], names: [SiteID: String]) {
        func days(_ days: Double?) -> String {
            guard let days, days < 100_000 else { return "–" }
            let tenths = Int((days * 10).rounded())
            return "\(tenths / 10).\(tenths % 10) days"
        }
        hasPace = !pace.isEmpty
        self.pace = pace.map {
            Pace(
                name: names[$0.site] ?? $0.site.description, told: $0.told, decided: $0.decided, granted: $0.granted,
                waiting: $0.waiting, overdue: $0.overdue, answer: days($0.daysToAnswer), decision: days($0.daysToDecide)
            )
        }
    }
}
