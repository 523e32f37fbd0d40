import Runtime

/// One thing that was decided or done.
public struct AuditEvent: Hashable, Sendable {
    /// The name of what happened. It can only be made from text in the source code.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        public let text: String
        public init(_ name: StaticString) { text = name.description }
        public var description: String { text }
    }

    public var kind: Kind
    /// Whom it concerns.
    public var site: SiteID?
    public var message: MessageID?
    public var refusal: RefusalReason?
    /// SHA-256 of what it concerns: a certificate, a key, a query.
    public var digest: Digest?
    public var count: Int?
    /// The permit under which it was done, or that it concerns.
    public var permit: MessageID?
    /// Who did it or asked for it: a digest of the person's id, since an id is a text that somebody else chose.
    public var person: Digest?
    /// Why, where the federation's own ``refusal`` does not say it.
    public var reason: Kind?

    public init(
        _ kind: Kind, site: SiteID? = nil, message: MessageID? = nil, refusal: RefusalReason? = nil,
        digest: Digest? = nil, count: Int? = nil, permit: MessageID? = nil, person: Digest? = nil, reason: Kind? = nil
    ) {
        self.kind = kind
        self.site = site
        self.message = message
        self.refusal = refusal
        self.digest = digest
        self.count = count
        self.permit = permit
        self.person = person
        self.reason = reason
    }
}

extension AuditEvent.Kind {
    /// The log was begun.
    public static let begun = Self("log.begun")
    /// A line that a crash had cut short was taken off the end of the log.
    public static let repaired = Self("log.repaired")
    public static let hubCreated = Self("hub.created")
    public static let invited = Self("site.invited")
    public static let joined = Self("site.joined")
    public static let approved = Self("site.approved")
    public static let suspended = Self("site.suspended")
    public static let certified = Self("site.certified")
    public static let hubCertified = Self("hub.certified")
    public static let refused = Self("refused")
    public static let taskSent = Self("task.sent")
    public static let taskReceived = Self("task.received")
    public static let taskAnswered = Self("task.answered")
    public static let answerAccepted = Self("answer.accepted")
    public static let messageAccepted = Self("message.accepted")
    public static let messageSent = Self("message.sent")
}

/// A SHA-256 value.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    /// Nil where there are not 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Nil where `text` is not 64 hexadecimal digits.
    public init?(_ text: String) {
        guard let bytes = Hex.bytes(text) else { return nil }
        self.init(bytes)
    }

    init(computed bytes: [UInt8]) { self.bytes = bytes }

    /// A hash that was just computed. Fewer or more than 32 bytes are cut, or filled with zeroes.
    package init(hash bytes: [UInt8]) { self.bytes = Array((bytes + [UInt8](repeating: 0, count: 32)).prefix(32)) }

    public var description: String { Hex.text(bytes) }
}
