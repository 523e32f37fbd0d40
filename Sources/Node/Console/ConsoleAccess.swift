import Crypto
import FoundationEssentials
public import Runtime
import Synchronization

/// Who may use the console: whoever can read the node's token file, which is its owner.
///
/// Signing in trades the token for a session. A session ends after twelve hours, when its owner signs out, and when the
/// process ends. Each has a value of its own that forms carry, so that no other page can send one in its name.
public final class ConsoleAccess: Sendable {
    struct Session: Sendable {
        let form: String
        let ends: Date
    }

    private struct State {
        var sessions: [String: Session] = [:]
        var failures = 0
        var lastFailure: Date?
    }

    private let token: [UInt8]
    private let clock: WallClock
    private let random: RandomSource
    private let state = Mutex(State())

    private static let lifetime: TimeInterval = 12 * 3600
    private static let maximumSessions = 64

    /// - Parameter token: what the token file holds.
    init(token: String, clock: WallClock, random: RandomSource) {
        self.token = Array(SHA256.hash(data: Array(token.utf8)))
        self.clock = clock
        self.random = random
    }

    /// The token of a node: from its file, made where there is none.
    public static func token(at path: String, files: any FileSystem, random: RandomSource) throws(SecretError) -> String
    {
        let bytes = try SecretFile.readOrCreate(path, in: files) { Array((Base32.text(random.bytes(20)) + "\n").utf8) }
        return String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
    }

    enum Outcome: Equatable {
        case session(String)
        case wrong
        /// Too many wrong ones: for this many seconds none is looked at.
        case wait(Int)
    }

    /// A session for whoever knows the token. After five wrong ones each further one costs a minute, whoever sends it.
    func signIn(_ offered: String) -> Outcome {
        let digest = Array(SHA256.hash(data: Array(offered.filter { !$0.isWhitespace }.utf8)))
        let (session, form) = (random.identifier(), random.identifier())
        let now = clock.now
        return state.withLock { state in
            if state.failures >= 5, let last = state.lastFailure {
                let left = 60 - now.timeIntervalSince(last)
                if left > 0 { return .wait(Int(left.rounded(.up))) }
            }
            // Digests of equal length, compared without an early end.
            let difference = zip(digest, token).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
            guard difference == 0 else {
                state.failures += 1
                state.lastFailure = now
                return .wrong
            }
            state.failures = 0
            state.sessions = state.sessions.filter { $0.value.ends > now }
            if state.sessions.count >= Self.maximumSessions,
                let oldest = state.sessions.min(by: { $0.value.ends < $1.value.ends })
            {
                state.sessions[oldest.key] = nil
            }
            state.sessions[session] = Session(form: form, ends: now.addingTimeInterval(Self.lifetime))
            return .session(session)
        }
    }

    /// The session of that name, while it lasts.
    func session(_ name: String) -> Session? {
        let now = clock.now
        return state.withLock { state in
            guard let session = state.sessions[name], session.ends > now else { return nil }
            return session
        }
    }

    func signOut(_ name: String) { state.withLock { _ = $0.sessions.removeValue(forKey: name) } }
}
