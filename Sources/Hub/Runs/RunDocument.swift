public import FoundationEssentials
public import Rounds

/// A run as the programming interface shows it.
public struct RunDocument: Codable, Sendable {
    public struct Site: Codable, Sendable {
        public let site: String
        /// `invited`, `taking part` or `out`.
        public let standing: String
        public let reason: String?
    }

    public let id: String
    public let title: String
    public let computation: String
    public let asked: Date
    public let ended: Date?
    /// `inviting`, `masking`, `computing`, `done` or `stopped`.
    public let state: String
    /// Why it stopped.
    public let problem: String?
    public let round: Int
    public let isMasked: Bool
    public let sites: [Site]
    public let exchanges: [RunEntry]
    /// What came out, as the computation writes it.
    public let outcome: JSONValue?
    /// The same as tables for people.
    public let tables: [ResultTable]?
    public let pictures: [Picture]?

    init(_ run: Run) {
        id = run.id
        title = run.title
        computation = run.machine.plan.computation
        asked = run.asked
        ended = run.ended
        state = run.machine.phase.word
        if case .stopped(let why) = run.machine.phase { problem = why } else { problem = nil }
        round = run.machine.round
        isMasked = run.machine.plan.isMasked
        sites = run.machine.members.values.sorted { $0.site < $1.site }.map { member in
            switch member.standing {
            case .invited: Site(site: member.site, standing: "invited", reason: nil)
            case .taking: Site(site: member.site, standing: "taking part", reason: nil)
            case .out(let why): Site(site: member.site, standing: "out", reason: why)
            }
        }
        exchanges = run.machine.entries
        let computation = try? run.machine.plan.checked()
        tables = run.machine.outcome.flatMap { outcome in try? computation?.tables([UInt8](outcome)) }
        pictures = run.machine.outcome.flatMap { outcome in try? computation?.pictures([UInt8](outcome)) }
        outcome = run.machine.outcome.flatMap { try? JSONDecoder().decode(JSONValue.self, from: $0) }
    }
}
