import Federation
import FoundationEssentials
import Governance

extension RequestView {
    /// What a reader sees of a request. `names` are the sites' own.
    init(
        frame: Frame, _ record: RequestRecord, for person: Person, desk: RequestDesk, names: [SiteID: String],
        language: String = "en"
    ) {
        let request = record.request
        let now = desk.now
        let parties = request.parties(of: .person(person))
        let isApplicant = parties.contains(.applicant)
        self.frame = frame
        id = request.id
        action = "/requests/\(request.id)/actions"
        version = request.version
        title = request.title
        state = request.state.label
        mark = request.state.mark
        applicant = [request.applicant.name, request.applicant.organisation].compactMap(\.self).joined(separator: ", ")
        created = DayText.day(request.created)
        query = request.query
        queryLink = WebLink.question(request.query)
        overallReason = request.reason
        copiedFrom = request.copiedFrom.map { "/requests/\($0)" }
        isOver = request.state.isFinal
        let rules = desk.rules
        duties = request.duties(rules).map { duty in
            let isMine = request.parties(of: .person(person), at: duty.site).contains(duty.party)
            return Duty(
                who: isMine ? "You" : duty.party.label.prefix(1).uppercased() + duty.party.label.dropFirst(),
                what: duty.what,
                site: duty.site.map { names[$0] ?? $0.description }, due: DayText.due(duty.due, now),
                day: DayText.day(duty.due), isLate: duty.isOverdue(at: now), isMine: isMine)
        }
        let uses = desk.uses(request)
        let outputs = desk.form.outputs(request.answers)
        let until = desk.form.purpose(request.answers).until
        sites = request.sites.map { site in
            Site(
                site, names[site.site] ?? site.site.description, uses.filter { $0.site == site.site },
                RequestActionView.actions(
                    request, at: site, for: person, outputs: outputs, until: until, now: now), request)
        }
        actions = RequestActionView.actions(request, for: person)
        hasActions = !actions.isEmpty
        mayEdit = request.isOpenForChanges && !parties.isDisjoint(with: [.applicant, .collaborator])
        editLabel = request.submission == 0 ? "Fill in the form" : "Change the form"
        answers = Self.answers(request, desk.form, language)
        mayInvite = isApplicant && request.state.after(.addPeople) != nil
        people =
            [
                PersonRow(
                    id: request.applicant.id.text, name: request.applicant.name, part: "applicant", mayRemove: false,
                    mayReceive: false)
            ]
            + request.collaborators.map { other in
                let mayGoOn = !RequestVerb.transfer.parties.isDisjoint(with: parties)
                return PersonRow(
                    id: other.id.text, name: other.name, part: "works on it",
                    mayRemove: isApplicant || other.id == person.id, mayReceive: mayGoOn)
            }
        invitations =
            isApplicant
            ? request.invitations.map { Invitation(id: $0.id, email: $0.email, until: DayText.day($0.expires)) } : []
        mayWrite = !RequestVerb.write.parties.isDisjoint(with: parties)
        audiences = Self.audiences(request, for: person, names)
        messages = request.messages(for: person).map { Message($0, request.id, names) }
        steps = record.events.compactMap { Step($0, names, request, person) }.reversed()
    }

    private static func answers(_ request: AccessRequest, _ form: AccessForm, _ language: String) -> [Answer] {
        form.fields.compactMap { field in
            guard form.isVisible(field, request.answers), let answer = request.answers[field.id], !answer.isEmpty else {
                return nil
            }
            var files: [File] = []
            let text: String
            switch answer {
            case .text(let words), .date(let words): text = words
            case .number(let number):
                text = number == number.rounded() && abs(number) < 1e12 ? "\(Int(number))" : "\(number)"
            case .choices(let names):
                text = names.map { name in
                    field.choices.first { $0.id == name }?.label.text(language) ?? name
                }.joined(separator: "; ")
            case .attachments(let list):
                text = ""
                files = list.map { File($0, request.id) }
            case .table(let rows):
                text = rows.map { $0.filter { !$0.isEmpty }.joined(separator: " – ") }.filter { !$0.isEmpty }
                    .joined(separator: "\n")
            }
            return Answer(label: field.label.text(language), text: text, files: files)
        }
    }

    /// Whom the reader can write to.
    private static func audiences(_ request: AccessRequest, for person: Person, _ names: [SiteID: String]) -> [Choice] {
        var choices = [Choice(value: "all", label: "Everybody with a part in it")]
        for site in request.sites where site.contacted != nil {
            let name = names[site.site] ?? site.site.description
            let parties = request.parties(of: .person(person), at: site.site)
            guard !parties.isEmpty else { continue }
            choices.append(Choice(value: "site:\(site.site)", label: "The applicant and \(name)"))
            if !parties.isDisjoint(with: [.committee, .dataManager]) {
                choices.append(Choice(value: "within:\(site.site)", label: "Only within \(name)"))
            }
        }
        return choices
    }
}

