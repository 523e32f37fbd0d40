public import Federation
public import FoundationEssentials

/// A request for access to data sets of one or several sites: a document with a clock.
///
/// It is made from its events alone (``apply(_:)``), so what was decided, by whom and when cannot be changed without
/// the history no longer fitting together. What somebody wants to do becomes events through ``decide(_:by:at:rules:)``.
public struct AccessRequest: Sendable, Equatable, Identifiable {
    public let id: String
    /// The number of events so far: two people who change the same request are told apart by it.
    public internal(set) var version: Int
    public internal(set) var state: RequestState
    /// When the state began.
    public internal(set) var since: Date
    public internal(set) var created: Date
    public internal(set) var lastChange: Date
    public internal(set) var title: String
    public internal(set) var applicant: Participant
    public internal(set) var collaborators: [Participant] = []
    public internal(set) var invitations: [RequestInvitation] = []
    public internal(set) var query: String
    public internal(set) var sites: [RequestAtSite]
    public internal(set) var form: String
    public internal(set) var answers: [String: FormAnswer]
    public internal(set) var copiedFrom: String?
    /// How often it was handed in. What a site judges is one of these.
    public internal(set) var submission = 0
    /// What the operator or the applicant last said of the request as a whole.
    public internal(set) var reason: String?
    public internal(set) var attachments: [Attachment] = []
    public internal(set) var messages: [SentMessage] = []
    /// Reminders of the request as a whole in this state.
    public internal(set) var reminders: [RequestReminder] = []

    public subscript(site: SiteID) -> RequestAtSite? { sites.first { $0.site == site } }

    /// Whether the answers can be changed now: while it is a draft, or a site wants changes.
    public var isOpenForChanges: Bool {
        state == .draft || (state == .inReview && sites.contains { $0.state == .returned })
    }
}

/// A request at one site.
public struct RequestAtSite: Sendable, Equatable {
    public let site: SiteID
    public internal(set) var dataSets: [String]
    public internal(set) var state = SiteState.waiting
    public internal(set) var since: Date
    /// Which of the request's submissions the site judges.
    public internal(set) var submission = 0
    public internal(set) var votesNeeded = 1
    public internal(set) var votes: [PersonID: SiteVote] = [:]
    public internal(set) var conditions: [String] = []
    public internal(set) var grant: AccessGrant?
    public internal(set) var reason: String?
    /// When the site was first told.
    public internal(set) var contacted: Date?
    /// From when on the site's days to decide are counted.
    public internal(set) var clockStart: Date?
    /// When somebody at the site first did something.
    public internal(set) var answered: Date?
    public internal(set) var decided: Date?
    public internal(set) var reminders: [RequestReminder] = []

    init(_ requested: RequestedSite, since: Date) {
        site = requested.site
        dataSets = requested.dataSets
        self.since = since
    }

    /// How many are for `vote`. Grants count together only where they say the same.
    func support(for vote: SiteVote) -> Int {
        votes.values.count { other in
            switch (vote, other) {
            case (.grant(let one), .grant(let other)): one == other
            case (.refuse, .refuse): true
            default: false
            }
        }
    }
}

/// A message as it was sent.
public struct SentMessage: Sendable, Equatable {
    public let number: Int
    public let at: Date
    public let by: Participant
    public let party: RequestParty
    public let message: RequestMessage
}
