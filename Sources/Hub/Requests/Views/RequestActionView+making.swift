import Federation
import FoundationEssentials
import Governance
import Runtime

extension RequestActionView {
    /// What the reader can do to the request as a whole, from the tables of rights and states alone.
    static func actions(_ request: AccessRequest, for person: Person) -> [RequestActionView] {
        let parties = request.parties(of: .person(person))
        var actions = RequestVerb.allCases.compactMap { verb -> RequestActionView? in
            guard !verb.parties.isDisjoint(with: parties), request.state.after(verb) != nil else { return nil }
            return form(of: verb)
        }
        if !parties.isDisjoint(with: [.applicant, .collaborator]) {
            actions.append(RequestActionView(label: "Copy as a new request", do: "copy"))
        }
        return actions
    }

    private static func form(of verb: RequestVerb) -> RequestActionView? {
        switch verb {
        case .submit: RequestActionView(label: "Hand it in", do: "submit", isMain: true)
        case .approve: RequestActionView(label: "Pass it on to the sites", do: "approve", isMain: true)
        case .decline: RequestActionView(label: "Decline", do: "decline", isDanger: true, ask: "Why")
        case .returnForChanges:
            RequestActionView(label: "Return for changes", do: "returnForChanges", ask: "What should change")
        case .pause: RequestActionView(label: "Hold it up", do: "pause", ask: "Why")
        case .resume: RequestActionView(label: "Let it go on", do: "resume", isMain: true)
        case .withdraw: RequestActionView(label: "Withdraw the request", do: "withdraw", isDanger: true, ask: "Why")
        // These have places of their own on the page, or are the clock's.
        case .save, .addPeople, .removePeople, .transfer, .write, .remind, .conclude, .expire: nil
        }
    }

    /// What the reader can do at one site.
    static func actions(
        _ request: AccessRequest, at site: RequestAtSite, for person: Person, outputs: Set<GrantedOutput>, until: Day?,
        now: Date
    ) -> [RequestActionView] {
        let parties = request.parties(of: .person(person), at: site.site)
        return SiteVerb.allCases.compactMap { verb in
            guard !verb.parties.isDisjoint(with: parties), verb.isPossible(in: request.state),
                site.state.after(verb) != nil, var action = form(of: verb)
            else { return nil }
            action.site = site.site.description
            if verb == .grant { action.grant = grant(site, outputs, until, now) }
            if verb == .grant, site.votesNeeded > 1 { action.label = "Vote for granting access" }
            if verb == .refuse, site.votesNeeded > 1, site.state != .willingToCollect {
                action.label = "Vote against it"
            }
            return action
        }
    }

    private static func form(of verb: SiteVerb) -> RequestActionView? {
        switch verb {
        case .contact: RequestActionView(label: "Tell the site again", do: "contact")
        case .markUnreachable: RequestActionView(label: "The site does not answer", do: "markUnreachable")
        case .takeUp: RequestActionView(label: "Take up the request", do: "takeUp", isMain: true)
        case .dataAvailable: RequestActionView(label: "The data are here", do: "dataAvailable", isMain: true)
        case .dataUnavailable:
            RequestActionView(
                label: "There are no such data", do: "dataUnavailable", isDanger: true, ask: "What is missing")
        case .willingToCollect:
            RequestActionView(label: "We would collect them", do: "willingToCollect", ask: "What, and by when")
        case .stepAway: RequestActionView(label: "Step away", do: "stepAway", isDanger: true, ask: "Why")
        case .returnForChanges:
            RequestActionView(label: "Return for changes", do: "siteReturn", ask: "What should change")
        case .resubmit: RequestActionView(label: "Hand in the changed request", do: "resubmit", isMain: true)
        case .setConditions:
            RequestActionView(label: "Set conditions", do: "setConditions", ask: "Conditions, one a line")
        case .acceptConditions:
            RequestActionView(label: "Accept the conditions", do: "acceptConditions", isMain: true)
        case .declineConditions:
            RequestActionView(label: "Decline the conditions", do: "declineConditions", isDanger: true, ask: "Why")
        case .grant: RequestActionView(label: "Grant access", do: "grant", isMain: true)
        case .refuse: RequestActionView(label: "Refuse", do: "refuse", isDanger: true, ask: "Why")
        case .reopen: RequestActionView(label: "Take it up again", do: "reopen", ask: "Why")
        case .withdraw:
            RequestActionView(label: "Withdraw from this site", do: "siteWithdraw", isDanger: true, ask: "Why")
        case .revoke: RequestActionView(label: "Revoke the grant", do: "revoke", isDanger: true, ask: "Why")
        case .vote, .expire: nil
        }
    }

    /// The form of a grant: what was asked for, or what a colleague has voted for already.
    private static func grant(
        _ site: RequestAtSite, _ outputs: Set<GrantedOutput>, _ until: Day?, _ now: Date
    ) -> GrantForm {
        let voted = site.votes.values.compactMap { vote -> AccessGrant? in
            if case .grant(let grant) = vote { grant } else { nil }
        }.first
        let chosen = voted?.outputs ?? outputs
        let year = Timestamp.text(now.addingTimeInterval(365 * 86_400)).prefix(10)
        return GrantForm(
            outputs: GrantedOutput.allCases.map {
                Check(value: $0.rawValue, label: $0.label, isChecked: chosen.contains($0))
            },
            dataSets: site.dataSets.map {
                Check(value: $0, label: $0, isChecked: voted?.dataSets.contains($0) ?? true)
            },
            hasDataSets: !site.dataSets.isEmpty,
            until: voted.map { String(Timestamp.text($0.until).prefix(10)) } ?? until?.description ?? String(year),
            note: voted?.note ?? "")
    }
}
