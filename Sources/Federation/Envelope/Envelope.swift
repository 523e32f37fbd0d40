import Crypto
import FoundationEssentials

/// A signed and sealed message as it travels and lies in mailboxes. Nothing in it is believed before ``verify``.
///
/// The sender's certificate travels with it, so that the recipient needs nobody but the federation's authority to
/// judge the signature: a hub that is taken over can delay a message, but not make one up.
struct Envelope: Hashable, Sendable, Codable {
    let header: EnvelopeHeader
    let body: SealedBody
    /// The sender's certificate in DER.
    let certificate: Data
    /// Ed25519 over ``signed``.
    let signature: Data

    /// The header's canonical bytes, then the body's encapsulated key and ciphertext, then the certificate.
    private static func signed(_ header: EnvelopeHeader, _ body: SealedBody, _ certificate: Data) -> [UInt8] {
        var out = header.canonical()
        body.append(to: &out)
        out.append([UInt8](certificate))
        return out.bytes
    }

    /// Seals `content` to the recipient and signs the whole.
    init(
        header: EnvelopeHeader, content: [UInt8], recipient: PublicKeys, sender: PartyKeys, certificate: [UInt8]
    ) throws(FederationError) {
        self.header = header
        self.certificate = Data(certificate)
        body = try SealedBody(content, to: recipient.agreement, header: header)
        signature = Data(try sender.sign(Self.signed(header, body, self.certificate)))
    }

    private init(resigning old: Envelope, by sender: PartyKeys, certificate: [UInt8]) throws(FederationError) {
        header = old.header
        body = old.body
        self.certificate = Data(certificate)
        signature = Data(try sender.sign(Self.signed(header, body, self.certificate)))
    }

    /// The same message under a newer certificate. Its sealed body is bound to the header, which stays.
    func signedAnew(by sender: PartyKeys, certificate: [UInt8]) throws(FederationError) -> Envelope {
        try Envelope(resigning: self, by: sender, certificate: certificate)
    }

    /// SHA-256 of everything that is signed: tells a message that comes again from another under the same identifier.
    var digest: [UInt8] {
        [UInt8](SHA256.hash(data: Self.signed(header, body, certificate)))
    }

    /// The envelope, once its signature and its sender are known to be genuine.
    func verify(by anchor: TrustAnchor, at now: Date) async throws(Refusal) -> VerifiedEnvelope {
        guard header.version == EnvelopeHeader.version else { throw Refusal(.unsupportedVersion) }
        guard header.federation == anchor.federation else { throw Refusal(.wrongFederation) }
        guard MessageKind.isValid(header.kind) else { throw Refusal(.malformed) }
        let sender: VerifiedCertificate
        do {
            sender = try await anchor.verify([UInt8](certificate), at: now)
        } catch {
            throw Refusal(.badCertificate)
        }
        guard sender.site == header.sender else { throw Refusal(.wrongSender) }
        // Whoever looks at the message later asks whether the certificate was good when the message was made.
        guard sender.certificate.begins <= header.issued.date, header.issued.date <= sender.certificate.expires else {
            throw Refusal(.badCertificate)
        }
        guard sender.keys.isValid([UInt8](signature), for: Self.signed(header, body, certificate)) else {
            throw Refusal(.badSignature)
        }
        return VerifiedEnvelope(self, sender: sender)
    }
}

/// An envelope whose sender and signature were checked. Only ``Envelope/verify(by:at:)`` makes one.
struct VerifiedEnvelope: Hashable, Sendable {
    let envelope: Envelope
    let sender: VerifiedCertificate

    fileprivate init(_ envelope: Envelope, sender: VerifiedCertificate) {
        self.envelope = envelope
        self.sender = sender
    }

    var header: EnvelopeHeader { envelope.header }

    /// The content, for the recipient.
    func open(as site: SiteID, with keys: PartyKeys) throws(Refusal) -> [UInt8] {
        guard header.recipient == site else { throw Refusal(.wrongRecipient) }
        guard let content = envelope.body.open(with: keys.agreement, header: header) else { throw Refusal(.malformed) }
        return content
    }
}
