import Curation
import Node
import Runtime

/// Reads a pseudonym key, and tells a key that is lost from one that was never made.
enum KeyFile {
    /// - Parameter folder: where a data set that was begun with the key would have left its trace.
    static func read(_ path: String, usedIn folder: String? = nil) throws -> PseudonymKey {
        let files = PosixFileSystem()
        do {
            return try PseudonymKey(try SecretFile.read(path, in: files))
        } catch SecretError.missing {
            if let folder, try files.exists(NodeFolder(folder).continuity) { throw ContinuityError.lostKey(key: path) }
            throw Refusal("there is no key file at \(path): make one with `atles deidentify key \(path)`")
        }
    }
}
