import Federation
import FoundationEssentials
import Governance
import Testing

/// People, sites and a request for tests.
struct RequestFixtures {
    let one: SiteID
    let two: SiteID
    let anna: Person
    let colleague: Person
    /// On the committee of site one.
    let carla: Person
    let carlo: Person
    /// On the committee of site two.
    let dora: Person
    /// Runs the node of site one.
    let manager: Person
    let operatorPerson: Person
    let stranger: Person
    let auditor: Person
    var rules = RequestRules()
    let start = Date(timeIntervalSince1970: 1_800_000_000)

    init() throws {
        one = try #require(SiteID("one"))
        two = try #require(SiteID("two"))
        func person(_ name: String, _ roles: RoleGrant?...) throws -> Person {
            Person(
                id: try #require(PersonID("local:\(name)")), name: name.capitalized, email: "\(name)@example.org",
                roles: Set(roles.compactMap { $0 }))
        }
        anna = try person("anna", RoleGrant(.researcher))
        colleague = try person("colleague", RoleGrant(.researcher))
        carla = try person("carla", RoleGrant(.committeeMember, at: one))
        carlo = try person("carlo", RoleGrant(.committeeMember, at: one))
        dora = try person("dora", RoleGrant(.committeeMember, at: two))
        manager = try person("manager", RoleGrant(.dataManager, at: one))
        operatorPerson = try person("operator", RoleGrant(.federationOperator))
        stranger = try person("stranger", RoleGrant(.researcher))
        auditor = try person("auditor", RoleGrant(.auditor))
    }

    var everybody: [Person] { [anna, colleague, carla, carlo, dora, manager, operatorPerson, stranger, auditor] }

    func draft(sites: [SiteID]? = nil) throws -> AccessRequest {
        try AccessRequest.begin(
            id: "r1",
            RequestStart(
                title: "Breast MRI", applicant: Participant(anna), query: "modality = MR",
                sites: (sites ?? [one, two]).map { RequestedSite(site: $0) }, form: "default"),
            by: anna, at: start
        ).request
    }

    var grant: AccessGrant {
        AccessGrant(dataSets: [], outputs: [.counts], until: start.addingTimeInterval(200 * 86_400))
    }
}

extension AccessRequest {
    /// Does something and takes in what follows, as the store would.
    mutating func perform(
        _ action: RequestAction, by person: Person, day: Double = 0, _ fixtures: RequestFixtures
    ) throws {
        for event in try decide(
            action, by: .person(person), at: fixtures.start.addingTimeInterval(day * 86_400), rules: fixtures.rules)
        {
            try apply(event)
        }
    }

    /// Lets the clock do what it has to, and says what that was.
    @discardableResult mutating func tick(day: Double, _ fixtures: RequestFixtures) throws -> [RequestAction] {
        let now = fixtures.start.addingTimeInterval(day * 86_400)
        let actions = clockActions(at: now, fixtures.rules)
        for action in actions {
            for event in try decide(action, by: .clock, at: now, rules: fixtures.rules) { try apply(event) }
        }
        return actions
    }
}
