import FoundationEssentials

extension AccessRequest {
    /// Begins a request with its first event.
    public init(id: String, _ event: RequestEvent) throws(RequestError) {
        guard event.number == 1, event.party == .applicant, case .create(let start) = event.action,
            event.by == start.applicant.id
        else { throw .corrupt(event: event.number) }
        self.init(
            id: id, version: 1, state: .draft, since: event.at, created: event.at, lastChange: event.at,
            title: start.title, applicant: start.applicant, query: start.query,
            sites: start.sites.map { RequestAtSite($0, since: event.at) }, form: start.form, answers: start.answers,
            copiedFrom: start.copiedFrom)
    }

    /// Makes a request from all its events.
    public init(id: String, events: [RequestEvent]) throws(RequestError) {
        guard let first = events.first else { throw .unknown }
        try self.init(id: id, first)
        for event in events.dropFirst() { try apply(event) }
    }

    /// Takes in one more event. It must be the next one, possible in this state, and done by a party that may do it.
    public mutating func apply(_ event: RequestEvent) throws(RequestError) {
        guard event.number == version + 1, event.at >= lastChange, (event.party == .clock) == (event.by == nil) else {
            throw .corrupt(event: event.number)
        }
        switch event.action {
        case .create: throw .corrupt(event: event.number)
        case .site(let site, let action):
            guard let place = sites.firstIndex(where: { $0.site == site }),
                action.verb.parties.contains(event.party), action.verb.isPossible(in: state),
                sites[place].take(action, by: event, submission: submission)
            else { throw .corrupt(event: event.number) }
            if case .resubmit = action { handInAgain() }
        default:
            guard let verb = event.action.verb, verb.parties.contains(event.party), let next = state.after(verb) else {
                throw .corrupt(event: event.number)
            }
            take(event)
            enter(next, at: event.at)
        }
        version = event.number
        lastChange = event.at
    }

    private mutating func enter(_ next: RequestState, at moment: Date) {
        guard next != state else { return }
        // The time in which a request was held up is nobody's delay.
        if state == .paused, next == .inReview {
            let pause = moment.timeIntervalSince(since)
            for place in sites.indices where !sites[place].state.isSettled {
                sites[place].since.addTimeInterval(pause)
                sites[place].clockStart?.addTimeInterval(pause)
            }
        }
        switch next {
        case .declined: settle(as: .refused, at: moment) { !$0.isSettled }
        case .withdrawn: settle(as: .withdrawn, at: moment) { !$0.isSettled || $0 == .granted }
        case .expired: settle(as: .expired, at: moment) { !$0.isSettled }
        default: break
        }
        state = next
        since = moment
        reminders = []
    }

    private mutating func settle(as next: SiteState, at moment: Date, where applies: (SiteState) -> Bool) {
        for place in sites.indices where applies(sites[place].state) { sites[place].enter(next, at: moment) }
    }

    /// New answers count everywhere: votes on the old ones are void.
    private mutating func handInAgain() {
        submission += 1
        for place in sites.indices where !sites[place].state.isSettled {
            sites[place].submission = submission
            sites[place].votes = [:]
        }
    }

    private mutating func take(_ event: RequestEvent) {
        switch event.action {
        case .save(let change): take(change, at: event.at)
        case .submit:
            submission += 1
            reason = nil
            for place in sites.indices { sites[place].submission = submission }
        case .invite(let invitation): invitations.append(invitation)
        case .cancelInvitation(let id): invitations.removeAll { $0.id == id }
        case .join(let id, let person):
            invitations.removeAll { $0.id == id }
            collaborators.append(person)
        case .removeCollaborator(let id): collaborators.removeAll { $0.id == id }
        case .transfer(let id):
            guard let place = collaborators.firstIndex(where: { $0.id == id }) else { return }
            let next = collaborators.remove(at: place)
            collaborators.append(applicant)
            applicant = next
        case .write(let message):
            attach(message.attachments)
            let writer = Participant(id: event.by ?? applicant.id, name: event.name)
            messages.append(
                SentMessage(number: event.number, at: event.at, by: writer, party: event.party, message: message))
        case .remind(let reminder):
            if let place = sites.firstIndex(where: { $0.site == reminder.site }) {
                sites[place].reminders.append(reminder)
            } else {
                reminders.append(reminder)
            }
        case .decline(let text), .returnForChanges(let text), .pause(let text), .withdraw(let text): reason = text
        case .resume: reason = nil
        case .approve, .conclude, .expire, .create, .site: break
        }
    }

    private mutating func take(_ change: RequestChange, at moment: Date) {
        if let title = change.title { self.title = title }
        if let query = change.query { self.query = query }
        if let chosen = change.sites { sites = chosen.map { RequestAtSite($0, since: moment) } }
        for (field, answer) in change.answers { answers[field] = answer }
        for field in change.emptied { answers[field] = nil }
        attach(change.attachments)
        // A draft that somebody works on is not forgotten.
        if state == .draft { since = moment }
    }

    private mutating func attach(_ files: [Attachment]) {
        for file in files where !attachments.contains(where: { $0.digest == file.digest }) { attachments.append(file) }
    }
}
