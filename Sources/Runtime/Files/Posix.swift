import Glibc
import Synchronization

/// System calls with their error numbers turned into ``FileError`` and interrupted calls repeated.
enum Posix {
    static func open(_ path: String, _ flags: Int32, mode: UInt32 = 0, operation: String) throws(FileError) -> Int32 {
        while true {
            let descriptor = Glibc.open(path, flags, mode)
            if descriptor >= 0 { return descriptor }
            if errno != EINTR { throw FileError(operation: operation, path: path, code: errno) }
        }
    }

    static func check(_ result: Int32, operation: String, path: String) throws(FileError) {
        if result != 0 { throw FileError(operation: operation, path: path, code: errno) }
    }
}

/// A descriptor that is closed once, on request or when the last reference goes.
final class Descriptor: Sendable {
    private let state: Mutex<Int32>

    init(_ descriptor: Int32) { state = Mutex(descriptor) }

    deinit { _ = close() }

    /// Runs `body` with the descriptor, or -1 once it is closed (the system then answers EBADF).
    func use<Result: Sendable>(_ body: (Int32) -> Result) -> Result {
        // The lock is not held during the call: reads by position may run beside each other.
        body(state.withLock { $0 })
    }

    func close() -> Int32 {
        let descriptor = state.withLock { held in
            defer { held = -1 }
            return held
        }
        return descriptor < 0 ? 0 : Glibc.close(descriptor)
    }
}

struct PosixReadableFile: ReadableFile {
    let path: String
    let count: Int
    private let descriptor: Descriptor

    init(path: String, descriptor: Int32, count: Int) {
        self.path = path
        self.count = count
        self.descriptor = Descriptor(descriptor)
    }

    func read(at offset: Int, count wanted: Int) throws(FileError) -> [UInt8] {
        guard offset >= 0, wanted > 0 else { return [] }
        var failure: Int32 = 0
        // pread writes at most `capacity - filled` bytes into the part of the buffer that is not initialised yet.
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            filled = 0
            while filled < wanted {
                guard let base = buffer.baseAddress else { return }
                let done = filled
                let got = descriptor.use { pread($0, base + done, wanted - done, off_t(offset + done)) }
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    return
                }
                if got == 0 { return }
                filled += got
            }
        }
        if failure != 0 { throw FileError(operation: "read", path: path, code: failure) }
        return bytes
    }

    func close() { _ = descriptor.close() }
}

struct PosixWritableFile: WritableFile {
    let path: String
    private let descriptor: Descriptor

    init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = Descriptor(descriptor)
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(FileError) {
        // The pointer is used inside its closure only, for the bytes between `done` and `count`.
        let code: Int32 = bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            var done = 0
            while done < buffer.count {
                let start = done
                let wrote = descriptor.use { Glibc.write($0, base + start, buffer.count - start) }
                if wrote < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                done += wrote
            }
            return 0
        }
        if code != 0 { throw FileError(operation: "write", path: path, code: code) }
    }

    func sync() throws(FileError) {
        try Posix.check(descriptor.use { fdatasync($0) }, operation: "sync", path: path)
    }

    func close() throws(FileError) {
        try Posix.check(descriptor.close(), operation: "close", path: path)
    }
}

extension FileError {
    static let tooLarge = EFBIG
}
