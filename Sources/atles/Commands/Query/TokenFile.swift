import Foundation
import Runtime

/// The token with which this person's programs speak to a hub: a file that only its owner can read.
enum TokenFile {
    /// The token; nil where there is no file.
    ///
    /// - Throws: ``Refusal`` where the file is readable by others, or holds no token.
    static func read() throws -> String? {
        let environment = ProcessInfo.processInfo.environment
        let path: String
        if let named = environment["ATLES_TOKEN_FILE"] {
            path = named
        } else if let home = environment["HOME"] {
            path = FilePath.join(home, ".config/atles/token")
            guard FileManager.default.fileExists(atPath: path) else { return nil }
        } else {
            return nil
        }
        let bytes: [UInt8]
        do {
            bytes = try SecretFile.read(path, in: PosixFileSystem())
        } catch {
            throw Refusal("the token cannot be used: \(error)")
        }
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Refusal("\(Terminal.plain(path)) holds no token")
        }
        return text
    }
}
