import FoundationEssentials

/// What a node asks of the hub. Every request is signed by the node's own key, so that it is the same behind any
/// proxy, and no client certificates are needed.
struct SignedRequest: Sendable, Codable {
    static let version = 1

    /// The actions, which are also the last parts of the addresses under `/federation/v1/`.
    enum Action: String, Codable, Sendable, CaseIterable { case join, renew, poll, messages }

    let version: Int
    let federation: String
    let site: SiteID
    let action: Action
    let issued: Moment
    /// 128 random bits: ties the answer to this request, and this request to once.
    let nonce: MessageID
    /// JSON, depending on the action.
    let body: Data
    /// Ed25519 over the canonical bytes.
    let signature: Data

    init(
        federation: String, site: SiteID, action: Action, issued: Moment, nonce: MessageID, body: [UInt8],
        keys: PartyKeys
    ) throws(FederationError) {
        version = Self.version
        self.federation = federation
        self.site = site
        self.action = action
        self.issued = issued
        self.nonce = nonce
        self.body = Data(body)
        signature = Data(
            try keys.sign(
                Self.canonical(
                    version: Self.version, federation: federation, site: site, action: action, issued: issued,
                    nonce: nonce, body: self.body)))
    }

    /// Label `atles-request-1`, then all fields but the signature in the order in which they are declared.
    var signed: [UInt8] {
        Self.canonical(
            version: version, federation: federation, site: site, action: action, issued: issued, nonce: nonce,
            body: body)
    }

    private static func canonical(
        version: Int, federation: String, site: SiteID, action: Action, issued: Moment, nonce: MessageID, body: Data
    ) -> [UInt8] {
        var out = CanonicalBytes(label: "atles-request-1")
        out.append(Int64(version))
        out.append(federation)
        out.append(site.text)
        out.append(action.rawValue)
        out.append(issued.milliseconds)
        out.append(nonce.text)
        out.append([UInt8](body))
        return out.bytes
    }
}
