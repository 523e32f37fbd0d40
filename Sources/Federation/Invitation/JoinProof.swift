import Crypto
import FoundationEssentials

/// How a node shows that it holds an invitation without sending the secret: HMAC-SHA-256 over what it asks for.
///
/// The secret therefore stays unknown to a proxy that inspects TLS on the way, and the keys that join are the ones that
/// the holder of the invitation named. The hub keeps a key derived from the secret, not the secret itself.
enum JoinProof {
    /// HKDF-SHA-256 of the secret with the information `atles invitation 1`.
    static func key(_ secret: InvitationSecret) -> [UInt8] {
        let derived = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret.bytes), info: Data("atles invitation 1".utf8),
            outputByteCount: 32)
        return derived.withUnsafeBytes { [UInt8]($0) }
    }

    static func make(_ claim: Claim, key: [UInt8]) -> [UInt8] {
        [UInt8](HMAC<SHA256>.authenticationCode(for: claim.canonical, using: SymmetricKey(data: key)))
    }

    /// Compares in constant time.
    static func isValid(_ proof: [UInt8], of claim: Claim, key: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(proof, authenticating: claim.canonical, using: SymmetricKey(data: key))
    }

    /// What the proof covers.
    struct Claim {
        let federation: String
        let invitation: MessageID
        let site: SiteID
        let name: String
        let country: String
        let keys: PublicKeys

        /// Label `atles-join-1`, then the fields in order, the two keys last.
        var canonical: [UInt8] {
            var out = CanonicalBytes(label: "atles-join-1")
            out.append(federation)
            out.append(invitation.text)
            out.append(site.text)
            out.append(name)
            out.append(country)
            out.append(keys.signing)
            out.append(keys.agreement)
            return out.bytes
        }
    }
}