extension RequestView.Site {
    init(
        _ site: RequestAtSite, _ name: String, _ uses: [RequestUse], _ actions: [RequestActionView],
        _ request: AccessRequest
    ) {
        id = site.site.description
        self.name = name
        word = site.state.word.label
        mark = site.state.word.mark
        words = site.state.words
        since = DayText.day(site.since)
        dataSets = site.dataSets.isEmpty ? "all its data" : site.dataSets.joined(separator: ", ")
        reason = site.reason
        hasConditions = !site.conditions.isEmpty
        conditions = site.conditions
        granted =
            site.state == .granted
            ? site.grant.map { grant in
                let what = grant.outputs.sorted().map(\.label).joined(separator: ", ")
                let sets = grant.dataSets.isEmpty ? "" : " from \(grant.dataSets.joined(separator: ", "))"
                return "\(what)\(sets), until \(DayText.day(grant.until))"
                    + (grant.note.isEmpty ? "" : ". \(grant.note)")
            } : nil
        let isVoting = site.votesNeeded > 1 && (site.state == .available || site.state == .conditionsMet)
        votes = isVoting ? "\(site.votes.count) of \(site.votesNeeded) votes" : nil
        self.uses = uses.map(RequestView.Use.init)
        self.actions = actions
        hasActions = !actions.isEmpty
    }
}

extension RequestView.Use {
    init(_ use: RequestUse) {
        dataSet = use.dataSet ?? "all its data"
        outcome = use.check.outcome.label
        mark = use.check.outcome.mark
        reasons = use.check.findings.map {
            Reason(
                term: $0.term.map { "\($0.code.abbreviation), \($0.code.label)" } ?? "All terms",
                outcome: $0.outcome.label, mark: $0.outcome.mark, words: $0.reason)
        }
    }
}

extension RequestView.File {
    init(_ file: Attachment, _ request: String) {
        name = file.name
        size = file.size < 1 << 20 ? "\(max(1, file.size >> 10)) KiB" : "\(file.size >> 20) MiB"
        href = "/requests/\(request)/files/\(file.digest)"
    }
}

extension RequestView.Message {
    init(_ sent: SentMessage, _ request: String, _ names: [SiteID: String]) {
        by = sent.by.name
        party = sent.party.label
        to =
            switch sent.message.audience {
            case .everybody: "to everybody"
            case .applicantAndSite(let site): "to the applicant and \(names[site] ?? site.description)"
            case .withinSite(let site): "within \(names[site] ?? site.description)"
            }
        at = DayText.moment(sent.at)
        text = sent.message.text
        files = sent.message.attachments.map { RequestView.File($0, request) }
    }
}

extension RequestView.Step {
    /// Nil for what a time line leaves out: words that are not for the reader, and who voted at another site.
    init?(_ event: RequestEvent, _ names: [SiteID: String], _ request: AccessRequest, _ person: Person) {
        at = DayText.moment(event.at)
        who = event.by == nil ? "The hub" : event.name
        switch event.action {
        case .create: what = "began the request"
        case .save: what = "changed the form"
        case .submit: what = "handed it in"
        case .invite: what = "invited somebody"
        case .cancelInvitation: what = "took an invitation back"
        case .join: what = "joined"
        case .removeCollaborator: what = "took somebody off the request"
        case .transfer: what = "handed the request on to another applicant"
        case .write(let message):
            guard request.messages(for: person).contains(where: { $0.message == message && $0.number == event.number })
            else { return nil }
            what = "wrote a message"
        case .remind(let reminder):
            let site = reminder.site.map { " at " + (names[$0] ?? $0.description) } ?? ""
            what =
                (reminder.isEscalation ? "told the operator that time has run out for " : "reminded ")
                + reminder.party.label + site
        case .approve: what = "passed it on to the sites"
        case .decline: what = "declined it"
        case .returnForChanges: what = "returned it for changes"
        case .pause: what = "held it up"
        case .resume: what = "let it go on"
        case .withdraw: what = "withdrew it"
        case .conclude: what = "concluded it: every site has decided"
        case .expire: what = "let it expire"
        case .site(let site, let action):
            if case .vote = action {
                let parties = request.parties(of: .person(person), at: site)
                guard !parties.isDisjoint(with: [.committee, .dataManager]) else { return nil }
            }
            what = action.words + " · " + (names[site] ?? site.description)
        }
    }
}

extension SiteAction {
    /// What was done, in the past.
    fileprivate var words: String {
        switch self {
        case .contact: "told the site"
        case .markUnreachable: "marked the site as not answering"
        case .takeUp: "took it up"
        case .dataAvailable: "said that the data are there"
        case .dataUnavailable: "said that there are no such data"
        case .willingToCollect: "offered to collect the data"
        case .stepAway: "stepped away"
        case .returnForChanges: "returned it for changes"
        case .resubmit: "handed it in again"
        case .setConditions: "set conditions"
        case .acceptConditions: "accepted the conditions"
        case .declineConditions: "declined the conditions"
        case .vote(.grant): "voted for granting"
        case .vote(.refuse): "voted against"
        case .grant: "granted access"
        case .refuse: "refused access"
        case .reopen: "took it up again"
        case .withdraw: "withdrew it from the site"
        case .expire: "let it expire at the site"
        case .revoke: "revoked the grant"
        }
    }
}
