public import Federation
public import FoundationEssentials

/// A request in one line of a list.
public struct RequestSummary: Sendable, Equatable, Identifiable {
    public let id: String
    public let title: String
    public let applicant: String
    public let state: RequestState
    public let created: Date
    public let changed: Date
    /// When the first of those who must act is due; nil where nobody must.
    public let due: Date?
    public let sites: [Site]

    /// Where it stands at one site.
    public struct Site: Sendable, Equatable {
        public let site: SiteID
        public let state: SiteState
        public let due: Date?
    }

    public init(
        id: String, title: String, applicant: String, state: RequestState, created: Date, changed: Date, due: Date?,
        sites: [Site]
    ) {
        self.id = id
        self.title = title
        self.applicant = applicant
        self.state = state
        self.created = created
        self.changed = changed
        self.due = due
        self.sites = sites
    }
}

/// Which requests a list shows.
public struct RequestFilter: Sendable, Equatable {
    public enum Scope: Sendable, Equatable {
        /// What somebody asks for, or works on with others.
        case person(PersonID)
        /// What sites have been told of.
        case sites(Set<SiteID>)
        /// Everything that has been handed in.
        case all
    }

    public var scope: Scope
    public var states: Set<RequestState>?
    /// Only those where a party of the site has to act: for a committee's inbox.
    public var isOpenAtSite = false
    /// Words that the title holds.
    public var words: String = ""
    /// Which page, from 0.
    public var page = 0
    public static let pageSize = 50

    public init(
        _ scope: Scope, states: Set<RequestState>? = nil, isOpenAtSite: Bool = false, words: String = "", page: Int = 0
    ) {
        self.scope = scope
        self.states = states
        self.isOpenAtSite = isOpenAtSite
        self.words = words
        self.page = page
    }
}

/// How long a site takes, over the requests that it was told of.
public struct SitePace: Sendable, Equatable {
    public let site: SiteID
    public let told: Int
    public let decided: Int
    public let granted: Int
    /// Waiting for the site now, and of those the overdue.
    public let waiting: Int
    public let overdue: Int
    /// Days until somebody there first did something, and until the decision: medians over those that have.
    public let daysToAnswer: Double?
    public let daysToDecide: Double?

    public init(
        site: SiteID, told: Int, decided: Int, granted: Int, waiting: Int, overdue: Int, daysToAnswer: Double?,
        daysToDecide: Double?
    ) {
        self.site = site
        self.told = told
        self.decided = decided
        self.granted = granted
        self.waiting = waiting
        self.overdue = overdue
        self.daysToAnswer = daysToAnswer
        self.daysToDecide = daysToDecide
    }
}
