import FoundationEssentials

/// What the hub answers, refusals included: signed with the hub's own key, for this one request.
struct SignedResponse: Sendable, Codable {
    static let version = 1

    let version: Int
    let federation: String
    /// The request's nonce; empty where the request could not be read.
    let nonce: String
    /// The hub's clock.
    let issued: Moment
    /// Set where the request was refused; the body is then empty.
    let refusal: Refusal?
    /// JSON, depending on the action.
    let body: Data
    /// The hub's certificate in DER.
    let certificate: Data
    /// Ed25519 over the canonical bytes.
    let signature: Data

    init(
        federation: String, nonce: String, issued: Moment, refusal: Refusal?, body: [UInt8], keys: PartyKeys,
        certificate: [UInt8]
    ) throws(FederationError) {
        version = Self.version
        self.federation = federation
        self.nonce = nonce
        self.issued = issued
        self.refusal = refusal
        self.body = Data(body)
        self.certificate = Data(certificate)
        signature = Data(
            try keys.sign(
                Self.canonical(
                    version: Self.version, federation: federation, nonce: nonce, issued: issued, refusal: refusal,
                    body: self.body)))
    }

    /// The body, once it is known to be the hub's and the answer to the request with `nonce`.
    func verify(nonce expected: MessageID, by anchor: TrustAnchor, at now: Date) async throws(CertificateError) -> Data
    {
        guard version == Self.version, federation == anchor.federation else { throw .otherAuthority }
        let sender = try await anchor.verify([UInt8](certificate), at: now)
        let bytes = Self.canonical(
            version: version, federation: federation, nonce: nonce, issued: issued, refusal: refusal, body: body)
        guard sender.site == .hub, nonce == expected.text, sender.keys.isValid([UInt8](signature), for: bytes) else {
            throw .otherParty
        }
        return body
    }

    /// Label `atles-response-1`, then version, federation, nonce, time, the refusal's reason and two clocks where
    /// there is one, and the body.
    private static func canonical(
        version: Int, federation: String, nonce: String, issued: Moment, refusal: Refusal?, body: Data
    ) -> [UInt8] {
        var out = CanonicalBytes(label: "atles-response-1")
        out.append(Int64(version))
        out.append(federation)
        out.append(nonce)
        out.append(issued.milliseconds)
        out.append(refusal?.reason.rawValue)
        out.append(refusal?.theirClock ?? 0)
        out.append(refusal?.ourClock ?? 0)
        out.append([UInt8](body))
        return out.bytes
    }
}
