import FoundationEssentials

/// Asks to be let in, with the keys that this site will sign and be sealed to with.
struct JoinBody: Sendable, Codable {
    let invitation: MessageID
    let name: String
    let country: String
    let signing: Data
    let agreement: Data
    /// See ``JoinProof``.
    let proof: Data
}

/// Asks for a fresh certificate; also how a site that waits learns that it was admitted.
struct RenewBody: Sendable, Codable {}

/// The answer to both.
struct StandingAnswer: Sendable, Codable {
    let admitted: Bool
    /// In DER, once admitted.
    let certificate: Data?
}

/// Asks for messages, and acknowledges those that are now on this site's disk.
struct PollBody: Sendable, Codable {
    let acknowledged: [MessageID]
    /// How long to wait when there are none.
    let waitMilliseconds: Int
}

struct PollAnswer: Sendable, Codable {
    let messages: [Envelope]
}

/// Hands in a message.
struct MessageBody: Sendable, Codable {
    let envelope: Envelope
}

struct MessageAnswer: Sendable, Codable {
    /// False where the very same message had been taken before: an earlier answer was lost on the way.
    let isNew: Bool
}
