import Federation
import FoundationEssentials
import GRDB
import Governance
import Runtime
import TestSupport
import Testing

@Suite struct RequestStoreTests {
    private let folder = TemporaryFolder("requests")

    private func store() throws -> RequestStore {
        try RequestStore(path: folder.file("requests.sqlite"), files: PosixFileSystem())
    }

    private func add(
        _ id: String, title: String = "Breast MRI", to store: RequestStore, _ fixtures: RequestFixtures,
        steps: [(RequestAction, Person)] = []
    ) throws {
        let (first, begun) = try AccessRequest.begin(
            id: id,
            RequestStart(
                title: title, applicant: Participant(fixtures.anna), query: "modality = MR",
                sites: [RequestedSite(site: fixtures.one), RequestedSite(site: fixtures.two)], form: "default"),
            by: fixtures.anna, at: fixtures.start)
        var (request, events) = (first, begun)
        for (action, person) in steps {
            let new = try request.decide(action, by: .person(person), at: fixtures.start, rules: fixtures.rules)
            for event in new { try request.apply(event) }
            events += new
        }
        try store.append(events, to: 0, making: request, fixtures.rules)
    }

    @Test func whatWasStoredIsReadAsItWas() throws {
        let fixtures = try RequestFixtures()
        do {
            try add(
                "a", to: try store(), fixtures, steps: [(.submit, fixtures.anna), (.approve, fixtures.operatorPerson)])
        }
        let record = try #require(try store().request("a"))
        #expect(record.request.state == .inReview)
        #expect(record.events.count == 5)
        #expect(try store().request("b") == nil)
    }

