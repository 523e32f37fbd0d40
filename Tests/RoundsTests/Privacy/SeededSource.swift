import Runtime
import Synchronization
import TestSupport

/// A random source that goes on where it stopped, and is the same for the same seed.
final class SeededSource: Sendable {
    private let state: Mutex<SeededGenerator>

    private init(_ seed: UInt64) { state = Mutex(SeededGenerator(seed: seed)) }

    static func make(_ seed: UInt64) -> RandomSource {
        let source = SeededSource(seed)
        return RandomSource { count in
            source.state.withLock { generator in
                (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            }
        }
    }
}
