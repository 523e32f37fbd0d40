import FoundationEssentials
import Runtime
import Synchronization

/// How the node stands, on disk for other processes: `status.json`, written when something changes, and once a minute
/// while nothing does.
final class StatusFile: Sendable {
    static let name = "status.json"
    private static let refresh: TimeInterval = 60

    private struct State {
        var status: NodeStatus
        var written: Date?
    }

    private let path: String
    private let files: any FileSystem
    private let state: Mutex<State>

    init(_ status: NodeStatus, folder: String, files: any FileSystem) {
        path = FilePath.join(folder, Self.name)
        self.files = files
        state = Mutex(State(status: status))
    }

    var current: NodeStatus { state.withLock { $0.status } }

    func connected(at now: Date, certificateExpires: Date?) throws(FederationError) {
        try change(at: now) { status in
            status.state = .admitted
            status.connectedSince = status.connectedSince ?? now
            status.lastContact = now
            status.problem = nil
            status.problemSince = nil
            status.certificateExpires = certificateExpires
        }
    }

    func failed(_ problem: String, at now: Date, isContact: Bool, state: NodeStatus.State? = nil)
        throws(FederationError)
    {
        try change(at: now) { status in
            status.connectedSince = nil
            if isContact { status.lastContact = now }
            if status.problem != problem { status.problemSince = now }
            status.problem = problem
            if let state { status.state = state }
        }
    }

    func stopped(at now: Date) throws(FederationError) {
        try change(at: now) { $0.connectedSince = nil }
    }

    private func change(at now: Date, _ body: (inout NodeStatus) -> Void) throws(FederationError) {
        let toWrite: NodeStatus? = state.withLock { state in
            var next = state.status
            body(&next)
            var comparable = next
            comparable.lastContact = state.status.lastContact
            let isStale = state.written.map { abs(now.timeIntervalSince($0)) >= Self.refresh } ?? true
            let isChanged = comparable != state.status
            state.status = next
            guard isChanged || isStale else { return nil }
            state.written = now
            return next
        }
        guard let toWrite else { return }
        let bytes: [UInt8]
        do { bytes = try WireJSON.encode(toWrite) } catch { throw .damaged(path: path) }
        do { try files.writeAtomically(bytes, to: path, mode: 0o600) } catch { throw .file(error) }
    }

    static func read(_ folder: String, _ files: any FileSystem) throws(FederationError) -> NodeStatus? {
        do {
            let path = FilePath.join(folder, name)
            guard try files.exists(path) else { return nil }
            return try? WireJSON.decode(NodeStatus.self, from: try files.read(path, limit: 65_536))
        } catch {
            throw .file(error)
        }
    }
}
