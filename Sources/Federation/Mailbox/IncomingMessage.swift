public import FoundationEssentials

/// A message for this party, opened and with its sender's signature checked.
public struct IncomingMessage: Equatable, Sendable {
    public let id: MessageID
    public let kind: String
    public let sender: SiteID
    public let payload: [UInt8]
    public let issued: Date
    /// After this moment nobody waits for an answer.
    public let expires: Date

    public init(id: MessageID, kind: String, sender: SiteID, payload: [UInt8], issued: Date, expires: Date) {
        self.id = id
        self.kind = kind
        self.sender = sender
        self.payload = payload
        self.issued = issued
        self.expires = expires
    }
}

/// A failure whose reason may be told to the asker. Any other error that a handler throws is told as
/// "the site could not answer", so that no detail of the site's data leaves with it.
public struct TaskFailure: Error, Equatable, Sendable {
    /// One sentence, at most 300 characters, without anything about a patient.
    public let reason: String

    public init(_ reason: String) {
        self.reason = String(reason.prefix(300))
    }
}
