public import FoundationEssentials
public import Governance
import Rounds

/// A run in a list: what it is and how far it has come, without its rounds and its outcome.
public struct RunSummary: Codable, Sendable {
    public let id: String
    public let asker: PersonID
    public let title: String
    public let asked: Date
    public let ended: Date?
    /// As in ``RunDocument/state``.
    public let state: String
    public let round: Int
    /// How many sites take part.
    public let sites: Int

    init(_ run: Run) {
        id = run.id
        asker = run.asker
        title = run.title
        asked = run.asked
        ended = run.ended
        state = run.machine.phase.word
        round = run.machine.round
        sites = run.machine.sites.count
    }
}

extension RunMachine.Phase {
    /// The word for it in documents.
    var word: String {
        switch self {
        case .inviting: "inviting"
        case .keying, .sharing: "masking"
        case .computing, .unmasking: "computing"
        case .done: "done"
        case .stopped: "stopped"
        }
    }
}
