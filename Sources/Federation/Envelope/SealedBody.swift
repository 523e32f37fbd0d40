import Crypto
import FoundationEssentials

/// A message's content, sealed to one recipient by HPKE (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
/// AES-256-GCM, base mode.
///
/// There is no way to its content without the recipient's private key: the hub, which carries it, cannot even write
/// the expression. The envelope's header is bound in as associated data, so that a body does not open under another
/// header.
struct SealedBody: Hashable, Sendable, Codable {
    private let encapsulated: Data
    private let ciphertext: Data

    private static let suite = HPKE.Ciphersuite(kem: .Curve25519_HKDF_SHA256, kdf: .HKDF_SHA256, aead: .AES_GCM_256)
    private static let info = Data("atles federation 1".utf8)

    /// Seals `content` to the X25519 key `recipient`, bound to `header`.
    init(_ content: [UInt8], to recipient: [UInt8], header: EnvelopeHeader) throws(FederationError) {
        do {
            let key = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: recipient)
            var sender = try HPKE.Sender(recipientKey: key, ciphersuite: Self.suite, info: Self.info)
            ciphertext = try sender.seal(content, authenticating: header.canonical().bytes)
            encapsulated = sender.encapsulatedKey
        } catch {
            throw .cryptography("the message could not be sealed")
        }
    }

    /// The content, for who holds the recipient's private key; nil where key, header or body do not belong together.
    func open(with key: Curve25519.KeyAgreement.PrivateKey, header: EnvelopeHeader) -> [UInt8]? {
        guard
            var recipient = try? HPKE.Recipient(
                privateKey: key, ciphersuite: Self.suite, info: Self.info, encapsulatedKey: encapsulated),
            let content = try? recipient.open(ciphertext, authenticating: header.canonical().bytes)
        else { return nil }
        return [UInt8](content)
    }

    /// The encapsulated key, then the ciphertext.
    func append(to out: inout CanonicalBytes) {
        out.append([UInt8](encapsulated))
        out.append([UInt8](ciphertext))
    }

    /// Bytes in it.
    var count: Int { encapsulated.count + ciphertext.count }
}
