import Dispatch
import Runtime
import Synchronization

/// Hashes passwords one after the other, away from the threads that serve requests: each takes 128 MiB for a moment.
final class PasswordChecker: Sendable {
    private let cost: PasswordHash.Cost
    private let random: RandomSource
    private let queue = DispatchQueue(label: "atles.passwords")
    private let waiting = Mutex(0)
    /// What is compared with where nobody is called so, so that an answer does not come sooner.
    private let nobody: PasswordHash

    /// More than this many wait nowhere: they are told to come again.
    private static let most = 16

    init(cost: PasswordHash.Cost = .standard, random: RandomSource) {
        self.cost = cost
        self.random = random
        nobody = .ofNobody(cost: cost)
    }

    func hash(_ password: String) async throws -> PasswordHash {
        try await run { [cost, salt = random.bytes(16)] in try PasswordHash(password, cost: cost, salt: salt) }
    }

    /// Whether `password` is the one of `hash`. Where there is none it takes as long, and is not.
    func matches(_ password: String, _ hash: PasswordHash?) async throws -> Bool {
        try await run { [nobody] in
            let isRight = try (hash ?? nobody).matches(password)
            return isRight && hash != nil
        }
    }

    private func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let isTaken = waiting.withLock { waiting in
            guard waiting < Self.most else { return false }
            waiting += 1
            return true
        }
        guard isTaken else { throw PeopleError.busy }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}
