public import Runtime

/// Who a node is in its federation, and what it needs to sign statements about itself.
public struct PartyIdentity: Sendable {
    public let site: SiteID
    /// SHA-256 of the authority's certificate, in hexadecimal: what signed documents name the federation by.
    public let federation: String
    private let keys: PartyKeys
    /// The hub's Ed25519 key, by the certificate that was last seen.
    package let hubKey: [UInt8]

    /// The identity of the node that joined in `folder`; nil where none has.
    public init?(folder: String, files: any FileSystem = PosixFileSystem()) throws(FederationError) {
        guard let membership = try Membership.read(folder, files) else { return nil }
        do {
            federation = try TrustAnchor(authority: [UInt8](membership.authority)).federation
            hubKey = try PartyCertificate(encoded: [UInt8](membership.hubCertificate)).keys.signing
        } catch {
            throw .certificate(error)
        }
        site = membership.site
        keys = try PartyKeys.read(from: folder, in: files)
    }

    /// This party's Ed25519 key.
    package var key: [UInt8] { keys.publicKeys.signing }

    /// This party's signature over bytes that begin with a label of their own (``CanonicalBytes``).
    package func sign(_ bytes: [UInt8]) throws(FederationError) -> [UInt8] { try keys.sign(bytes) }
}
