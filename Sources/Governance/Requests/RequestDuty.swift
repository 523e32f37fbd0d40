public import Federation
public import FoundationEssentials

/// Who must act on a request, on what, and by when.
public struct RequestDuty: Sendable, Equatable {
    public var party: RequestParty
    /// nil where the request as a whole waits.
    public var site: SiteID?
    /// What is to be done, in the imperative.
    public var what: String
    public var since: Date
    public var due: Date

    public func isOverdue(at now: Date) -> Bool { now > due }
}

extension AccessRequest {
    /// Everything that somebody must do now. Empty when the request is over, and only then.
    public func duties(_ rules: RequestRules) -> [RequestDuty] {
        switch state {
        case .draft:
            [
                duty(
                    .applicant,
                    submission == 0
                        ? "Complete the form and hand it in" : "Change what was asked, and hand it in again",
                    rules.draftDays)
            ]
        case .submitted:
            [duty(.federationOperator, "Look whether the request is complete, and pass it on", rules.operatorDays)]
        case .paused: [duty(.applicant, "Let the request go on, or withdraw it", rules.pauseDays)]
        case .inReview: sites.compactMap { $0.duty(rules) }
        case .declined, .withdrawn, .concluded, .expired: []
        }
    }

    private func duty(_ party: RequestParty, _ what: String, _ days: Int) -> RequestDuty {
        RequestDuty(party: party, site: nil, what: what, since: since, due: since.days(days))
    }
}

extension RequestAtSite {
    /// What somebody must do for this site; nil when it has decided.
    func duty(_ rules: RequestRules) -> RequestDuty? {
        func duty(_ party: RequestParty, _ what: String, from start: Date, _ days: Int) -> RequestDuty {
            RequestDuty(party: party, site: site, what: what, since: since, due: start.days(days))
        }
        let told = clockStart ?? since
        return switch state {
        case .waiting: duty(.federationOperator, "Tell the site", from: since, rules.operatorDays)
        case .contacted: duty(.committee, "Take up the request", from: told, rules.siteDays)
        case .unreachable:
            duty(.federationOperator, "Reach somebody at the site", from: since, rules.unreachableDays)
        case .returned:
            duty(.applicant, "Change what the site asked, and hand it in again", from: since, rules.applicantDays)
        case .checking: duty(.committee, "Say whether the data are there", from: told, rules.siteDays)
        case .available: duty(.committee, "Decide, or set conditions", from: told, rules.siteDays)
        case .willingToCollect:
            duty(.committee, "Set conditions for collecting, or refuse", from: told, rules.siteDays)
        case .conditions: duty(.applicant, "Accept or decline the site's conditions", from: since, rules.applicantDays)
        case .conditionsMet: duty(.committee, "Grant or refuse", from: told, rules.siteDays)
        case .granted, .unavailable, .refused, .withdrawn, .expired, .revoked: nil
        }
    }
}

extension Date {
    func days(_ days: Int) -> Date { addingTimeInterval(Double(days) * 86_400) }
}
