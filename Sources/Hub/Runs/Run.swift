public import FoundationEssentials
public import Governance
public import Rounds

/// A federated analysis: what was asked, and how far it has come.
public struct Run: Codable, Sendable {
    /// 32 hexadecimal digits.
    public let id: String
    /// Whose it is.
    public let asker: PersonID
    /// What it is, as the asker wrote it: `cox(time, event ~ age)`.
    public let title: String
    public let asked: Date
    public var ended: Date?
    public var machine: RunMachine
    /// The message whose answers are waited for; nil before the first.
    var message: String?

    /// Whether somebody may look at it.
    public func isVisible(to person: Person) -> Bool { Self.isVisible(of: asker, to: person) }

    /// Whether somebody may look at what `asker` asked: the asker, and those who watch over the federation.
    static func isVisible(of asker: PersonID, to person: Person) -> Bool {
        asker == person.id || person.holds(.federationOperator) || person.holds(.auditor)
    }

    public var isOver: Bool { machine.phase.isOver }
}
