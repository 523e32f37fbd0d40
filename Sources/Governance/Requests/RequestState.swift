/// Where a request for access stands as a whole. Where it stands at each site is a ``SiteState``.
public enum RequestState: String, Sendable, Codable, CaseIterable {
    /// The applicant writes it; nobody else has seen it, or it came back for changes.
    case draft
    /// Handed in: the federation's operator looks whether it is complete.
    case submitted
    /// With the sites.
    case inReview
    /// Held up by the applicant or the operator; no clock of a site runs.
    case paused
    /// Not taken on by the operator.
    case declined
    /// Taken back by the applicant.
    case withdrawn
    /// Every site has decided.
    case concluded
    /// Its time ran out.
    case expired

    /// Whether nothing more happens to the request as a whole. What sites have granted may still end.
    public var isFinal: Bool {
        switch self {
        case .draft, .submitted, .inReview, .paused: false
        case .declined, .withdrawn, .concluded, .expired: true
        }
    }

    /// The state after `verb`, or nil where that cannot be done in this state. Some verbs change no state.
    public func after(_ verb: RequestVerb) -> RequestState? {
        switch (self, verb) {
        case (.draft, .submit): .submitted
        case (.submitted, .approve): .inReview
        case (.submitted, .decline): .declined
        case (.submitted, .returnForChanges): .draft
        case (.inReview, .pause): .paused
        case (.paused, .resume): .inReview
        case (.inReview, .conclude): .concluded
        case (.draft, .withdraw), (.submitted, .withdraw), (.inReview, .withdraw), (.paused, .withdraw): .withdrawn
        case (.draft, .expire), (.paused, .expire): .expired
        case (.draft, .save), (.inReview, .save): self
        case (.declined, .addPeople), (.withdrawn, .addPeople): nil
        case (_, .addPeople), (_, .removePeople), (_, .transfer), (_, .write): self
        case (.draft, .remind), (.submitted, .remind), (.inReview, .remind), (.paused, .remind): self
        default: nil
        }
    }
}

/// What can be done to a request as a whole.
public enum RequestVerb: String, Sendable, Codable, CaseIterable {
    case save, submit, addPeople, removePeople, transfer, write, remind
    case approve, decline, returnForChanges, pause, resume, withdraw, conclude, expire

    /// Who may do it. What nobody is named for cannot be done.
    public var parties: Set<RequestParty> {
        switch self {
        case .save: [.applicant, .collaborator]
        case .submit, .withdraw: [.applicant]
        // Somebody who was invited joins by himself; that he was is looked up in the request.
        case .addPeople: [.applicant, .invited]
        case .removePeople: [.applicant, .collaborator]
        // Where an applicant has left, the operator hands the request on.
        case .transfer: [.applicant, .federationOperator]
        case .write: [.applicant, .collaborator, .committee, .dataManager, .federationOperator]
        case .remind: [.federationOperator, .clock]
        case .approve, .decline, .returnForChanges: [.federationOperator]
        case .pause, .resume: [.applicant, .federationOperator]
        case .conclude, .expire: [.clock]
        }
    }
}

/// In what capacity somebody acts on a request.
public enum RequestParty: String, Sendable, Codable, CaseIterable {
    /// Whose request it is.
    case applicant
    /// Works with the applicant, and would work under the permit.
    case collaborator
    /// Holds an invitation to work with the applicant.
    case invited
    /// Of the access committee of the site in question.
    case committee
    /// Runs the node of the site in question.
    case dataManager
    case federationOperator
    /// Nobody: the time has come, or the last piece was there.
    case clock
}
