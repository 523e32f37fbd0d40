import Federation
public import FoundationEssentials

extension AccessRequest {
    /// Begins a request: its first event.
    public static func begin(
        id: String, _ start: RequestStart, by person: Person, at now: Date
    ) throws(RequestError) -> (request: AccessRequest, events: [RequestEvent]) {
        var start = start
        start.applicant = Participant(person)
        try RequestCheck.title(start.title)
        try RequestCheck.query(start.query)
        try RequestCheck.sites(start.sites)
        let event = RequestEvent(
            number: 1, at: now.wholeSeconds, by: person.id, name: person.name, party: .applicant,
            action: .create(start))
        return (try AccessRequest(id: id, event), [event])
    }

    /// What follows when somebody does something: one event, and those that it brings with it (sites are told when the
    /// operator has agreed; a request is concluded when its last site has decided).
    ///
    /// Nothing changes here: the events count once they are stored, and are taken in with ``apply(_:)``.
    public func decide(
        _ action: RequestAction, by actor: RequestActor, at now: Date, rules: RequestRules
    ) throws(RequestError) -> [RequestEvent] {
        guard version < RequestLimits.events else {
            throw .invalid(
                "This request has been changed \(RequestLimits.events) times, and takes no more: copy it as a new one.")
        }
        // A clock that was set back does not make history run backwards.
        var course = RequestCourse(request: self, now: max(now.wholeSeconds, lastChange))
        if case .site(let site, let action) = action {
            try decide(action, at: site, by: actor, rules, &course)
        } else {
            try course.add(action, by: actor, as: try party(for: action, actor))
        }
        try course.complete(rules)
        return course.events
    }

    private func party(for action: RequestAction, _ actor: RequestActor) throws(RequestError) -> RequestParty {
        guard let verb = action.verb else { throw .invalid("A request is made once.") }
        var parties = parties(of: actor)
        if case .join(let id, let person) = action { parties = try joining(id, person, actor, parties) }
        if case .write(let message) = action { parties = try writing(message, actor, parties) }
        let rights = verb.parties.intersection(parties)
        guard let party = RequestParty.allCases.first(where: { rights.contains($0) }) else {
            throw parties.isEmpty ? .unknown : .notAllowed(verb.words)
        }
        // Somebody who works with the applicant may leave, and take nobody else along.
        if party == .collaborator, verb == .removePeople, action != .removeCollaborator(actor.id ?? applicant.id) {
            throw .notAllowed(verb.words)
        }
        guard state.after(verb) != nil else { throw .notNow(state.refusal(of: verb)) }
        try check(action)
        return party
    }

    private func joining(
        _ id: String, _ person: Participant, _ actor: RequestActor, _ parties: Set<RequestParty>
    ) throws(RequestError) -> Set<RequestParty> {
        guard parties.isDisjoint(with: [.applicant, .collaborator]) else {
            throw .notNow("You work on this request already.")
        }
        guard parties.isEmpty else {
            throw .notAllowed("work with the applicant and judge the request as well")
        }
        guard actor.id == person.id, invitations.contains(where: { $0.id == id }) else { throw .unknown }
        return [.invited]
    }

    private func writing(
        _ message: RequestMessage, _ actor: RequestActor, _ parties: Set<RequestParty>
    ) throws(RequestError) -> Set<RequestParty> {
        guard case .person(let person) = actor, !parties.isEmpty else { return parties }
        switch message.audience {
        case .everybody: return parties
        case .applicantAndSite(let site), .withinSite(let site):
            guard self[site] != nil else { throw .invalid("That site is not asked.") }
            guard isReadable(message.audience, by: person) else {
                throw .notAllowed("write to people whose messages you cannot read")
            }
            return self.parties(of: actor, at: site)
        }
    }

    private func decide(
        _ action: SiteAction, at site: SiteID, by actor: RequestActor, _ rules: RequestRules,
        _ course: inout RequestCourse
    ) throws(RequestError) {
        guard let here = self[site] else { throw .unknown }
        let verb = action.verb
        let parties = parties(of: actor, at: site)
        let rights = verb.parties.intersection(parties)
        guard let party = RequestParty.allCases.first(where: { rights.contains($0) }) else {
            throw self.parties(of: actor).isEmpty ? .unknown : .notAllowed(verb.words)
        }
        guard verb.isPossible(in: state), here.state.after(verb) != nil else {
            throw .notNow(here.state.refusal(of: verb))
        }
        try RequestCheck.action(action, at: here, now: course.now, rules)
        switch action {
        case .contact: try course.add(.site(site, .contact(votes: rules.votes(at: site))), by: actor, as: party)
        case .grant(let grant): try cast(.grant(grant), at: here, by: actor, party, &course)
        case .vote(let vote): try cast(vote, at: here, by: actor, party, &course)
        case .refuse(let reason) where here.state != .willingToCollect:
            try cast(.refuse(reason: reason), at: here, by: actor, party, &course)
        default: try course.add(.site(site, action), by: actor, as: party)
        }
    }

    /// Where a site wants several people, a decision is a vote first; the last vote that was missing carries it.
    private func cast(
        _ vote: SiteVote, at here: RequestAtSite, by actor: RequestActor, _ party: RequestParty,
        _ course: inout RequestCourse
    ) throws(RequestError) {
        if here.votesNeeded > 1 {
            try course.add(.site(here.site, .vote(vote)), by: actor, as: party)
            guard let after = course.request[here.site], after.support(for: vote) >= here.votesNeeded else { return }
        }
        switch vote {
        case .grant(let grant): try course.add(.site(here.site, .grant(grant)), by: actor, as: party)
        case .refuse(let reason): try course.add(.site(here.site, .refuse(reason: reason)), by: actor, as: party)
        }
    }
}

/// Events on their way, and the request as they make it.
struct RequestCourse {
    var request: AccessRequest
    let now: Date
    var events: [RequestEvent] = []

    init(request: AccessRequest, now: Date) {
        self.request = request
        self.now = now
    }

    mutating func add(_ action: RequestAction, by actor: RequestActor, as party: RequestParty) throws(RequestError) {
        let event = RequestEvent(
            number: request.version + 1, at: now, by: actor.id, name: actor.name, party: party, action: action)
        try request.apply(event)
        events.append(event)
    }

    /// What follows of itself.
    mutating func complete(_ rules: RequestRules) throws(RequestError) {
        guard request.state == .inReview else { return }
        for site in request.sites where site.state == .waiting {
            try add(.site(site.site, .contact(votes: rules.votes(at: site.site))), by: .clock, as: .clock)
        }
        if request.sites.allSatisfy(\.state.isSettled) { try add(.conclude, by: .clock, as: .clock) }
    }
}

extension Date {
    /// Events are told in whole seconds.
    var wholeSeconds: Date { Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down)) }
}
