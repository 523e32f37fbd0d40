public import FoundationEssentials

/// What an operator hands to a site so that its node can join: where the hub is, whom to trust, and a secret that
/// works once.
///
/// It is the root of the node's trust, so it travels the way a password would: not in an open mail. Whoever could
/// replace it on the way could stand between the node and the hub. The secret is never sent to the hub: the node
/// proves that it has it (see ``JoinProof``).
public struct Invitation: Equatable, Sendable {
    /// Public part of the secret's name: the hub finds the invitation by it.
    public let id: MessageID
    /// The identifier that the site will have.
    public let site: SiteID
    /// What the operator calls the site: the name it has unless it gives another when it joins.
    public let siteName: String
    /// The site's country: ISO 3166-1 alpha-2.
    public let country: String
    /// The federation's name, for people.
    public let federation: String
    /// Where nodes dial: `https://hub.example.org:8443`.
    public let hub: String
    /// The federation's authority, a certificate in DER.
    public let authority: [UInt8]
    public let expires: Date
    let secret: InvitationSecret

    init(
        id: MessageID, site: SiteID, siteName: String, country: String, federation: String, hub: String,
        authority: [UInt8], expires: Date, secret: InvitationSecret
    ) {
        self.id = id
        self.site = site
        self.siteName = siteName
        self.country = country
        self.federation = federation
        self.hub = hub
        self.authority = authority
        self.expires = expires
        self.secret = secret
    }
}

/// The secret of an invitation. It prints as nothing, so that it does not slip into a log.
struct InvitationSecret: Equatable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    static let count = 32
    let bytes: [UInt8]

    var description: String { "(secret)" }
    var debugDescription: String { "(secret)" }
}
