public import FoundationEssentials

/// A site as the hub knows it.
public struct SiteRecord: Codable, Equatable, Sendable, Identifiable {
    public enum State: String, Codable, Sendable {
        /// Joined with a good invitation; the operator has still to say yes.
        case waiting
        case admitted
        /// Taken out by the operator: every request is refused.
        case suspended
    }

    public let id: SiteID
    /// What the site calls itself.
    public let name: String
    /// ISO 3166-1 alpha-2.
    public let country: String
    public let state: State
    public let joined: Date
    /// When it last spoke to the hub; to within 15 seconds when read by another process.
    public let lastSeen: Date?
    /// The end of its certificate; nil until it has fetched one.
    public let certificateExpires: Date?
    /// Its keys in short, for comparing over the telephone: `3F2A 91C0 …`.
    public let fingerprint: String
    /// Whether a long poll of its node is open, or it was heard within the last seconds.
    public let isOnline: Bool

    public init(
        id: SiteID, name: String, country: String, state: State, joined: Date, lastSeen: Date?,
        certificateExpires: Date?, fingerprint: String, isOnline: Bool
    ) {
        self.id = id
        self.name = name
        self.country = country
        self.state = state
        self.joined = joined
        self.lastSeen = lastSeen
        self.certificateExpires = certificateExpires
        self.fingerprint = fingerprint
        self.isOnline = isOnline
    }
}
