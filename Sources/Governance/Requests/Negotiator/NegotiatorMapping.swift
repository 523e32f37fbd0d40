// The table between our states and events and the Negotiator's. Each of theirs has exactly one of ours (but APPROVED and
// START, which lead nowhere there); ours beyond theirs are told in their nearest word, and by name beside it.

extension RequestState {
    /// The state in the Negotiator's words.
    public var negotiator: NegotiatorState {
        switch self {
        case .draft: .draft
        case .submitted: .submitted
        case .inReview: .inProgress
        case .paused: .paused
        case .declined: .declined
        case .withdrawn: .abandoned
        case .concluded: .concluded
        // Theirs do not expire: given up is the nearest.
        case .expired: .abandoned
        }
    }

    /// Our state for one of the Negotiator's.
    public init(_ state: NegotiatorState) {
        self =
            switch state {
            case .draft: .draft
            case .submitted: .submitted
            // Approved there means that the resources may be asked: with us it is with the sites at once.
            case .approved, .inProgress: .inReview
            case .paused: .paused
            case .declined: .declined
            case .abandoned: .withdrawn
            case .concluded: .concluded
            }
    }
}

extension RequestVerb {
    /// The Negotiator's event for it; nil for what it has no event for.
    public var negotiator: NegotiatorEvent? {
        switch self {
        case .submit: .submit
        case .approve: .approve
        case .decline: .decline
        case .pause: .pause
        case .resume: .unpause
        case .withdraw: .abandon
        case .conclude: .conclude
        case .save, .addPeople, .removePeople, .transfer, .write, .remind, .returnForChanges, .expire: nil
        }
    }
}

extension SiteState {
    /// The state in the Negotiator's words.
    public var negotiator: NegotiatorResourceState {
        switch self {
        case .waiting: .submitted
        case .contacted: .representativeContacted
        case .unreachable: .representativeUnreachable
        case .returned: .returnedForResubmission
        case .checking: .checkingAvailability
        case .available: .resourceAvailable
        case .unavailable: .resourceUnavailable
        case .willingToCollect: .resourceUnavailableWillingToCollect
        case .conditions: .accessConditionsIndicated
        case .conditionsMet: .accessConditionsMet
        case .granted: .resourceMadeAvailable
        case .refused: .resourceNotMadeAvailable
        // Theirs cannot end what was made available: not made available is the nearest.
        case .withdrawn, .expired, .revoked: .resourceNotMadeAvailable
        }
    }

    /// Our state for one of the Negotiator's.
    public init(_ state: NegotiatorResourceState) {
        self =
            switch state {
            case .submitted: .waiting
            case .representativeContacted: .contacted
            case .representativeUnreachable: .unreachable
            case .returnedForResubmission: .returned
            case .checkingAvailability: .checking
            case .resourceAvailable: .available
            case .resourceUnavailable: .unavailable
            case .resourceUnavailableWillingToCollect: .willingToCollect
            case .accessConditionsIndicated: .conditions
            case .accessConditionsMet: .conditionsMet
            case .resourceNotMadeAvailable: .refused
            case .resourceMadeAvailable: .granted
            }
    }
}

extension SiteVerb {
    /// The Negotiator's event for it; nil for what it has no event for.
    public var negotiator: NegotiatorResourceEvent? {
        switch self {
        case .contact: .contact
        case .markUnreachable: .markAsUnreachable
        case .takeUp: .markAsCheckingAvailability
        case .dataAvailable: .markAsAvailable
        case .dataUnavailable: .markAsUnavailable
        case .willingToCollect: .markAsWillingToCollect
        case .stepAway: .stepAway
        case .returnForChanges: .returnForResubmission
        case .setConditions: .indicateAccessConditions
        case .acceptConditions: .acceptAccessConditions
        case .declineConditions: .declineAccessConditions
        case .grant: .grantAccessToResource
        case .reopen: .override
        case .resubmit, .vote, .refuse, .withdraw, .expire, .revoke: nil
        }
    }
}
