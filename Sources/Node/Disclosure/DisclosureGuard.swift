import Catalogue
import Cohort
import Crypto
import Federation
import FoundationEssentials
import Runtime

/// Where counts become answers: each under the site's rule, in the light of what its asker was told before, and
/// remembered on disk before it leaves.
actor DisclosureGuard {
    private let store: DisclosureStore
    private let rule: DisclosureRule
    private let memory: MemoryRule
    private let noise: NoiseSource
    private let clock: WallClock
    private var askers: [String: Told] = [:]
    /// The whole site, whose numbers are on its card, and the state of the index that it is of.
    private var site: (cohort: CountedCohort, token: Int64)?
    private var lastClearing = 0

    /// What one asker was told.
    private struct Told {
        var memory: QuestionMemory
        var answers: [String: Answered] = [:]
    }

    private struct Answered {
        var answer: SiteAnswer
        var members: CohortMembers
        /// The state of the index for which it is known to hold; nil where it was told by an earlier process.
        var token: Int64?
    }

    /// More askers than this are not kept in memory at the same time; what they were told stays on disk.
    private static let mostAskers = 16
    /// Bytes of memory for the cohorts of one asker; the oldest give way.
    private static let mostBytes = 16 << 20

    init(store: DisclosureStore, rule: DisclosureRule, memory: MemoryRule, noiseKey: [UInt8], clock: WallClock) {
        self.store = store
        self.rule = rule
        self.memory = memory
        self.clock = clock
        noise = NoiseSource { KeyedRandom(key: noiseKey, label: $0) }
    }

    /// Whether ``publish(_:of:)`` is due: the index has changed since.
    func needsSite(of token: Int64) -> Bool { site?.token != token }

    /// Takes in the whole site: its numbers are on the card, and known to everybody.
    func publish(_ cohort: CountedCohort, of token: Int64) {
        site = (cohort, token)
        for asker in askers.keys { tellSite(to: asker) }
    }

    /// The answer to the question for everything: the numbers of the card.
    func card(_ cohort: CountedCohort) -> SiteAnswer {
        var memory = QuestionMemory(threshold: rule.threshold)
        return memory.answer(.everything, cohort, rule: rule, noise: noise).answer
    }

    /// The answer to a question that was answered in the same state of the index; nil where there is none.
    func repeated(_ query: CohortQuery, for asker: Asker, in token: Int64) -> SiteAnswer? {
        let earlier = askers[asker.caller]?.answers[query.canonicalText]
        return earlier?.token == token ? earlier?.answer : nil
    }

    /// Answers a question.
    ///
    /// - Parameter token: the state of the index in which it was counted.
    /// - Throws: `TaskFailure` where the asker's privacy budget is spent, and what the store throws; then nothing may leave.
    func answer(
        _ query: CohortQuery, for asker: Asker, _ cohort: CountedCohort, withheldFacets: [String], in token: Int64
    ) throws -> SiteAnswer {
        let now = Int(clock.now.timeIntervalSince1970)
        guard rule.threshold > 1 || rule.noise != nil, memory.questions > 0 else {
            var memory = QuestionMemory(threshold: rule.threshold)
            return memory.answer(query, cohort, withheldFacets: withheldFacets, rule: rule, noise: noise).answer
        }
        var told = try told(to: asker.caller, at: now)
        // Held in one place only while it changes: it is large, and would be copied.
        askers[asker.caller] = nil
        defer { askers[asker.caller] = told }
        let question = query.canonicalText
        // Asked again: the same answer, until enough patients have changed that a difference tells of no small group.
        if let earlier = told.answers[question], earlier.members.changes(to: cohort.members) < rule.threshold,
            earlier.answer.threshold == rule.threshold
        {
            told.answers[question]?.token = token
            return earlier.answer
        }
        var (answer, entries) = told.memory.answer(
            query, cohort, withheldFacets: withheldFacets, rule: rule, noise: noise)
        answer.counted = Timestamp.text(clock.now)
        try record(answer, question, entries, cohort.members, asker, at: now)
        told.memory.forget(beyond: Self.mostBytes)
        if told.answers.count >= memory.questions { told.answers.removeAll() }
        told.answers[question] = Answered(answer: answer, members: cohort.members, token: token)
        return answer
    }

    private func record(
        _ answer: SiteAnswer, _ question: String, _ entries: [QuestionMemory.Entry], _ members: CohortMembers,
        _ asker: Asker, at now: Int
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let isRecorded = try store.record(
            DisclosureStore.Told(
                asker: asker.caller, moment: now, question: question, answer: [UInt8](try encoder.encode(answer)),
                members: ToldForm.bytes(members), entries: ToldForm.bytes(entries)),
            cost: rule.noise?.cost(facets: answer.facets.count) ?? 0, project: asker.project,
            budget: rule.noise?.budget)
        guard isRecorded else {
            throw TaskFailure(
                "the privacy budget that this site grants an asker is spent: it answers what it has answered before, and nothing new"
            )
        }
        guard now - lastClearing > 86_400 else { return }
        lastClearing = now
        try store.forget(before: now - memory.days * 86_400, keeping: memory.questions)
    }

    /// What an asker was told, from disk where this process has not told it.
    private func told(to asker: String, at now: Int) throws -> Told {
        if let told = askers[asker] { return told }
        if askers.count >= Self.mostAskers { askers.removeAll() }
        var told = Told(memory: QuestionMemory(threshold: rule.threshold))
        let since = now - memory.days * 86_400
        for one in try store.told(to: asker, since: since, atMost: memory.questions) {
            // What cannot be read is as if it had never been told, and that must not be.
            guard let entries = ToldForm.entries(one.entries), let members = ToldForm.members(one.members) else {
                throw IndexError.damaged
            }
            for entry in entries { told.memory.keep(entry) }
            if let answer = try? JSONDecoder().decode(SiteAnswer.self, from: Data(one.answer)) {
                told.answers[one.question] = Answered(answer: answer, members: members)
            }
        }
        askers[asker] = told
        tellSite(to: asker)
        return askers[asker] ?? told
    }

    private func tellSite(to asker: String) {
        guard let site else { return }
        _ = askers[asker]?.memory.answer(.everything, site.cohort, rule: rule, noise: noise)
    }
}

/// How much is remembered of what an asker was told.
public struct MemoryRule: Sendable, Equatable {
    /// Questions of one asker, at most; 0 remembers none.
    public var questions = 2000
    /// How long: days.
    public var days = 365

    public init() {}
}

/// Random numbers from HMAC-SHA256 of a label and a counter: the same for whoever has the key, unknown to others.
struct KeyedRandom: RandomNumberGenerator, Sendable {
    private let key: [UInt8]
    private let label: String
    private var counter: UInt64 = 0
    private var waiting: [UInt64] = []

    init(key: [UInt8], label: String) {
        self.key = key
        self.label = label
    }

    mutating func next() -> UInt64 {
        if let word = waiting.popLast() { return word }
        var message = Array(label.utf8)
        message += (0..<8).map { UInt8(truncatingIfNeeded: counter >> UInt64(8 * $0)) }
        counter &+= 1
        let code = Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
        waiting = (0..<4).map { part in
            code[8 * part..<8 * part + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        return waiting.popLast() ?? 0
    }
}
