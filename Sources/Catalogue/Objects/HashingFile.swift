import Crypto
import Runtime
import Synchronization

/// A file that is hashed while it is written, so that its bytes are touched once.
final class HashingFile: WritableFile {
    private struct State {
        var hash = SHA256()
        var size = 0
    }

    private let base: any WritableFile
    private let state = Mutex(State())

    init(_ base: any WritableFile) { self.base = base }

    func write(_ bytes: ArraySlice<UInt8>) throws(FileError) {
        try base.write(bytes)
        state.withLock { state in
            bytes.withUnsafeBytes { state.hash.update(bufferPointer: $0) }
            state.size += bytes.count
        }
    }

    func sync() throws(FileError) { try base.sync() }

    func close() throws(FileError) { try base.close() }

    /// The digest in hexadecimal, and the number of bytes.
    func result() -> (digest: String, size: Int) {
        state.withLock { (Hex.text($0.hash.finalize()), $0.size) }
    }
}
