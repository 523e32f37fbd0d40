import Foundation
import Runtime

/// The token with which a program speaks to a hub: in the file that `ATLES_TOKEN_FILE` names, which only its owner can
/// read. People at a terminal have `atles login`.
enum TokenFile {
    /// The token; nil where none is named.
    ///
    /// - Throws: ``Refusal`` where the file is readable by others, or holds no token.
    static func read() throws -> String? {
        guard let path = ProcessInfo.processInfo.environment["ATLES_TOKEN_FILE"] else { return nil }
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