    @Test func theSecondOfTwoWhoChangeTheSameRequestIsTold() throws {
        let fixtures = try RequestFixtures()
        let store = try store()
        try add("a", to: store, fixtures)
        let before = try #require(try store.request("a")).request
        for title in ["One", "Two"] {
            let events = try before.decide(
                .save(RequestChange(title: title)), by: .person(fixtures.anna), at: fixtures.start,
                rules: fixtures.rules)
            var after = before
            for event in events { try after.apply(event) }
            if title == "One" {
                try store.append(events, to: before.version, making: after, fixtures.rules)
            } else {
                #expect(throws: RequestError.changed(since: 1, now: 2)) {
                    try store.append(events, to: before.version, making: after, fixtures.rules)
                }
            }
        }
        #expect(try #require(try store.request("a")).request.title == "One")
    }

    @Test func eventsAreNeitherChangedNorTakenAway() throws {
        let fixtures = try RequestFixtures()
        try add("a", to: try store(), fixtures, steps: [(.submit, fixtures.anna), (.approve, fixtures.operatorPerson)])
        let queue = try DatabaseQueue(path: folder.file("requests.sqlite"))
        for sql in ["UPDATE event SET number = 7", "DELETE FROM event"] {
            #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
        }
        // Who takes the triggers off and alters what happened is found at the next look.
        try queue.write { database in
            try database.execute(sql: "DROP TRIGGER eventIsKept")
            try database.execute(sql: "DELETE FROM event WHERE number = 2")
        }
        #expect(throws: RequestError.corrupt(event: 3)) { try store().request("a") }
    }

    @Test func eachSeesTheirOwnList() throws {
        let fixtures = try RequestFixtures()
        let store = try store()
        try add("draft", to: store, fixtures)
        try add("submitted", to: store, fixtures, steps: [(.submit, fixtures.anna)])
        try add(
            "review", to: store, fixtures, steps: [(.submit, fixtures.anna), (.approve, fixtures.operatorPerson)])
        try add(
            "settled", to: store, fixtures,
            steps: [
                (.submit, fixtures.anna), (.approve, fixtures.operatorPerson),
                (.site(fixtures.one, .stepAway(reason: "no")), fixtures.carla),
            ])
        func ids(_ filter: RequestFilter) throws -> Set<String> { Set(try store.list(filter).requests.map(\.id)) }
        #expect(try ids(RequestFilter(.person(fixtures.anna.id))) == ["draft", "submitted", "review", "settled"])
        #expect(try ids(RequestFilter(.person(fixtures.stranger.id))) == [])
        #expect(try ids(RequestFilter(.all)) == ["submitted", "review", "settled"])
        #expect(try ids(RequestFilter(.sites([fixtures.one]))) == ["review", "settled"])
        #expect(try ids(RequestFilter(.sites([fixtures.one]), isOpenAtSite: true)) == ["review"])
        #expect(
            try ids(RequestFilter(.sites([fixtures.one, fixtures.two]), isOpenAtSite: true)) == ["review", "settled"])
        #expect(try ids(RequestFilter(.all, states: [.submitted])) == ["submitted"])
        let one = try #require(try store.list(RequestFilter(.all, states: [.submitted])).requests.first)
        #expect(one.applicant == "Anna")
        #expect(one.sites.map(\.state) == [.waiting, .waiting])
        #expect(one.due == fixtures.start.addingTimeInterval(10 * 86_400))
    }

    @Test(
        arguments: [
            "'; DROP TABLE request; --", "%' OR '1'='1", "\" OR 1=1 --", "\\", "%", "_", "a\u{0}b",
            "x' UNION SELECT * FROM event --",
        ])
    func aFilterIsWordsAndNothingElse(_ words: String) throws {
        let fixtures = try RequestFixtures()
        let store = try store()
        try add("a", to: store, fixtures)
        #expect(try store.list(RequestFilter(.person(fixtures.anna.id), words: words)).requests.isEmpty)
        #expect(try store.list(RequestFilter(.person(fixtures.anna.id), words: "breast m")).requests.count == 1)
    }

    @Test func theClockFindsWhatIsDueAndOnlyThat() throws {
        let fixtures = try RequestFixtures()
        let store = try store()
        try add("a", to: store, fixtures, steps: [(.submit, fixtures.anna)])
        func waking(_ day: Double) throws -> [String] {
            try store.waking(at: fixtures.start.addingTimeInterval(day * 86_400))
        }
        // The operator has ten days, and is reminded seven days before they end.
        #expect(try waking(2.9) == [])
        #expect(try waking(3) == ["a"])
        let request = try #require(try store.request("a")).request
        #expect(request.nextWake(fixtures.rules) == fixtures.start.addingTimeInterval(3 * 86_400))
        #expect(
            request.clockActions(at: fixtures.start.addingTimeInterval(3 * 86_400), fixtures.rules)
                == [.remind(RequestReminder(party: .federationOperator, site: nil))])
    }

    @Test func paceIsTheMedianOfWhatEachSiteTook() throws {
        var fixtures = try RequestFixtures()
        fixtures.rules.siteDays = 5
        let store = try store()
        for (number, days) in [2.0, 4, 12].enumerated() {
            var request = try fixtures.draft(sites: [fixtures.one])
            let first = request
            var events: [RequestEvent] = []
            func perform(_ action: RequestAction, _ person: Person, _ day: Double) throws {
                let new = try request.decide(
                    action, by: .person(person), at: fixtures.start.addingTimeInterval(day * 86_400),
                    rules: fixtures.rules)
                for event in new { try request.apply(event) }
                events += new
            }
            try perform(.submit, fixtures.anna, 0)
            try perform(.approve, fixtures.operatorPerson, 0)
            try perform(.site(fixtures.one, .takeUp), fixtures.carla, days / 2)
            if number < 2 { try perform(.site(fixtures.one, .dataUnavailable(reason: "none")), fixtures.carla, days) }
            let begun = try AccessRequest.begin(
                id: "r\(number)",
                RequestStart(
                    title: "T", applicant: Participant(fixtures.anna), query: "",
                    sites: [RequestedSite(site: fixtures.one)],
                    form: "f"), by: fixtures.anna, at: fixtures.start
            ).events
            #expect(first.version == 1)
            try store.append(
                begun + events, to: 0, making: try AccessRequest(id: "r\(number)", events: begun + events),
                fixtures.rules)
        }
        let pace = try store.pace(at: fixtures.start.addingTimeInterval(30 * 86_400))
        #expect(
            pace == [
                // Answers after 1, 2 and 6 days; decisions after 2 and 4.
                SitePace(
                    site: fixtures.one, told: 3, decided: 2, granted: 0, waiting: 1, overdue: 1, daysToAnswer: 2,
                    daysToDecide: 3)
            ])
    }
}
