public import Federation

/// Whether the hub's log and a node's tell the same story about the messages between them.
public struct AuditComparison: Sendable, Hashable {
    /// A message of which one log knows and the other does not.
    public struct Difference: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            /// The node received a task that the hub's log does not show as sent: the hub hides it.
            case notSentByHub
            /// The hub accepted an answer that the node's log does not show: the node hides it.
            case answerNotGivenByNode
        }

        public let kind: Kind
        public let message: String
    }

    public let differences: [Difference]
    /// Messages that both logs show.
    public let agreed: Int

    /// Compares whole logs. Tasks that the hub sent and the node never received prove nothing: they may wait, or have
    /// expired; nor do answers that the hub has not accepted yet.
    public init(hub: [AuditEntry], node: [AuditEntry], site: SiteID) {
        func messages(_ entries: [AuditEntry], _ kind: AuditEvent.Kind, site: String?) -> Set<String> {
            Set(
                entries.filter { $0.kind == kind.text && (site == nil || $0.site == site) }.compactMap(\.message))
        }
        let sent = messages(hub, .taskSent, site: nil)
        let accepted = messages(hub, .answerAccepted, site: site.text)
        let received = messages(node, .taskReceived, site: SiteID.hub.text)
        let answered = messages(node, .taskAnswered, site: SiteID.hub.text)
        var found: [Difference] = []
        for message in received.subtracting(sent) { found.append(Difference(kind: .notSentByHub, message: message)) }
        for message in accepted.subtracting(answered) {
            found.append(Difference(kind: .answerNotGivenByNode, message: message))
        }
        differences = found.sorted { $0.message < $1.message }
        agreed = received.intersection(sent).count
    }
}
