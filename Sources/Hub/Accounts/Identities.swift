import Federation
import FoundationEssentials
import Governance
import Runtime

/// Everything the hub needs to know who somebody is: the store, the clock, the audit log, passwords and cookies.
final class Identities: Sendable {
    let store: PeopleStore
    let clock: WallClock
    let random: RandomSource
    let passwords: PasswordChecker
    let cookies: BrowserCookies
    let federation: String
    /// Where people reach the page: `https://hub.example.org`.
    let address: String
    private let audit: any AuditSink
    /// A burst of 50 refusals of one person, or of all strangers together, then two a second.
    private let refusals = QuestionThrottle(burst: 50, perSecond: 2)

    init(
        store: PeopleStore, clock: WallClock, random: RandomSource, cost: PasswordHash.Cost = .standard,
        configuration: HubConfiguration, audit: any AuditSink
    ) {
        self.store = store
        self.clock = clock
        self.random = random
        passwords = PasswordChecker(cost: cost, random: random)
        cookies = BrowserCookies(isSecure: configuration.needsSecureCookies)
        federation = configuration.name
        address = configuration.publicAddress
        self.audit = audit
    }

    /// Writes down what happened to whom. The person stands there as a hash of their id: the log holds no names.
    func record(_ kind: AuditEvent.Kind, _ person: PersonID?) throws {
        try audit.record(AuditEvent(kind, digest: person.map { Digest(sha256: Array($0.text.utf8)) }))
    }

    /// Writes down a refusal. Anybody can cause one without end, so beyond a rate they are not written one by one.
    func refuse(_ kind: AuditEvent.Kind, _ person: PersonID?) throws {
        guard refusals.allows(person?.text ?? "stranger") else { return }
        try record(kind, person)
    }

    /// Opens a session and returns it with the browser's secret: a new one each time, so that nobody can plant theirs.
    func open(
        _ person: PersonID, stage: Session.Stage, method: Session.Method, agent: String, replacing old: Session? = nil,
        with details: (inout Session) -> Void = { _ in }
    ) throws -> BrowserSecret {
        let secret = BrowserSecret(random)
        let now = clock.now
        var session = Session(
            hash: secret.hash, person: person, stage: stage, method: method, created: now, seen: now,
            expires: now.addingTimeInterval(stage == .full ? Session.longest : Session.unfinished),
            agent: String(agent.prefix(200)))
        details(&session)
        if let old { try store.endSession(old.hash) }
        try store.add(session)
        return secret
    }
}
