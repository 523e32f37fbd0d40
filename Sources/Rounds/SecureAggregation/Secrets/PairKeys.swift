import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What two sites of an epoch know together and nobody else: from X25519 and HKDF-SHA256, bound to the roster.
struct PairKeys: Sendable {
    private let masks: SymmetricKey
    private let channel: SymmetricKey

    /// Throws where the other's key is a point of small order, with which there is no secret (RFC 7748, section 6.1).
    init(
        own: Curve25519.KeyAgreement.PrivateKey, mine: Int, theirs: Int, roster: Roster
    ) throws(RoundsError) {
        guard let secret = Self.agree(own, roster.members[theirs].channelKey) else {
            throw .masking("the key of the site \(roster.name(theirs)) is none that a secret can be agreed with")
        }
        let base = secret.hkdfDerivedSymmetricKey(
            using: SHA256.self, salt: roster.hash,
            sharedInfo: KeySchedule.info(
                "pair", KeySchedule.number(min(mine, theirs)), KeySchedule.number(max(mine, theirs))),
            outputByteCount: 32)
        masks = HKDF<SHA256>.expand(pseudoRandomKey: base, info: KeySchedule.info("masks"), outputByteCount: 32)
        channel = HKDF<SHA256>.expand(pseudoRandomKey: base, info: KeySchedule.info("shares"), outputByteCount: 32)
    }

    /// Whether a secret can be agreed with the owner of the key: tried out with a key that protects nothing.
    static func isUsable(_ channelKey: [UInt8]) -> Bool {
        let probe = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: [UInt8](repeating: 0x40, count: 32))
        return probe.flatMap { agree($0, channelKey) } != nil
    }

    /// X25519, or nil where the outcome is zero, which everybody knows: swift-crypto leaves that check to its users.
    private static func agree(_ own: Curve25519.KeyAgreement.PrivateKey, _ channelKey: [UInt8]) -> SharedSecret? {
        guard let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: channelKey),
            let secret = try? own.sharedSecretFromKeyAgreement(with: key),
            secret.withUnsafeBytes({ bytes in bytes.contains { $0 != 0 } })
        else { return nil }
        return secret
    }

    /// The seed of the mask of one round, which one of the two adds and the other takes away.
    func maskSeed(round: Int) -> SymmetricKey {
        HKDF<SHA256>.expand(
            pseudoRandomKey: masks, info: KeySchedule.number(round), outputByteCount: KeyStream.seedBytes)
    }

    /// `up` where the dealer comes before the holder in the roster.
    func seal(_ shares: [UInt8], round: Int, up: Bool) throws(RoundsError) -> [UInt8] {
        try ShareBox.seal(shares, channel, ShareBox.nonce(round: round, up: up))
    }

    func open(_ box: [UInt8], round: Int, up: Bool) -> [UInt8]? {
        ShareBox.open(box, channel, ShareBox.nonce(round: round, up: up))
    }
}

/// ChaCha20-Poly1305 (RFC 8439) without the nonce on the wire: it follows from round and direction.
///
/// A key and a nonce come together for one content only: what is sealed follows from the roster, to which the key is
/// bound, and the round.
enum ShareBox {
    static func nonce(round: Int, up: Bool) -> [UInt8] { [up ? 1 : 0, 0, 0, 0] + KeySchedule.number(round) }

    static func seal(_ content: [UInt8], _ key: SymmetricKey, _ nonce: [UInt8]) throws(RoundsError) -> [UInt8] {
        do {
            let box = try ChaChaPoly.seal(content, using: key, nonce: ChaChaPoly.Nonce(data: nonce))
            return [UInt8](box.ciphertext) + box.tag
        } catch {
            throw .masking("shares could not be sealed")
        }
    }

    /// Nil where the box was not sealed with this key and nonce, or was changed.
    static func open(_ box: [UInt8], _ key: SymmetricKey, _ nonce: [UInt8]) -> [UInt8]? {
        guard box.count >= 16 else { return nil }
        do {
            let sealed = try ChaChaPoly.SealedBox(
                nonce: ChaChaPoly.Nonce(data: nonce), ciphertext: box.dropLast(16), tag: box.suffix(16))
            return [UInt8](try ChaChaPoly.open(sealed, using: key))
        } catch {
            return nil
        }
    }
}
