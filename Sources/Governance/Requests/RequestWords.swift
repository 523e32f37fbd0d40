extension RequestVerb {
    /// Completes "You may not …".
    var words: String {
        switch self {
        case .save: "change this request"
        case .submit: "hand in this request"
        case .addPeople: "invite people to this request"
        case .removePeople: "take people off this request"
        case .transfer: "hand this request on to somebody else"
        case .write: "write messages here"
        case .remind: "send reminders"
        case .approve: "pass this request on to the sites"
        case .decline: "decline this request"
        case .returnForChanges: "return this request for changes"
        case .pause: "hold up this request"
        case .resume: "let this request go on"
        case .withdraw: "withdraw this request"
        case .conclude: "conclude this request"
        case .expire: "let this request expire"
        }
    }
}

extension SiteVerb {
    /// Completes "You may not …".
    var words: String {
        switch self {
        case .contact: "tell this site of the request"
        case .markUnreachable: "mark this site as not answering"
        case .takeUp: "take up this request for the site"
        case .dataAvailable, .dataUnavailable, .willingToCollect: "say for this site whether it has the data"
        case .stepAway: "step away for this site"
        case .returnForChanges: "return the request for changes for this site"
        case .resubmit: "hand in the changed request"
        case .setConditions: "set conditions for this site"
        case .acceptConditions, .declineConditions: "answer the site's conditions"
        case .vote: "vote for this site"
        case .grant: "grant access for this site"
        case .refuse: "refuse access for this site"
        case .reopen: "take up again what this site has refused"
        case .withdraw: "withdraw the request from this site"
        case .expire: "let the request expire at this site"
        case .revoke: "revoke this site's grant"
        }
    }
}

extension RequestState {
    /// The state in words, in the middle of a sentence.
    public var words: String {
        switch self {
        case .draft: "a draft"
        case .submitted: "handed in"
        case .inReview: "with the sites"
        case .paused: "held up"
        case .declined: "declined"
        case .withdrawn: "withdrawn"
        case .concluded: "concluded"
        case .expired: "expired"
        }
    }

    func refusal(of verb: RequestVerb) -> String {
        "This cannot be done now: the request is \(words)."
    }
}

extension SiteState {
    /// The state in words, in the middle of a sentence.
    public var words: String {
        switch self {
        case .waiting: "not yet with the site"
        case .contacted: "told to the site"
        case .unreachable: "without an answer from the site"
        case .returned: "back with the applicant for changes"
        case .checking: "being looked at by the site"
        case .available: "with the site's committee"
        case .unavailable: "over: the site has no such data"
        case .willingToCollect: "waiting: the site would have to collect the data"
        case .conditions: "waiting for the applicant's answer to the site's conditions"
        case .conditionsMet: "with the committee: the applicant has accepted its conditions"
        case .granted: "granted"
        case .refused: "refused"
        case .withdrawn: "withdrawn"
        case .expired: "expired"
        case .revoked: "revoked"
        }
    }

    func refusal(of verb: SiteVerb) -> String {
        "This cannot be done now: at this site the request is \(words)."
    }
}
