import Crypto
import Federation
import FoundationEssentials
import Governance
import Logging
import Runtime

/// Where requests are written, handed in and decided: the one way from what somebody wants to do to what is stored.
struct RequestDesk: Sendable {
    let store: RequestStore
    let shelf: AttachmentShelf
    let form: AccessForm
    let access: AccessRules
    let identities: Identities
    let mail: MailRoom
    let board = PaceBoard()
    let logger: Logger

    var now: Date { identities.clock.now }
    var rules: RequestRules { access.rules }

    /// The request, where the person has a part in it. Others are told the same as of one that is not there.
    func record(_ id: String, for person: Person) throws(RequestError) -> RequestRecord {
        guard let record = try store.request(id), record.request.isReadable(by: person) else { throw .unknown }
        return record
    }

    /// Begins a request with a fresh name.
    func begin(_ start: RequestStart, by person: Person) throws -> AccessRequest {
        let (request, events) = try AccessRequest.begin(id: identities.random.identifier(), start, by: person, at: now)
        try store.append(events, to: 0, making: request, rules)
        try identities.record(.requestBegun, person.id)
        return request
    }

    /// Does something to a request. `version` is the one that the person saw: where others have changed it since, they
    /// look again first. Without one, what is done fits whatever others do meanwhile, as a message does.
    @discardableResult
    func perform(
        _ action: RequestAction, on id: String, by actor: RequestActor, seen version: Int?
    ) throws -> AccessRequest {
        var attempts = 0
        while true {
            guard let request = try store.request(id)?.request else { throw RequestError.unknown }
            if let version, version != request.version {
                // Who may not see it is not told that it changed.
                if case .person(let person) = actor, !request.isReadable(by: person) { throw RequestError.unknown }
                throw RequestError.changed(since: version, now: request.version)
            }
            try check(action, on: request)
            let events = try request.decide(action, by: actor, at: now, rules: rules)
            var after = request
            for event in events { try after.apply(event) }
            do {
                try store.append(events, to: request.version, making: after, rules)
                try follow(events, after)
                return after
            } catch RequestError.changed(let since, let now) {
                attempts += 1
                guard version == nil, attempts < 5 else { throw RequestError.changed(since: since, now: now) }
            }
        }
    }

    /// What the form and the terms of use say before it counts.
    private func check(_ action: RequestAction, on request: AccessRequest) throws(RequestError) {
        switch action {
        case .save(let change):
            var answers = request.answers
            for (field, answer) in change.answers { answers[field] = answer }
            for field in change.emptied { answers[field] = nil }
            if let problem = form.unacceptable(answers).first { throw .invalid("\(problem.field): \(problem.message)") }
        case .submit, .site(_, .resubmit):
            let problems = form.problems(request.answers)
            guard problems.isEmpty else {
                let names = problems.prefix(5).map { form.field($0.field)?.label.english ?? $0.field }
                throw .invalid("The form is not complete: \(names.joined(separator: "; ")).")
            }
            let refused = uses(request).filter { $0.check.outcome == .refused }
            guard refused.isEmpty else {
                let names = refused.map { "\($0.dataSet ?? "all data") of \($0.site)" }
                throw .invalid(
                    "The terms of use of \(names.joined(separator: "; ")) do not allow this purpose. Leave them out, or change what you ask for."
                )
            }
        default: return
        }
    }

    /// What the terms of use of each data set say to the request.
    func uses(_ request: AccessRequest) -> [RequestUse] {
        let purpose = form.purpose(request.answers)
        return request.sites.flatMap { site in
            (site.dataSets.isEmpty ? [nil] : site.dataSets.map(Optional.init)).map { dataSet in
                RequestUse(
                    site: site.site, dataSet: dataSet,
                    check: DataUseCheck(access.terms(of: dataSet, at: site.site), for: purpose))
            }
        }
    }

    /// Lets the clock do what is due everywhere.
    func tick() {
        do {
            for id in try store.waking(at: now) { tick(id) }
            // Kept at hand, so that no page waits for it.
            _ = try board.pace(store, at: now)
        } catch {
            logger.error("requests: \(error)")
        }
    }

    private func tick(_ id: String) {
        do {
            guard let request = try store.request(id)?.request else { return }
            for action in request.clockActions(at: now, rules) {
                // An earlier one of these may have concluded the request.
                do { try perform(action, on: id, by: .clock, seen: nil) } catch RequestError.notNow {}
            }
        } catch {
            logger.error("request \(id): \(error)")
        }
    }

    private func follow(_ events: [RequestEvent], _ request: AccessRequest) throws {
        for event in events {
            if let kind = event.action.auditKind { try identities.record(kind, event.by) }
            // A mail that cannot be written must not undo a decision that is stored.
            do { try mail.tell(event, of: request, identities) } catch { logger.error("mail: \(error)") }
        }
    }
}

/// What the terms of one data set say.
struct RequestUse: Sendable, Equatable {
    let site: SiteID
    /// nil for all that the site has.
    let dataSet: String?
    let check: DataUseCheck
}

extension AuditEvent.Kind {
    static let requestBegun = Self("request.begun")
    static let requestHandedIn = Self("request.handed-in")
    static let requestApproved = Self("request.approved")
    static let requestDeclined = Self("request.declined")
    static let requestWithdrawn = Self("request.withdrawn")
    static let requestGranted = Self("request.granted")
    static let requestVoted = Self("request.voted")
    static let requestRefused = Self("request.refused")
    static let requestRevoked = Self("request.revoked")
    static let requestExpired = Self("request.expired")
    static let requestHandedOn = Self("request.handed-on")
}

extension RequestAction {
    /// What the audit log says of it; nil for words and drafts.
    var auditKind: AuditEvent.Kind? {
        switch self {
        case .submit: .requestHandedIn
        case .approve: .requestApproved
        case .decline: .requestDeclined
        case .withdraw, .site(_, .withdraw): .requestWithdrawn
        case .transfer: .requestHandedOn
        case .expire, .site(_, .expire): .requestExpired
        case .site(_, .grant): .requestGranted
        case .site(_, .vote): .requestVoted
        case .site(_, .refuse), .site(_, .stepAway), .site(_, .dataUnavailable): .requestRefused
        case .site(_, .revoke): .requestRevoked
        default: nil
        }
    }
}
