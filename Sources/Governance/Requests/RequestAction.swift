public import Federation
public import FoundationEssentials

/// Something done to a request, with all that it needs: what an event holds.
public enum RequestAction: Sendable, Equatable, Codable {
    case create(RequestStart)
    /// Changed answers; a field without a value is emptied.
    case save(RequestChange)
    case submit
    case invite(RequestInvitation)
    case cancelInvitation(id: String)
    /// Takes up an invitation.
    case join(invitation: String, person: Participant)
    case removeCollaborator(PersonID)
    case transfer(to: PersonID)
    case write(RequestMessage)
    case remind(RequestReminder)
    case approve
    case decline(reason: String)
    case returnForChanges(reason: String)
    case pause(reason: String)
    case resume
    case withdraw(reason: String)
    case conclude
    case expire
    case site(SiteID, SiteAction)

    /// What is done to the request as a whole; nil for what makes it, and for what is done at a site.
    public var verb: RequestVerb? {
        switch self {
        case .create, .site: nil
        case .save: .save
        case .submit: .submit
        case .invite, .join: .addPeople
        case .cancelInvitation, .removeCollaborator: .removePeople
        case .transfer: .transfer
        case .write: .write
        case .remind: .remind
        case .approve: .approve
        case .decline: .decline
        case .returnForChanges: .returnForChanges
        case .pause: .pause
        case .resume: .resume
        case .withdraw: .withdraw
        case .conclude: .conclude
        case .expire: .expire
        }
    }
}

/// Something done to a request at one site.
public enum SiteAction: Sendable, Equatable, Codable {
    /// The site is told. From then on a decision takes so many votes.
    case contact(votes: Int)
    case markUnreachable
    case takeUp
    case dataAvailable
    case dataUnavailable(reason: String)
    case willingToCollect(offer: String)
    case stepAway(reason: String)
    case returnForChanges(reason: String)
    case resubmit
    case setConditions([String])
    case acceptConditions
    case declineConditions(reason: String)
    case vote(SiteVote)
    case grant(AccessGrant)
    case refuse(reason: String)
    case reopen(reason: String)
    case withdraw(reason: String)
    case expire
    case revoke(reason: String)

    public var verb: SiteVerb {
        switch self {
        case .contact: .contact
        case .markUnreachable: .markUnreachable
        case .takeUp: .takeUp
        case .dataAvailable: .dataAvailable
        case .dataUnavailable: .dataUnavailable
        case .willingToCollect: .willingToCollect
        case .stepAway: .stepAway
        case .returnForChanges: .returnForChanges
        case .resubmit: .resubmit
        case .setConditions: .setConditions
        case .acceptConditions: .acceptConditions
        case .declineConditions: .declineConditions
        case .vote: .vote
        case .grant: .grant
        case .refuse: .refuse
        case .reopen: .reopen
        case .withdraw: .withdraw
        case .expire: .expire
        case .revoke: .revoke
        }
    }
}

/// What somebody on a site's committee is for.
public enum SiteVote: Sendable, Equatable, Codable {
    case grant(AccessGrant)
    case refuse(reason: String)
}

/// What leaves a site under a grant.
public enum GrantedOutput: String, Sendable, Codable, CaseIterable, Comparable {
    case counts, statistics, models

    public static func < (one: GrantedOutput, other: GrantedOutput) -> Bool {
        (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
    }
}

/// What a site grants: the substance of the permit that is made from it.
public struct AccessGrant: Sendable, Equatable, Codable {
    /// Names of the site's data sets; empty for the site's one.
    public var dataSets: [String]
    public var outputs: Set<GrantedOutput>
    /// The last moment.
    public var until: Date
    public var note: String

    public init(dataSets: [String], outputs: Set<GrantedOutput>, until: Date, note: String = "") {
        self.dataSets = dataSets
        self.outputs = outputs
        self.until = until
        self.note = note
    }
}
