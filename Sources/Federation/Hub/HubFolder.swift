import FoundationEssentials
import Runtime

/// What lies in a hub's folder besides its keys: `hub.json`.
struct HubDescription: Codable, Equatable, Sendable {
    var version = 1
    var name: String
    var address: String
    var hostNames: [String]
}

/// The names of the files in a hub's folder.
enum HubFolder {
    static let description = "hub.json"
    static let database = "federation.sqlite"
    static let partyCertificate = "hub.der"
    static let serverKey = "tls.key"
    static let serverCertificate = "tls.der"

    static func readDescription(_ folder: String, _ files: any FileSystem) throws(FederationError) -> HubDescription {
        let path = FilePath.join(folder, description)
        let bytes: [UInt8]
        do {
            guard try files.exists(path) else { throw FederationError.notSetUp(folder: folder, role: .hub) }
            bytes = try files.read(path, limit: 65_536)
        } catch let error as FileError {
            throw .file(error)
        } catch let error as FederationError {
            throw error
        } catch {
            throw .damaged(path: path)
        }
        guard let description = try? WireJSON.decode(HubDescription.self, from: bytes), description.version == 1 else {
            throw .damaged(path: path)
        }
        return description
    }
}
