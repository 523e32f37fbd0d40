import FoundationEssentials
import Runtime

/// What a node knows of the federation that it joined: `membership.json` in its folder.
struct Membership: Codable, Equatable, Sendable {
    var version = 1
    var federation: String
    var hub: String
    /// The authority's certificate in DER.
    var authority: Data
    var site: SiteID
    /// This site's certificate in DER; nil while the operator has not approved.
    var certificate: Data?
    /// The hub's certificate in DER, as last seen: what messages to the hub are sealed with.
    var hubCertificate: Data

    private static let name = "membership.json"

    static func read(_ folder: String, _ files: any FileSystem) throws(FederationError) -> Membership? {
        let path = FilePath.join(folder, name)
        let bytes: [UInt8]
        do {
            guard try files.exists(path) else { return nil }
            bytes = try files.read(path, limit: 1 << 20)
        } catch {
            throw .file(error)
        }
        guard let membership = try? WireJSON.decode(Membership.self, from: bytes), membership.version == 1 else {
            throw .damaged(path: path)
        }
        return membership
    }

    func write(_ folder: String, _ files: any FileSystem) throws(FederationError) {
        let bytes: [UInt8]
        do { bytes = try WireJSON.encode(self) } catch { throw .damaged(path: FilePath.join(folder, Self.name)) }
        do {
            try files.writeAtomically(bytes, to: FilePath.join(folder, Self.name), mode: 0o600)
        } catch {
            throw .file(error)
        }
    }
}
