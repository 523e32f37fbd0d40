/// Where a request stands at one site.
public enum SiteState: String, Sendable, Codable, CaseIterable {
    /// The site has not been told yet: the operator has the request.
    case waiting
    /// The site has been told, and nobody there has taken it up.
    case contacted
    /// Nobody at the site answers; the operator tries to reach somebody.
    case unreachable
    /// The site wants changes before it goes on.
    case returned
    /// The site looks whether it has the data.
    case checking
    /// The data are there; the committee decides.
    case available
    /// There are no such data, or the site stepped away.
    case unavailable
    /// There are no such data yet; the site would collect them.
    case willingToCollect
    /// The site has set conditions; the applicant accepts or declines them.
    case conditions
    /// The applicant has accepted; the committee grants.
    case conditionsMet
    case granted
    case refused
    /// Taken back by the applicant, before or after it was granted.
    case withdrawn
    /// The applicant's time ran out, or the grant's did, or the site was never reached.
    case expired
    /// Taken back by the site after it was granted.
    case revoked

    /// The one word that pages show first; several states share one.
    public enum Word: String, Sendable, Codable, CaseIterable {
        case submitted, inReview, conditions, granted, refused, withdrawn, expired, revoked
    }

    public var word: Word {
        switch self {
        case .waiting: .submitted
        case .contacted, .unreachable, .returned, .checking, .available, .willingToCollect, .conditionsMet: .inReview
        case .conditions: .conditions
        case .granted: .granted
        case .unavailable, .refused: .refused
        case .withdrawn: .withdrawn
        case .expired: .expired
        case .revoked: .revoked
        }
    }

    /// Whether the site has decided: nobody waits for anybody.
    public var isSettled: Bool {
        switch self {
        case .granted, .unavailable, .refused, .withdrawn, .expired, .revoked: true
        case .waiting, .contacted, .unreachable, .returned, .checking, .available, .willingToCollect, .conditions,
            .conditionsMet:
            false
        }
    }

    /// Whether nothing can happen any more.
    public var isFinal: Bool { self == .withdrawn || self == .expired || self == .revoked }

    /// The state after `verb`, or nil where that cannot be done in this state.
    public func after(_ verb: SiteVerb) -> SiteState? {
        switch (self, verb) {
        case (.waiting, .contact), (.unreachable, .contact): .contacted
        case (.waiting, .markUnreachable), (.contacted, .markUnreachable), (.checking, .markUnreachable),
            (.available, .markUnreachable):
            .unreachable
        // A site that answers after all need not be called again first.
        case (.contacted, .takeUp), (.unreachable, .takeUp): .checking
        case (.contacted, .stepAway), (.unreachable, .stepAway): .unavailable
        case (.checking, .dataUnavailable): .unavailable
        case (.checking, .dataAvailable): .available
        case (.checking, .willingToCollect): .willingToCollect
        case (.contacted, .returnForChanges), (.checking, .returnForChanges), (.available, .returnForChanges): .returned
        case (.returned, .resubmit): .checking
        case (.available, .setConditions), (.willingToCollect, .setConditions): .conditions
        case (.conditions, .acceptConditions): .conditionsMet
        case (.conditions, .declineConditions): .refused
        case (.available, .vote), (.conditionsMet, .vote): self
        case (.available, .grant), (.conditionsMet, .grant): .granted
        case (.available, .refuse), (.conditionsMet, .refuse), (.willingToCollect, .refuse), (.checking, .refuse):
            .refused
        case (.unavailable, .reopen), (.refused, .reopen): .checking
        case (.granted, .revoke): .revoked
        case (.granted, .expire), (.returned, .expire), (.conditions, .expire), (.unreachable, .expire): .expired
        case (_, .withdraw) where !isSettled || self == .granted: .withdrawn
        default: nil
        }
    }
}

/// What can be done to a request at one site.
public enum SiteVerb: String, Sendable, Codable, CaseIterable {
    case contact, markUnreachable, takeUp, dataAvailable, dataUnavailable, willingToCollect, stepAway, returnForChanges
    case resubmit, setConditions, acceptConditions, declineConditions, vote, grant, refuse, reopen, withdraw, expire
    case revoke

    /// Who may do it.
    public var parties: Set<RequestParty> {
        switch self {
        case .contact, .markUnreachable: [.federationOperator, .clock]
        case .takeUp, .dataAvailable, .dataUnavailable, .willingToCollect: [.committee, .dataManager]
        case .stepAway, .returnForChanges, .setConditions, .vote, .grant, .refuse, .reopen, .revoke: [.committee]
        case .resubmit, .acceptConditions, .declineConditions, .withdraw: [.applicant]
        case .expire: [.clock]
        }
    }

    /// Whether it can still be done when the request as a whole is over: what was granted can always end.
    public func isPossible(in state: RequestState) -> Bool {
        switch self {
        case .revoke, .withdraw: state != .draft && state != .declined && state != .withdrawn
        case .expire: state == .inReview || state == .concluded || state == .paused || state == .expired
        default: state == .inReview
        }
    }
}
