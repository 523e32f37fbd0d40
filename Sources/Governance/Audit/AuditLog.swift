import Dispatch
public import Federation
import FoundationEssentials
public import Runtime
import Synchronization

/// A hash-chained, append-only record of what was decided: one file of JSON lines.
///
/// An entry is in the file when ``record(_:)`` returns, so it survives the end of the process; at that moment its way to
/// the disk begins, together with all others that wait ("group commit"), and ``flush()`` returns when it has arrived.
/// Several processes may write to the same log: a lock is held for each entry, and what others wrote is caught up with.
///
/// After a write or a sync has failed, what is on the disk is not known: each further entry first opens the file anew and
/// follows it from the last place that is certain, and is refused as long as that fails.
public final class AuditLog: AuditSink {
    public let path: String
    private let files: any FileSystem
    private let clock: WallClock
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "atles.audit")

    private struct State {
        var file: any WritableFile
        var chain = AuditChain()
        /// How much of the file the chain has followed.
        var size = 0
        var isBroken = false
        var isSyncing = false
        /// The number of the last entry that is on the disk.
        var synced = 0
        var waiters: [(sequence: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    }

    /// Opens the log, makes it where there is none, and mends a line that a crash cut short.
    ///
    /// - Throws: ``AuditError/tampered(path:_:)`` where it is not as it was written.
    public init(
        path: String, files: any FileSystem = PosixFileSystem(), clock: WallClock = .system
    ) throws(AuditError) {
        self.path = path
        self.files = files
        self.clock = clock
        do {
            try files.createDirectory(FilePath.parent(path), mode: 0o700)
            let isNew = try !files.exists(path)
            let file = try files.openForAppending(path, mode: 0o600)
            if isNew { try files.syncDirectory(FilePath.parent(path)) }
            state = Mutex(State(file: file))
        } catch {
            throw .file(error)
        }
        try begin()
    }

    /// Appends the event.
    public func record(_ event: AuditEvent) throws {
        try exclusively { state throws(AuditError) in
            try catchUp(&state)
            try append(event, &state)
        }
        startSyncing()
    }

    /// Returns when everything recorded so far is on the disk.
    public func flush() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let answer: Result<Void, any Error>? = state.withLock { state in
                if state.isBroken { return .failure(AuditError.broken(path: path)) }
                if state.synced >= state.chain.sequence { return .success(()) }
                state.waiters.append((state.chain.sequence, continuation))
                return nil
            }
            if let answer { continuation.resume(with: answer) } else { startSyncing() }
        }
    }

    // MARK: Writing

    /// First thing after opening: follows what is there, mends its end, and begins an empty log.
    ///
    /// Most of it is followed without the lock, so that a reader of a long log does not keep the writer waiting.
    private func begin() throws(AuditError) {
        try state.withLock { state throws(AuditError) in try look(&state) }
        try exclusively { state throws(AuditError) in
            try follow(&state)
            if let head = try head(), head.sequence > state.chain.sequence {
                throw .tampered(
                    path: path,
                    AuditProblem(entry: state.chain.sequence + 1, kind: .truncated(expected: head.sequence)))
            }
            if state.chain.sequence == 0 { try append(AuditEvent(.begun), &state) }
        }
        startSyncing()
    }

    private func head() throws(AuditError) -> AuditHead? {
        do { return try AuditHead.read(path, files) } catch { throw .file(error) }
    }

    /// Follows what other processes have written since.
    private func catchUp(_ state: inout State) throws(AuditError) {
        let size: Int
        do { size = try files.attributes(path)?.size ?? 0 } catch { throw .file(error) }
        if size < state.size {
            let last = state.chain.sequence
            throw .tampered(path: path, AuditProblem(entry: last, kind: .truncated(expected: last)))
        }
        if size > state.size { try follow(&state) }
    }

    /// Follows the whole lines that are there, and leaves a last one that another process may just be writing.
    private func look(_ state: inout State) throws(AuditError) {
        let (rest, end) = try scan(&state)
        state.size = end - rest.count
    }

    private func follow(_ state: inout State) throws(AuditError) {
        let (rest, end) = try scan(&state)
        state.size = end
        let torn = state.chain.torn + rest
        if !torn.isEmpty { try mend(torn, endsLine: rest.isEmpty, &state) }
    }

    private func scan(_ state: inout State) throws(AuditError) -> (rest: [UInt8], end: Int) {
        var problem: AuditProblem?
        let rest: [UInt8]
        let end: Int
        do {
            var chain = state.chain
            (rest, end) = try AuditScan.lines(path, from: state.size, files) { line in
                problem = chain.take(line)
                return problem == nil
            }
            state.chain = chain
        } catch {
            throw .file(error)
        }
        if let problem { throw .tampered(path: path, problem) }
        return (rest, end)
    }

    /// Ends a torn line and says so.
    private func mend(_ torn: [UInt8], endsLine: Bool, _ state: inout State) throws(AuditError) {
        let bytes = endsLine ? Array(torn.dropLast()) : torn
        if !endsLine { try write([UInt8(ascii: "\n")], &state) }
        let line = bytes[(bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)...]
        // What was cut may be only the line feed: then the entry is whole.
        if !endsLine {
            if let problem = state.chain.take(line) { throw .tampered(path: path, problem) }
            if state.chain.torn.isEmpty { return }
        }
        try append(AuditEvent(.repaired, digest: Digest(sha256: bytes)), &state)
    }

    private func append(_ event: AuditEvent, _ state: inout State) throws(AuditError) {
        let line = AuditLine.make(
            event, sequence: state.chain.sequence + 1, previous: state.chain.last, time: clock.now)
        try write(line + [UInt8(ascii: "\n")], &state)
        if let problem = state.chain.take(line[...]) { throw .tampered(path: path, problem) }
    }

    private func write(_ bytes: [UInt8], _ state: inout State) throws(AuditError) {
        do {
            try state.file.write(bytes[...])
            state.size += bytes.count
        } catch {
            state.isBroken = true
            throw .file(error)
        }
    }

    /// Runs `body` while neither another thread nor another process writes.
    private func exclusively(_ body: (inout State) throws(AuditError) -> Void) throws(AuditError) {
        try state.withLock { state throws(AuditError) in
            let lock = try self.lock()
            defer { lock.release() }
            let (chain, size) = (state.chain, state.size)
            do throws(AuditError) {
                if state.isBroken { try reopen(&state) }
                try body(&state)
            } catch {
                // Back to the last place that is certain; what was half done after it is followed, and mended, next time.
                (state.chain, state.size) = (chain, size)
                throw error
            }
        }
    }

    /// After a failure: another handle on the file, and what is in it since the last place that is certain. Whoever
    /// waited for a sync that failed was told so; a loss that only shows later is found by the chain.
    private func reopen(_ state: inout State) throws(AuditError) {
        do {
            state.file = try files.openForAppending(path, mode: 0o600)
        } catch {
            throw .broken(path: path)
        }
        state.isBroken = false
        do throws(AuditError) {
            try catchUp(&state)
        } catch {
            state.isBroken = true
            if case .file = error { throw .broken(path: path) }
            throw error
        }
    }

    private func lock() throws(AuditError) -> ExclusiveLock {
        // An entry takes microseconds; a process that was stopped in the middle of one is not waited for for ever.
        for _ in 0..<5000 {
            do {
                if let lock = try ExclusiveLock.take(path + ".lock") { return lock }
            } catch {
                throw .file(error)
            }
            Pause.milliseconds(1)
        }
        throw .busy(path: path)
    }

    // MARK: Syncing

    private func startSyncing() {
        let starts = state.withLock { state in
            guard !state.isSyncing, !state.isBroken, state.synced < state.chain.sequence else { return false }
            state.isSyncing = true
            return true
        }
        if starts { queue.async { self.sync() } }
    }

    /// One wait for the disk after the other, until everything is there.
    private func sync() {
        while true {
            let (file, head) = state.withLock {
                ($0.file, AuditHead(sequence: $0.chain.sequence, hash: $0.chain.last))
            }
            let result = Result { try file.sync() }
            if case .success = result { try? head.write(path, files) }
            let (ready, goesOn) = state.withLock { state in settle(&state, head.sequence, result) }
            for continuation in ready { continuation.resume(with: result) }
            if !goesOn { return }
        }
    }

    private func settle(
        _ state: inout State, _ sequence: Int, _ result: Result<Void, any Error>
    ) -> (ready: [CheckedContinuation<Void, any Error>], goesOn: Bool) {
        switch result {
        case .success: state.synced = max(state.synced, sequence)
        case .failure: state.isBroken = true
        }
        let isBroken = state.isBroken
        let synced = state.synced
        let ready = state.waiters.filter { isBroken || $0.sequence <= synced }.map(\.continuation)
        state.waiters.removeAll { isBroken || $0.sequence <= synced }
        let goesOn = !isBroken && synced < state.chain.sequence
        state.isSyncing = goesOn
        return (ready, goesOn)
    }
}
