import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The secrets of one site, all from the one that its node derived for the run.
///
/// Each is HKDF-SHA256 (RFC 5869) with a label of its own, and those of a round are bound to the roster: a hub that
/// shows two rosters for one epoch gets unrelated keys.
struct KeySchedule: Sendable {
    private let root: SymmetricKey

    init(secret: SymmetricKey, run: String, site: String) {
        root = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, salt: Data("atles secure aggregation 1".utf8),
            info: Self.info("site", Array(run.utf8), Array(site.utf8)), outputByteCount: 32)
    }

    /// The key with which others seal to this site in an epoch.
    func channelKey(epoch: Int) throws(RoundsError) -> Curve25519.KeyAgreement.PrivateKey {
        let raw = HKDF<SHA256>.expand(
            pseudoRandomKey: root, info: Self.info("channel", Self.number(epoch)), outputByteCount: 32)
        do {
            return try raw.withUnsafeBytes { try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: $0) }
        } catch {
            throw .masking("a channel key could not be made")
        }
    }

    /// The seed of the mask that hides this site's vector from those who know its masks with others. 32 bytes.
    func selfSeed(_ roster: Roster, round: Int) -> [UInt8] { secret("self", roster, round) }

    /// What opens this site's ``RoundShares/bundle``. 32 bytes.
    func bundleSecret(_ roster: Roster, round: Int) -> [UInt8] { secret("bundle", roster, round) }

    /// The seed of the polynomials that share both.
    func polynomialSeed(_ roster: Roster, round: Int) -> SymmetricKey {
        expand("polynomials", roster, round, KeyStream.seedBytes)
    }

    /// The seed for rounding at random, the same however often the round is repeated.
    func roundingSeed(_ roster: Roster, round: Int) -> SymmetricKey {
        expand("rounding", roster, round, KeyStream.seedBytes)
    }

    private func secret(_ label: String, _ roster: Roster, _ round: Int) -> [UInt8] {
        expand(label, roster, round, SecretSharing.secretBytes).withUnsafeBytes { Array($0) }
    }

    private func expand(_ label: String, _ roster: Roster, _ round: Int, _ count: Int) -> SymmetricKey {
        HKDF<SHA256>.expand(
            pseudoRandomKey: root, info: Self.info(label, roster.hash, Self.number(round)), outputByteCount: count)
    }

    /// The label and its parts, each with its length before it: no two lists of parts give the same bytes.
    static func info(_ label: String, _ parts: [UInt8]...) -> Data {
        var info = Data("atles \(label)".utf8)
        info.append(0)
        for part in parts {
            info.append(contentsOf: number(part.count))
            info.append(contentsOf: part)
        }
        return info
    }

    static func number(_ value: Int) -> [UInt8] { withUnsafeBytes(of: Int64(value).littleEndian) { Array($0) } }
}

/// What follows from a site's two secrets of a round; the hub derives the same after putting a secret together.
enum RoundSecret {
    static func maskSeed(_ selfSeed: [UInt8]) -> SymmetricKey { expand(selfSeed, "self mask", KeyStream.seedBytes) }

    static func check(_ selfSeed: [UInt8]) -> [UInt8] {
        expand(selfSeed, "check", RoundShares.checkBytes).withUnsafeBytes { Array($0) }
    }

    /// The seeds of the masks with the neighbours, in their order, under a key that is used only here.
    static func seal(_ seeds: [UInt8], _ bundleSecret: [UInt8]) throws(RoundsError) -> [UInt8] {
        try ShareBox.seal(seeds, expand(bundleSecret, "bundle key", 32), ShareBox.nonce(round: 0, up: false))
    }

    static func open(_ bundle: [UInt8], _ bundleSecret: [UInt8]) -> [UInt8]? {
        ShareBox.open(bundle, expand(bundleSecret, "bundle key", 32), ShareBox.nonce(round: 0, up: false))
    }

    private static func expand(_ secret: [UInt8], _ label: String, _ count: Int) -> SymmetricKey {
        HKDF<SHA256>.expand(pseudoRandomKey: secret, info: KeySchedule.info(label), outputByteCount: count)
    }
}
