import FoundationEssentials
import Runtime

/// Why a request or a message was refused.
///
/// The same reasons stand in answers, logs and audit entries. Two of them look alike from outside on purpose:
/// a sender learns ``notAccepted`` both where nobody of that name exists and where the signature is not that site's,
/// so that the answer does not tell which sites exist.
public enum RefusalReason: String, Codable, Sendable, CaseIterable {
    /// It is not a message of this protocol, or a field holds nonsense.
    case malformed
    case unsupportedVersion = "unsupported-version"
    /// It was meant for another federation or hub.
    case wrongFederation = "wrong-federation"
    /// The outer answer for both ``unknownSender`` and ``badSignature``.
    case notAccepted = "not-accepted"
    case unknownSender = "unknown-sender"
    case badSignature = "bad-signature"
    /// The envelope's sender is not who sent the request.
    case wrongSender = "wrong-sender"
    case wrongRecipient = "wrong-recipient"
    /// The sender's certificate does not lead to this federation's authority, or is out of date.
    case badCertificate = "bad-certificate"
    /// The clocks of the two machines differ by more than two minutes.
    case clockSkew = "clock-skew"
    case expired
    case lifetimeTooLong = "lifetime-too-long"
    case replayed
    case tooLarge = "too-large"
    /// The hub has no use for messages of this kind.
    case unknownKind = "unknown-kind"
    /// As many of the site's messages as may wait at the hub are waiting there.
    case tooManyWaiting = "too-many-waiting"
    /// The site is known and waits for the operator's approval.
    case waiting
    case suspended
    /// The outer answer for a task that does not exist and for one that was not asked of this site.
    case notFound = "not-found"
    case invitationNotAccepted = "invitation-not-accepted"
    case invitationUsed = "invitation-used"
    case invitationExpired = "invitation-expired"
    /// The hub cannot take it now; try again later.
    case unavailable

    /// What the refused party is told.
    var outer: RefusalReason {
        switch self {
        case .unknownSender, .badSignature: .notAccepted
        default: self
        }
    }
}

/// A refusal as the refused party sees it.
public struct Refusal: Error, Equatable, Sendable, Codable, CustomStringConvertible {
    public let reason: RefusalReason
    /// The refusing machine's clock, milliseconds since 1970; told where clocks matter.
    public let theirClock: Int64?
    /// This machine's clock at that time.
    public let ourClock: Int64?

    public init(_ reason: RefusalReason, theirClock: Int64? = nil, ourClock: Int64? = nil) {
        self.reason = reason
        self.theirClock = theirClock
        self.ourClock = ourClock
    }

    public var description: String {
        switch reason {
        case .malformed: "the hub did not understand the message: are both sides up to date?"
        case .unsupportedVersion: "the two sides speak different versions of the protocol: update the older one"
        case .wrongFederation: "the message belongs to another federation"
        case .notAccepted, .unknownSender, .badSignature:
            "the hub does not accept this node's identity: it was removed there, or the keys in this folder are not "
                + "the ones that joined. Ask the operator for a new invitation"
        case .wrongSender: "the message was signed by another party than the one that sent it"
        case .wrongRecipient: "the message is addressed to another party"
        case .badCertificate: "the sender's certificate is not of this federation, or is out of date"
        case .clockSkew: clockSentence
        case .expired: "the message came after its time"
        case .lifetimeTooLong: "the message asks for a longer life than is allowed"
        case .replayed: "the message had been received before; it was not taken a second time"
        case .tooLarge: "the message is larger than the hub takes"
        case .unknownKind: "the hub does not know messages of this kind: it may need an update"
        case .tooManyWaiting: "too many messages of this site wait at the hub; they are sent again later"
        case .waiting: "the operator of the hub has not yet approved this site"
        case .suspended: "the operator of the hub has suspended this site: ask there"
        case .notFound: "there is no such task for this site"
        case .invitationNotAccepted: "the invitation is not one of this hub's: ask the operator for a new one"
        case .invitationUsed: "the invitation was used before, by another node: ask the operator for a new one"
        case .invitationExpired: "the invitation is out of date: ask the operator for a new one"
        case .unavailable: "the hub cannot take messages just now"
        }
    }

    private var clockSentence: String {
        guard let theirClock, let ourClock else {
            return "this machine's clock and the hub's differ by more than two minutes; set them (NTP)"
        }
        let (difference, overflow) = ourClock.subtractingReportingOverflow(theirClock)
        guard !overflow, difference != .min else { return "this machine's clock is far from the hub's; set it (NTP)" }
        let direction = difference > 0 ? "ahead of" : "behind"
        let ours = Timestamp.text(Date(timeIntervalSince1970: Double(ourClock) / 1000))
        let theirs = Timestamp.text(Date(timeIntervalSince1970: Double(theirClock) / 1000))
        return "this machine's clock is \(Self.spoken(abs(difference) / 1000)) \(direction) the hub's; set it (NTP). "
            + "Here it is \(ours), at the hub \(theirs)"
    }

    private static func spoken(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) seconds"
        case ..<(120 * 60): "\((seconds + 30) / 60) minutes"
        case ..<(48 * 3600): "\((seconds + 1800) / 3600) hours"
        default: "\((seconds + 43_200) / 86_400) days"
        }
    }
}
