import Foundation
import Runtime

/// The tokens of this person's terminals, one a hub, in `~/.atles/credentials.json` (mode 0600).
struct HubCredentials {
    private static var path: String {
        (ProcessInfo.processInfo.environment["HOME"] ?? ".") + "/.atles/credentials.json"
    }

    /// The token for the hub at `address`; nil where this terminal is not signed in there.
    static func token(for address: String) throws -> String? { try read()[key(address)] }

    /// Keeps a token, or forgets it where there is none.
    static func set(_ token: String?, for address: String) throws {
        var all = try read()
        all[key(address)] = token
        let files = PosixFileSystem()
        try files.createDirectory(FilePath.parent(path), mode: 0o700)
        try SecretFile.write(Array(try JSONEncoder().encode(all)), to: path, in: files)
    }

    private static func read() throws -> [String: String] {
        let files = PosixFileSystem()
        guard try files.exists(path) else { return [:] }
        let bytes = try SecretFile.read(path, in: files)
        return try JSONDecoder().decode([String: String].self, from: Data(bytes))
    }

    private static func key(_ address: String) -> String {
        address.hasSuffix("/") ? String(address.dropLast()) : address
    }
}
