import FoundationEssentials

extension RequestAtSite {
    /// Takes in what was done at the site; false where that was not possible.
    mutating func take(_ action: SiteAction, by event: RequestEvent, submission: Int) -> Bool {
        guard let next = state.after(action.verb) else { return false }
        if answered == nil, event.party == .committee || event.party == .dataManager { answered = event.at }
        switch action {
        case .contact(let votes):
            votesNeeded = max(1, votes)
            contacted = contacted ?? event.at
            self.submission = submission
        case .vote(let vote):
            guard let voter = event.by else { return false }
            votes[voter] = vote
        case .grant(let grant):
            guard hasSupport(for: .grant(grant), by: event) else { return false }
            self.grant = grant
        case .refuse(let text):
            guard state == .willingToCollect || hasSupport(for: .refuse(reason: text), by: event) else { return false }
            reason = text
        case .setConditions(let list): conditions = list
        case .returnForChanges(let text), .reopen(let text):
            votes = [:]
            conditions = []
            reason = text
        case .dataUnavailable(let text), .willingToCollect(let text), .stepAway(let text), .declineConditions(let text),
            .withdraw(let text), .revoke(let text):
            reason = text
        case .takeUp, .dataAvailable, .acceptConditions, .resubmit: reason = nil
        case .markUnreachable, .expire: break
        }
        if action.verb.startsTheSitesClock(in: state) { clockStart = event.at }
        enter(next, at: event.at)
        return true
    }

    /// Whether a decision is carried by the votes that the site wants. Where one person decides, no vote is needed.
    private func hasSupport(for vote: SiteVote, by event: RequestEvent) -> Bool {
        votesNeeded == 1 || support(for: vote) >= votesNeeded
    }

    mutating func enter(_ next: SiteState, at moment: Date) {
        guard next != state else { return }
        if next.isSettled, decided == nil { decided = moment }
        if state.isSettled, !next.isSettled { decided = nil }
        state = next
        since = moment
        reminders = []
    }
}

extension SiteVerb {
    /// Whether the site's days to decide begin anew: the ball comes back to it from somebody else.
    fileprivate func startsTheSitesClock(in state: SiteState) -> Bool {
        switch self {
        case .contact, .resubmit, .reopen, .acceptConditions, .willingToCollect: true
        case .takeUp: state == .unreachable
        default: false
        }
    }
}
