import Crypto
import FoundationEssentials
import Runtime

/// The two public keys of a party: Ed25519 to check what it signs, X25519 to seal what only it may read.
struct PublicKeys: Hashable, Sendable {
    /// Ed25519, 32 bytes.
    let signing: [UInt8]
    /// X25519, 32 bytes.
    let agreement: [UInt8]

    /// Nil where the bytes are not two such keys.
    init?(signing: [UInt8], agreement: [UInt8]) {
        guard (try? Curve25519.Signing.PublicKey(rawRepresentation: signing)) != nil,
            (try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: agreement)) != nil
        else { return nil }
        self.signing = signing
        self.agreement = agreement
    }

    fileprivate init(_ keys: PartyKeys) {
        signing = [UInt8](keys.signing.publicKey.rawRepresentation)
        agreement = [UInt8](keys.agreement.publicKey.rawRepresentation)
    }

    /// Whether `signature` is this party's over `bytes`.
    func isValid(_ signature: [UInt8], for bytes: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: signing) else { return false }
        return key.isValidSignature(signature, for: bytes)
    }

    /// The first 80 bits of the SHA-256 of the signing key, in groups that can be read aloud: `3F2A 91C0 …`.
    var fingerprint: String {
        let digits = Array(Hex.text(SHA256.hash(data: signing).prefix(10)).uppercased())
        return stride(from: 0, to: digits.count, by: 4)
            .map { String(digits[$0..<min($0 + 4, digits.count)]) }
            .joined(separator: " ")
    }
}

extension PartyKeys {
    var publicKeys: PublicKeys { PublicKeys(self) }
}
