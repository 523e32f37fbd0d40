public import Cohort
public import Federation
import FoundationEssentials
public import Logging
public import Runtime

/// Asks the federation's sites and gathers their answers: the hub's side of a federated count.
///
/// The hub sees a query, and per site the counts that the site's own disclosure rule let out. A question is on disk
/// before anyone is told that it was asked; after a restart the open ones go on where they were.
public actor Explorer {
    /// What happens to a question while its answers come in.
    public enum Event: Sendable, Equatable {
        case site(SiteResult)
        case total(FederationTotal)
        /// Everything that could be expected has come, or patience ran out.
        case done
    }

    /// At most this many questions are being counted at a time.
    public static let maximumCounting = 256
    /// At most this many questions wait for sites that are off line; the oldest gives way.
    public static let maximumWaiting = 2048
    /// The largest answer that is taken from a site, in bytes.
    static let largestAnswer = 256 << 10

    private let federation: FederationHub
    private let store: QuestionStore
    private let clock: WallClock
    private let random: RandomSource
    private let patience: Int
    private let logger: Logger
    private var open: [String: OpenQuestion] = [:]
    /// Questions that are on their way to the mailboxes.
    private var starting = 0

    /// How long a question waits for sites that are off line.
    private static let lifetime: Double = 600

    private struct OpenQuestion {
        var question: Question
        let started: ContinuousClock.Instant?
        var listeners: [Int: AsyncStream<Event>.Continuation] = [:]
        var nextListener = 0
        var work: [Task<Void, Never>] = []
    }

    public init(
        federation: FederationHub, folder: String, files: any FileSystem, clock: WallClock,
        random: RandomSource, patience: Int, logger: Logger
    ) throws(FileError) {
        self.federation = federation
        store = try QuestionStore(folder: folder, files: files)
        self.clock = clock
        self.random = random
        self.patience = patience
        self.logger = logger
    }

    /// Takes up the questions that were open when the hub stopped.
    public func resume() throws(FileError) {
        for question in try store.open(at: clock.now) where question.results.contains(where: \.state.isOpen) {
            open[question.id] = OpenQuestion(question: question, started: nil)
            gather(question.id)
        }
    }

    /// Asks every admitted site, and returns the question as soon as it is safely on its way.
    ///
    /// - Parameters:
    ///   - id: its name, where the asker has given it one that no other question has: 32 hexadecimal digits.
    ///   - only: the names of the sites to ask; nil for all.
    ///   - reports: what became of the criteria of another front end.
    public func ask(
        _ query: CohortQuery, id: String? = nil, only: Set<String>? = nil, reports: [ConditionReport]? = nil
    ) async throws -> Question {
        let counting = open.values.count { !$0.question.isDone } + starting
        guard counting < Self.maximumCounting else { throw HubError.tooManyQuestions }
        starting += 1
        defer { starting -= 1 }
        makeRoom()
        let sites = try federation.sites().filter { $0.state == .admitted && only?.contains($0.id.description) ?? true }
        guard !sites.isEmpty else { throw HubError.noSites }
        let started = ContinuousClock.now
        let asked = clock.now
        let message = try await federation.send(
            kind: CohortMessage.count, payload: query.json(), to: sites.map(\.id), lifetime: .seconds(Self.lifetime))
        let question = Question(
            id: id ?? random.identifier(), query: query, text: query.text, asked: asked,
            expires: asked.addingTimeInterval(Self.lifetime), message: message.description,
            results: sites.map { site in
                SiteResult(
                    site: .init(id: site.id.description, name: site.name, country: site.country),
                    state: site.isOnline ? .waiting : .offline,
                    reason: site.isOnline ? nil : "not connected; the question waits for it until it expires")
            },
            isDone: false, reports: reports)
        try store.save(question)
        open[question.id] = OpenQuestion(question: question, started: started)
        gather(question.id)
        // With nobody on line there is nothing to be patient for.
        if !question.results.contains(where: { $0.state == .waiting }) { finish(question.id) }
        return question
    }

    /// A question and what is known of its answer; nil where no question is called so.
    public func question(_ id: String) -> Question? {
        if let question = open[id]?.question { return question }
        guard var question = store.load(id) else { return nil }
        // One that ran out while the hub was down: nothing more will come.
        question.isDone = true
        return question
    }

    /// Closes the question that has waited longest where there are too many. Its link keeps showing what it has.
    private func makeRoom() {
        guard open.count >= Self.maximumWaiting else { return }
        let waiting = open.values.map(\.question).filter(\.isDone)
        if let oldest = waiting.min(by: { $0.asked < $1.asked }) { close(oldest.id) }
    }

    /// A question's results so far and every one that follows, ending with `.done`; nil where there is no such question.
    public func events(_ id: String) -> AsyncStream<Event>? {
        guard let question = question(id) else { return nil }
        let (stream, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(1024))
        for result in question.results { continuation.yield(.site(result)) }
        continuation.yield(.total(question.total))
        guard !question.isDone, let number = open[id]?.nextListener else {
            continuation.yield(.done)
            continuation.finish()
            return stream
        }
        open[id]?.nextListener += 1
        open[id]?.listeners[number] = continuation
        continuation.onTermination = { [weak self] _ in
            guard let self else { return }
            // The listener went away (a browser tab was closed): nothing to wait for.
            Task { await self.forget(listener: number, of: id) }
        }
        return stream
    }

    /// Waits until a question is done and returns it; nil where there is no such question.
    public func finished(_ id: String) async -> Question? {
        guard let events = events(id) else { return nil }
        for await event in events where event == .done { break }
        return question(id)
    }

    /// Deletes questions that were asked longer ago than `days`.
    public func forget(olderThan days: Int) {
        do {
            try store.forget(before: clock.now.addingTimeInterval(-86_400 * Double(days)))
        } catch {
            logger.warning("old questions could not be cleared away, and will be tried again tomorrow: \(error)")
        }
    }

    // MARK: Gathering

    private func gather(_ id: String) {
        guard let question = open[id]?.question, let message = MessageID(question.message) else { return }
        let replies = federation.replies(to: message)
        open[id]?.work.append(
            Task {
                for await reply in replies { self.take(reply, of: id) }
                self.close(id)
            })
        let remaining = Double(patience) - clock.now.timeIntervalSince(question.asked)
        open[id]?.work.append(
            Task {
                try? await Task.sleep(for: .seconds(max(0, remaining)))
                if !Task.isCancelled { self.losePatience(id) }
            })
    }

    private func take(_ reply: Reply, of id: String) {
        guard let state = open[id] else { return }
        let answer: Result<SiteAnswer, SiteFailure>
        switch reply.outcome {
        case .answered(let payload) where payload.count > Self.largestAnswer:
            answer = .failure(SiteFailure(reason: "its answer was too large to be one"))
        case .answered(let payload):
            do {
                answer = .success(try JSONDecoder().decode(SiteAnswer.self, from: Data(payload)))
            } catch {
                answer = .failure(SiteFailure(reason: "its answer could not be read; the site may run another version"))
            }
        case .failed(let reason): answer = .failure(SiteFailure(reason: String(reason.prefix(300))))
        }
        let milliseconds = state.started.map { ($0.duration(to: .now) / .milliseconds(1)) }
        guard
            let changed = open[id]?.question.take(answer, from: reply.site.description, after: milliseconds)
        else { return }
        announce([changed], of: id)
        guard let question = open[id]?.question else { return }
        if !question.results.contains(where: { $0.state == .waiting }) { finish(id) }
        if !question.results.contains(where: \.state.isOpen) { close(id) }
    }

    private func losePatience(_ id: String) {
        let changed = open[id]?.question.losePatience() ?? []
        announce(changed, of: id)
        finish(id)
    }

    /// Tells those who listen that no more is expected soon; answers that come later are still added.
    private func finish(_ id: String) {
        guard let state = open[id], !state.question.isDone else {
            if let question = open[id]?.question { persist(question) }
            return
        }
        open[id]?.question.isDone = true
        for listener in state.listeners.values {
            listener.yield(.done)
            listener.finish()
        }
        open[id]?.listeners = [:]
        // Last: whoever waits need not wait for the disk, and after a crash the answers come from the mailboxes again.
        if let question = open[id]?.question { persist(question) }
    }

    /// Ends the work on a question for which nothing more can come.
    private func close(_ id: String) {
        finish(id)
        guard let state = open.removeValue(forKey: id) else { return }
        for task in state.work { task.cancel() }
    }

    private func announce(_ changed: [SiteResult], of id: String) {
        guard let state = open[id], !changed.isEmpty else { return }
        for listener in state.listeners.values {
            for result in changed { listener.yield(.site(result)) }
            listener.yield(.total(state.question.total))
        }
    }

    private func persist(_ question: Question) {
        do {
            try store.save(question)
        } catch {
            logger.error("a question's answers could not be stored: \(error)")
        }
    }

    private func forget(listener: Int, of id: String) {
        open[id]?.listeners[listener] = nil
    }
}
