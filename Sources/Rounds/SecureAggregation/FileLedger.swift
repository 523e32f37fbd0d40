import Crypto
public import Runtime
import Synchronization

/// A ledger in a file to which records are only ever appended, each synced before it counts.
///
/// A record is key, value and eight bytes of the SHA-256 of both. What a crash left unfinished at the end was never
/// answered for, and is cut off at the next start. One process opens a file at a time.
public final class FileLedger: UnmaskLedger {
    static let keyBytes = 32
    static let valueBytes = 64
    static let recordBytes = keyBytes + valueBytes + 8
    /// 2^20 records: more rounds than any run has.
    static let maximumBytes = recordBytes << 20

    private let path: String
    private let files: any FileSystem
    private let state: Mutex<State>

    private struct State {
        var records: [[UInt8]: [UInt8]]
        /// After a failed write nothing more is recorded: the end of the file is not known.
        var broken = false
    }

    /// Opens the ledger, or begins one. Throws where the file cannot be read or a record in its middle is damaged.
    public init(_ path: String, in files: any FileSystem) throws(RoundsError) {
        self.path = path
        self.files = files
        do {
            let there = try files.exists(path)
            let bytes = there ? try files.read(path, limit: Self.maximumBytes) : []
            var records: [[UInt8]: [UInt8]] = [:]
            var whole = 0
            while whole + Self.recordBytes <= bytes.count {
                let record = bytes[whole..<whole + Self.recordBytes]
                let content = Array(record.dropLast(8))
                guard Self.sum(content) == Array(record.suffix(8)) else { break }
                records[Array(content.prefix(Self.keyBytes))] = Array(content.suffix(Self.valueBytes))
                whole += Self.recordBytes
            }
            guard bytes.count - whole <= Self.recordBytes else { throw Self.damaged(path) }
            if !there || whole < bytes.count {
                try files.writeAtomically(Array(bytes[..<whole]), to: path, mode: 0o600)
            }
            state = Mutex(State(records: records))
        } catch let error as FileError {
            throw .masking("the site's record of masked rounds cannot be used: \(error)")
        } catch let error as RoundsError {
            throw error
        } catch {
            throw Self.damaged(path)
        }
    }

    public func record(_ value: [UInt8], for key: [UInt8]) throws(RoundsError) -> [UInt8] {
        guard key.count == Self.keyBytes, value.count == Self.valueBytes else {
            throw .masking("a record of masked rounds has the wrong size")
        }
        let (path, files) = (path, files)
        let outcome: Result<[UInt8], RoundsError> = state.withLock { state in
            if let earlier = state.records[key] { return .success(earlier) }
            guard !state.broken else {
                return .failure(.masking("\(path) could not be written earlier: restart the node"))
            }
            do throws(FileError) {
                let file = try files.openForAppending(path, mode: 0o600)
                do throws(FileError) {
                    let content = key + value
                    try file.write((content + Self.sum(content))[...])
                    try file.sync()
                    try file.close()
                } catch {
                    try? file.close()
                    throw error
                }
            } catch {
                state.broken = true
                return .failure(.masking("the site's record of masked rounds cannot be written: \(error)"))
            }
            state.records[key] = value
            return .success(value)
        }
        return try outcome.get()
    }

    public func recorded(for key: [UInt8]) -> [UInt8]? { state.withLock { $0.records[key] } }

    private static func sum(_ content: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: content).prefix(8)) }

    private static func damaged(_ path: String) -> RoundsError {
        .masking("\(path) is damaged: end the runs that are under way at this site, and move the file away")
    }
}
