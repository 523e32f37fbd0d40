import Federation
import FoundationEssentials
import Governance
import Testing

@Suite struct RequestTests {
    private func inReview(_ fixtures: RequestFixtures, sites: [SiteID]? = nil) throws -> AccessRequest {
        var request = try fixtures.draft(sites: sites)
        try request.perform(.submit, by: fixtures.anna, fixtures)
        try request.perform(.approve, by: fixtures.operatorPerson, day: 1, fixtures)
        return request
    }

    @Test func whenTheOperatorAgreesEverySiteIsTold() throws {
        let fixtures = try RequestFixtures()
        let request = try inReview(fixtures)
        #expect(request.state == .inReview)
        #expect(request.sites.map(\.state) == [.contacted, .contacted])
        #expect(request.duties(fixtures.rules).map(\.party) == [.committee, .committee])
        #expect(request.duties(fixtures.rules).first?.due == fixtures.start.addingTimeInterval(61 * 86_400))
    }

    @Test func aRequestGoesThroughConditionsToAGrantAndIsConcluded() throws {
        let fixtures = try RequestFixtures()
        var request = try inReview(fixtures)
        try request.perform(.site(fixtures.one, .takeUp), by: fixtures.manager, day: 2, fixtures)
        try request.perform(.site(fixtures.one, .dataAvailable), by: fixtures.manager, day: 3, fixtures)
        try request.perform(.site(fixtures.one, .setConditions(["Publish"])), by: fixtures.carla, day: 4, fixtures)
        #expect(request.duties(fixtures.rules).contains { $0.party == .applicant && $0.site == fixtures.one })
        try request.perform(.site(fixtures.one, .acceptConditions), by: fixtures.anna, day: 5, fixtures)
        try request.perform(.site(fixtures.one, .grant(fixtures.grant)), by: fixtures.carla, day: 6, fixtures)
        #expect(request[fixtures.one]?.state == .granted)
        #expect(request.state == .inReview)
        try request.perform(.site(fixtures.two, .stepAway(reason: "No staff")), by: fixtures.dora, day: 7, fixtures)
        #expect(request.state == .concluded)
        #expect(request[fixtures.two]?.reason == "No staff")
        // What was granted ends on its day, and can be revoked before, though the request is concluded.
        var revoked = request
        try revoked.perform(.site(fixtures.one, .revoke(reason: "Misuse")), by: fixtures.carla, day: 8, fixtures)
        #expect(revoked[fixtures.one]?.state == .revoked)
        try request.tick(day: 199, fixtures)
        #expect(request[fixtures.one]?.state == .granted)
        try request.tick(day: 200, fixtures)
        #expect(request[fixtures.one]?.state == .expired)
        #expect(request.clockActions(at: fixtures.start.addingTimeInterval(400 * 86_400), fixtures.rules).isEmpty)
    }

    @Test func twoPeopleDecideWhereTheSiteWantsTwoAndOnTheSameTerms() throws {
        var fixtures = try RequestFixtures()
        fixtures.rules.votes = [fixtures.one: 2]
        var request = try inReview(fixtures, sites: [fixtures.one])
        try request.perform(.site(fixtures.one, .takeUp), by: fixtures.carla, day: 2, fixtures)
        try request.perform(.site(fixtures.one, .dataAvailable), by: fixtures.carla, day: 2, fixtures)
        try request.perform(.site(fixtures.one, .grant(fixtures.grant)), by: fixtures.carla, day: 3, fixtures)
        #expect(request[fixtures.one]?.state == .available)
        // The same person twice is one vote.
        try request.perform(.site(fixtures.one, .grant(fixtures.grant)), by: fixtures.carla, day: 3, fixtures)
        #expect(request[fixtures.one]?.state == .available)
        var longer = fixtures.grant
        longer.outputs = [.counts, .models]
        try request.perform(.site(fixtures.one, .grant(longer)), by: fixtures.carlo, day: 4, fixtures)
        #expect(request[fixtures.one]?.state == .available)
        try request.perform(.site(fixtures.one, .grant(fixtures.grant)), by: fixtures.carlo, day: 5, fixtures)
        #expect(request[fixtures.one]?.state == .granted)
        #expect(request[fixtures.one]?.grant == fixtures.grant)
    }

