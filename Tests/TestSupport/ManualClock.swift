public import FoundationEssentials
public import Runtime
import Synchronization

/// A clock that a test moves by hand.
public final class ManualClock: Sendable {
    private let moment: Mutex<Date>

    public init(_ start: Date = Date(timeIntervalSince1970: 1_800_000_000)) {
        moment = Mutex(start)
    }

    public var now: Date { moment.withLock { $0 } }

    public func advance(by seconds: Double) {
        moment.withLock { $0 = $0.addingTimeInterval(seconds) }
    }

    /// The clock as the code under test takes it.
    public var wallClock: WallClock { WallClock { self.now } }
}
