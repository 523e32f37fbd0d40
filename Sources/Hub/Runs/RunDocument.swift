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
    public let outcome: JSONText?
    /// The same as tables for people.
    public let tables: [ResultTable]?
    public let pictures: [Picture]?

    init(_ run: Run) {
        id = run.id
        title = run.title
        computation = run.machine.plan.computation
        asked = run.asked
        ended = run.ended
        var problem: String?
        switch run.machine.phase {
        case .inviting: state = "inviting"
        case .keying, .sharing: state = "masking"
        case .computing, .unmasking: state = "computing"
        case .done: state = "done"
        case .stopped(let why):
            state = "stopped"
            problem = why
        }
        self.problem = problem
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
        outcome = run.machine.outcome.flatMap { try? JSONDecoder().decode(JSONText.self, from: $0) }
    }
}

/// Any JSON, carried on as it is.
public enum JSONText: Codable, Sendable, Equatable {
    case null
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSONText])
    case object([String: JSONText])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONText].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONText].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
