public import FoundationEssentials
public import Rounds

/// A federated analysis: what was asked, and how far it has come.
public struct Run: Codable, Sendable {
    /// 32 hexadecimal digits.
    public let id: String
    /// What it is, as the asker wrote it: `cox(time, event ~ age)`.
    public let title: String
    public let asked: Date
    public var ended: Date?
    public var machine: RunMachine
    /// The message whose answers are waited for; nil before the first.
    var message: String?

    public var isOver: Bool { machine.phase.isOver }
}