    @Test func anEventThatGrantsWithoutTheVotesIsNotTakenIn() throws {
        var fixtures = try RequestFixtures()
        fixtures.rules.votes = [fixtures.one: 2]
        var request = try inReview(fixtures, sites: [fixtures.one])
        try request.perform(.site(fixtures.one, .takeUp), by: fixtures.carla, day: 2, fixtures)
        try request.perform(.site(fixtures.one, .dataAvailable), by: fixtures.carla, day: 2, fixtures)
        let forged = RequestEvent(
            number: request.version + 1, at: request.lastChange, by: fixtures.carla.id, name: "Carla",
            party: .committee, action: .site(fixtures.one, .grant(fixtures.grant)))
        #expect(throws: RequestError.corrupt(event: forged.number)) { try request.apply(forged) }
    }

    @Test func whoAsksDoesNotJudge() throws {
        var fixtures = try RequestFixtures()
        let both = Person(
            id: fixtures.anna.id, name: "Anna",
            roles: Set(
                [RoleGrant(.committeeMember, at: fixtures.one), RoleGrant(.federationOperator)].compactMap { $0 }))
        var request = try fixtures.draft(sites: [fixtures.one])
        try request.perform(.submit, by: both, fixtures)
        #expect(throws: RequestError.notAllowed("pass this request on to the sites")) {
            try request.perform(.approve, by: both, fixtures)
        }
        try request.perform(.approve, by: fixtures.operatorPerson, fixtures)
        #expect(throws: RequestError.notAllowed("take up this request for the site")) {
            try request.perform(.site(fixtures.one, .takeUp), by: both, fixtures)
        }
        fixtures.rules.votes = [:]
    }

    @Test func aDraftIsTheApplicantsAlone() throws {
        let fixtures = try RequestFixtures()
        let draft = try fixtures.draft()
        #expect(fixtures.everybody.filter { draft.isReadable(by: $0) } == [fixtures.anna])
        let submitted = try {
            var request = draft
            try request.perform(.submit, by: fixtures.anna, fixtures)
            return request
        }()
        // Sites see it when the operator has passed it on.
        #expect(
            fixtures.everybody.filter { submitted.isReadable(by: $0) } == [
                fixtures.anna, fixtures.operatorPerson, fixtures.auditor,
            ])
    }

    @Test func peopleWhoAreInvitedJoinAndWhoLeftIsOut() throws {
        let fixtures = try RequestFixtures()
        var request = try fixtures.draft()
        let invitation = RequestInvitation(
            id: "i1", email: "colleague@example.org", secretDigest: "00",
            expires: fixtures.start.addingTimeInterval(86_400))
        try request.perform(.invite(invitation), by: fixtures.anna, fixtures)
        #expect(throws: RequestError.unknown) {
            try request.perform(
                .join(invitation: "i2", person: Participant(fixtures.colleague)), by: fixtures.colleague, fixtures)
        }
        // Nobody joins in somebody else's name.
        #expect(throws: RequestError.unknown) {
            try request.perform(
                .join(invitation: "i1", person: Participant(fixtures.colleague)), by: fixtures.stranger, fixtures)
        }
        try request.perform(
            .join(invitation: "i1", person: Participant(fixtures.colleague)), by: fixtures.colleague, fixtures)
        try request.perform(.save(RequestChange(title: "Better")), by: fixtures.colleague, fixtures)
        #expect(throws: RequestError.notAllowed("hand in this request")) {
            try request.perform(.submit, by: fixtures.colleague, fixtures)
        }
        try request.perform(.transfer(to: fixtures.colleague.id), by: fixtures.anna, fixtures)
        #expect(request.applicant.id == fixtures.colleague.id)
        #expect(request.collaborators.map(\.id) == [fixtures.anna.id])
        try request.perform(.removeCollaborator(fixtures.anna.id), by: fixtures.anna, fixtures)
        #expect(!request.isReadable(by: fixtures.anna))
    }

    @Test func messagesReachThoseTheyAreForAndNobodyElse() throws {
        let fixtures = try RequestFixtures()
        var request = try inReview(fixtures)
        func write(_ audience: RequestMessage.Audience, by person: Person) throws {
            try request.perform(.write(RequestMessage(audience: audience, text: "Words")), by: person, day: 2, fixtures)
        }
        try write(.everybody, by: fixtures.anna)
        try write(.applicantAndSite(fixtures.one), by: fixtures.anna)
        try write(.withinSite(fixtures.one), by: fixtures.carla)
        func readers(_ place: Int) -> [String] {
            fixtures.everybody.filter { person in
                request.messages(for: person).contains(request.messages[place])
            }.map(\.name)
        }
        #expect(readers(0) == ["Anna", "Carla", "Carlo", "Dora", "Manager", "Operator", "Auditor"])
        #expect(readers(1) == ["Anna", "Carla", "Carlo", "Manager", "Operator"])
        #expect(readers(2) == ["Carla", "Carlo", "Manager"])
        #expect(throws: RequestError.self) { try write(.withinSite(fixtures.one), by: fixtures.anna) }
        #expect(throws: RequestError.self) { try write(.withinSite(fixtures.one), by: fixtures.dora) }
        #expect(throws: RequestError.self) { try write(.applicantAndSite(fixtures.one), by: fixtures.dora) }
        #expect(throws: RequestError.unknown) { try write(.everybody, by: fixtures.stranger) }
    }

    @Test func aSiteThatDoesNotAnswerIsRemindedThenEscalatedThenLeftOut() throws {
        let fixtures = try RequestFixtures()
        var request = try inReview(fixtures, sites: [fixtures.one])
        #expect(try request.tick(day: 53, fixtures).isEmpty)
        #expect(
            try request.tick(day: 54, fixtures) == [.remind(RequestReminder(party: .committee, site: fixtures.one))])
        #expect(try request.tick(day: 55, fixtures).isEmpty)
        #expect(try request.tick(day: 62, fixtures) == [.site(fixtures.one, .markUnreachable)])
        #expect(request.duties(fixtures.rules).map(\.party) == [.federationOperator])
        // Called again, it has its days anew.
        var again = request
        try again.perform(.site(fixtures.one, .contact(votes: 1)), by: fixtures.operatorPerson, day: 70, fixtures)
        #expect(again.duties(fixtures.rules).map(\.due) == [fixtures.start.addingTimeInterval(130 * 86_400)])
        try request.tick(day: 123, fixtures)
        #expect(request[fixtures.one]?.state == .expired)
        #expect(request.state == .concluded)
    }

    @Test func aPauseIsNobodysDelay() throws {
        let fixtures = try RequestFixtures()
        var request = try inReview(fixtures, sites: [fixtures.one])
        try request.perform(.pause(reason: "Holiday"), by: fixtures.anna, day: 10, fixtures)
        #expect(throws: RequestError.self) {
            try request.perform(.site(fixtures.one, .takeUp), by: fixtures.carla, day: 11, fixtures)
        }
        try request.perform(.resume, by: fixtures.anna, day: 40, fixtures)
        #expect(request.duties(fixtures.rules).map(\.due) == [fixtures.start.addingTimeInterval(91 * 86_400)])
    }

    @Test func changesThatASiteWantedVoidTheVotesOnTheOldAnswers() throws {
        var fixtures = try RequestFixtures()
        fixtures.rules.votes = [fixtures.one: 2]
        var request = try inReview(fixtures)
        try request.perform(.site(fixtures.one, .takeUp), by: fixtures.carla, day: 2, fixtures)
        try request.perform(.site(fixtures.one, .dataAvailable), by: fixtures.carla, day: 2, fixtures)
        try request.perform(.site(fixtures.one, .grant(fixtures.grant)), by: fixtures.carla, day: 2, fixtures)
        #expect(throws: RequestError.self) {
            try request.perform(.save(RequestChange(answers: ["a": .text("b")])), by: fixtures.anna, day: 3, fixtures)
        }
        try request.perform(.site(fixtures.two, .returnForChanges(reason: "Why?")), by: fixtures.dora, day: 3, fixtures)
        // The sites and the query stay: what others judge is not exchanged under their hands.
        #expect(throws: RequestError.self) {
            try request.perform(.save(RequestChange(query: "modality = CT")), by: fixtures.anna, day: 3, fixtures)
        }
        try request.perform(.save(RequestChange(answers: ["a": .text("b")])), by: fixtures.anna, day: 3, fixtures)
        try request.perform(.site(fixtures.two, .resubmit), by: fixtures.anna, day: 3, fixtures)
        #expect(request[fixtures.one]?.votes.isEmpty == true)
        #expect(request.submission == 2)
        #expect(request[fixtures.two]?.state == .checking)
    }

    @Test func aDraftThatNobodyTouchesExpires() throws {
        let fixtures = try RequestFixtures()
        var request = try fixtures.draft()
        try request.perform(.save(RequestChange(title: "Later")), by: fixtures.anna, day: 100, fixtures)
        try request.tick(day: 279, fixtures)
        #expect(request.state == .draft)
        try request.tick(day: 281, fixtures)
        #expect(request.state == .expired)
    }

    @Test func theHistoryMakesTheSameRequestAndNoOther() throws {
        let fixtures = try RequestFixtures()
        var (request, events) = try AccessRequest.begin(
            id: "r1",
            RequestStart(
                title: "T", applicant: Participant(fixtures.anna), query: "",
                sites: [RequestedSite(site: fixtures.one)],
                form: "default"), by: fixtures.anna, at: fixtures.start)
        let steps: [(RequestAction, Person)] = [
            (.submit, fixtures.anna), (.approve, fixtures.operatorPerson),
            (.site(fixtures.one, .takeUp), fixtures.carla),
            (.site(fixtures.one, .dataAvailable), fixtures.carla),
            (.site(fixtures.one, .grant(fixtures.grant)), fixtures.carla),
        ]
        for (action, person) in steps {
            let new = try request.decide(action, by: .person(person), at: fixtures.start, rules: fixtures.rules)
            for event in new { try request.apply(event) }
            events += new
        }
        let stored = try JSONEncoder().encode(events)
        let read = try JSONDecoder().decode([RequestEvent].self, from: stored)
        #expect(try AccessRequest(id: "r1", events: read) == request)
        // Without any one of them, or in another order, they are no history.
        for place in events.indices {
            var shorter = events
            shorter.remove(at: place)
            if place < events.count - 1 {
                #expect(throws: RequestError.self) { try AccessRequest(id: "r1", events: shorter) }
            }
        }
        var turned = events
        turned.swapAt(2, 3)
        #expect(throws: RequestError.self) { try AccessRequest(id: "r1", events: turned) }
    }

    @Test func whatCannotBeTakenIsRefusedInWords() throws {
        let fixtures = try RequestFixtures()
        var request = try inReview(fixtures, sites: [fixtures.one])
        try request.perform(.site(fixtures.one, .takeUp), by: fixtures.carla, day: 2, fixtures)
        try request.perform(.site(fixtures.one, .dataAvailable), by: fixtures.carla, day: 2, fixtures)
        func refusal(_ action: RequestAction, by person: Person) -> String {
            do {
                _ = try request.decide(action, by: .person(person), at: fixtures.start, rules: fixtures.rules)
                return ""
            } catch { return "\(error)" }
        }
        var grant = fixtures.grant
        grant.until = fixtures.start
        #expect(
            refusal(.site(fixtures.one, .grant(grant)), by: fixtures.carla)
                == "The last day of the grant is over already.")
        grant.until = fixtures.start.addingTimeInterval(11 * 366 * 86_400)
        #expect(
            refusal(.site(fixtures.one, .grant(grant)), by: fixtures.carla) == "A grant ends after 10 years at most.")
        #expect(refusal(.site(fixtures.one, .refuse(reason: " ")), by: fixtures.carla) == "The reason is empty.")
        let long = String(repeating: "x", count: 20_001)
        #expect(
            refusal(.write(RequestMessage(audience: .everybody, text: long)), by: fixtures.carla)
                == "The message is longer than 20000 bytes.")
        #expect(
            refusal(.write(RequestMessage(audience: .everybody, text: "a\u{202E}b")), by: fixtures.carla)
                == "The message holds characters that do not print.")
        #expect(
            refusal(.site(fixtures.one, .takeUp), by: fixtures.carla)
                == "This cannot be done now: at this site the request is with the site's committee.")
    }
}
