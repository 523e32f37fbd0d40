public import Federation
import FoundationEssentials
public import Governance
public import Logging
public import Rounds
public import Runtime

/// Runs federated analyses: sends each round to the sites, sums what they answer, and goes on until there is an outcome.
///
/// What decides is ``RunMachine``; this is its shell: messages, clocks, files. A run is on disk with every message, so
/// that a hub that is killed in the middle goes on where it was.
public actor RunOffice {
    /// What listeners are told: the run as it stands after each exchange.
    public typealias Events = AsyncStream<Run>

    /// At most this many runs at a time.
    public static let maximumRunning = 64
    /// Of the latest so many, a list shows those that its reader may look at.
    private static let lookedAt = 1000
    /// How long a site that is not there is waited for at the beginning, in seconds.
    private static let invitationPatience: Double = 15

    private struct Active {
        var run: Run
        var listeners: [Int: Events.Continuation] = [:]
        var nextListener = 0
        /// Counts exchanges, so that what belongs to an earlier one is known.
        var exchange = 0
        var sent: ContinuousClock.Instant?
        var work: [Task<Void, Never>] = []
    }

    private let federation: FederationHub
    private let store: RunStore
    private let clock: WallClock
    private let random: RandomSource
    private let logger: Logger
    private var active: [String: Active] = [:]
    /// Runs that are over, as lists show them.
    private var ended: [String: RunSummary] = [:]

    public init(
        federation: FederationHub, folder: String, files: any FileSystem, clock: WallClock, random: RandomSource,
        logger: Logger
    ) throws(FileError) {
        self.federation = federation
        store = try RunStore(folder: folder, files: files)
        self.clock = clock
        self.random = random
        self.logger = logger
    }

    /// Takes up the runs that were under way when the hub stopped.
    public func resume() async throws {
        for id in try store.ids() {
            guard let run = store.load(id), !run.isOver else { continue }
            active[id] = Active(run: run)
            if let message = run.message.flatMap({ MessageID($0) }) {
                listen(to: message, of: id)
            } else if var machine = active[id]?.run.machine {
                let actions = machine.begin()
                active[id]?.run.machine = machine
                await perform(actions, id)
            }
        }
    }

    /// Begins a run with the sites that are on line, and returns once it is on disk.
    ///
    /// - Parameter only: the names of the sites to ask; nil for all.
    public func start(
        _ plan: RunPlan, title: String, asker: PersonID, only: Set<String>? = nil
    ) async throws -> Run {
        guard active.count < Self.maximumRunning else { throw HubError.tooManyRuns }
        let sites = try federation.sites().filter { site in
            site.state == .admitted && site.isOnline && only?.contains(site.id.description) ?? true
        }
        guard !sites.isEmpty else { throw HubError.noSites }
        let id = random.identifier()
        var machine = try RunMachine(id: id, plan: plan, sites: sites.map(\.id.description))
        let actions = machine.begin()
        let run = Run(
            id: id, asker: asker, title: String(title.prefix(2000)), asked: clock.now, ended: nil, machine: machine,
            message: nil)
        try store.save(run)
        active[id] = Active(run: run)
        await perform(actions, id)
        return active[id]?.run ?? run
    }

    public func run(_ id: String) -> Run? { active[id]?.run ?? store.load(id) }

    /// The latest runs that somebody may look at.
    public func latest(_ count: Int, of person: Person) throws -> [RunSummary] {
        var found: [RunSummary] = []
        for id in try store.ids().prefix(Self.lookedAt) where found.count < count {
            if let summary = summary(id), Run.isVisible(of: summary.asker, to: person) { found.append(summary) }
        }
        return found.sorted { $0.asked > $1.asked }
    }

    /// A run that is over does not change: it is read once.
    private func summary(_ id: String) -> RunSummary? {
        if let run = active[id]?.run { return RunSummary(run) }
        if let known = ended[id] { return known }
        guard let run = store.load(id) else { return nil }
        if ended.count >= 2 * Self.lookedAt { ended = [:] }
        let summary = RunSummary(run)
        ended[id] = summary
        return summary
    }

    /// Ends a run before its time; false where it is over already, or unknown.
    public func cancel(_ id: String) async -> Bool {
        guard active[id] != nil else { return false }
        await handle(.cancel("it was cancelled"), of: id)
        return true
    }

    /// A run as it stands, and after each step, until it is over; nil where there is no such run.
    public func events(_ id: String) -> Events? {
        guard let run = run(id) else { return nil }
        let (stream, continuation) = AsyncStream.makeStream(of: Run.self, bufferingPolicy: .bufferingNewest(8))
        continuation.yield(run)
        guard let number = active[id]?.nextListener else {
            continuation.finish()
            return stream
        }
        active[id]?.nextListener += 1
        active[id]?.listeners[number] = continuation
        continuation.onTermination = { [weak self] _ in
            guard let self else { return }
            Task { await self.forget(listener: number, of: id) }
        }
        return stream
    }

    // MARK: Steps

    private func handle(_ event: RunMachine.Event, of id: String) async {
        guard var machine = active[id]?.run.machine else { return }
        let entries = machine.entries.count
        let actions = machine.handle(event)
        if !actions.isEmpty, entries > 0, let sent = active[id]?.sent {
            machine.note(milliseconds: sent.duration(to: .now) / .milliseconds(1), ofEntry: entries - 1)
        }
        active[id]?.run.machine = machine
        await perform(actions, id)
    }

    private func perform(_ actions: [RunMachine.Action], _ id: String) async {
        for action in actions {
            switch action {
            case .send(let payloads): await send(payloads, id)
            case .end(let payloads): await end(payloads, id)
            }
        }
    }

    private func send(_ payloads: [String: [UInt8]], _ id: String) async {
        guard let run = active[id]?.run else { return }
        active[id]?.exchange += 1
        for task in active[id]?.work ?? [] { task.cancel() }
        active[id]?.work = []
        do {
            let message = try await federation.send(
                kind: RunMessage.kind, payloads: Self.addressed(payloads),
                lifetime: .seconds(run.machine.plan.patience + 60))
            active[id]?.run.message = message.description
            active[id]?.sent = .now
            guard let changed = active[id]?.run else { return }
            // Answers are taken from now on; what is lost with a crash before this line is only asked again.
            try store.save(changed)
            listen(to: message, of: id)
            announce(id)
        } catch {
            logger.error("a run could not go on", metadata: ["run": "\(id)", "why": "\(error)"])
            await handle(.cancel("the hub could not send its messages: \(error)"), of: id)
        }
    }

    private func listen(to message: MessageID, of id: String) {
        guard let state = active[id] else { return }
        let exchange = state.exchange
        let replies = federation.replies(to: message)
        active[id]?.work.append(
            Task {
                for await reply in replies { await self.take(reply, of: id, exchange) }
            })
        let patience =
            state.run.machine.phase == .inviting
            ? min(Self.invitationPatience, state.run.machine.plan.patience) : state.run.machine.plan.patience
        active[id]?.work.append(
            Task {
                try? await Task.sleep(for: .seconds(patience))
                if !Task.isCancelled { await self.losePatience(id, exchange) }
            })
    }

    private func take(_ reply: Reply, of id: String, _ exchange: Int) async {
        guard active[id]?.exchange == exchange else { return }
        switch reply.outcome {
        case .answered(let bytes): await handle(.answer(site: reply.site.description, bytes), of: id)
        case .failed(let reason): await handle(.failure(site: reply.site.description, reason), of: id)
        }
    }

    private func losePatience(_ id: String, _ exchange: Int) async {
        guard active[id]?.exchange == exchange else { return }
        await handle(.deadline, of: id)
    }

    private func end(_ payloads: [String: [UInt8]], _ id: String) async {
        active[id]?.run.ended = clock.now
        guard let state = active.removeValue(forKey: id) else { return }
        do {
            try store.save(state.run)
        } catch {
            logger.error("a run's record could not be stored", metadata: ["run": "\(id)", "why": "\(error)"])
        }
        for listener in state.listeners.values {
            listener.yield(state.run)
            listener.finish()
        }
        for task in state.work { task.cancel() }
        guard !payloads.isEmpty else { return }
        // Courtesy: sites forget a run by themselves too.
        _ = try? await federation.send(
            kind: RunMessage.kind, payloads: Self.addressed(payloads), lifetime: .seconds(86_400))
    }

    private func announce(_ id: String) {
        guard let state = active[id] else { return }
        for listener in state.listeners.values { listener.yield(state.run) }
    }

    private func forget(listener: Int, of id: String) {
        active[id]?.listeners[listener] = nil
    }

    private static func addressed(_ payloads: [String: [UInt8]]) -> [SiteID: [UInt8]] {
        var addressed: [SiteID: [UInt8]] = [:]
        for (site, bytes) in payloads { if let id = SiteID(site) { addressed[id] = bytes } }
        return addressed
    }
}
