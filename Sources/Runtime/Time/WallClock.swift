public import FoundationEssentials

/// The time of day, as a value that tests replace.
///
/// Certificates, envelopes and invitations are judged against it; nothing in Atles asks the system for the time
/// directly, so that a test can move a clock by an hour without touching the machine's.
public struct WallClock: Sendable {
    private let read: @Sendable () -> Date

    public init(_ read: @escaping @Sendable () -> Date) {
        self.read = read
    }

    /// This moment.
    public var now: Date { read() }

    /// The machine's clock.
    public static let system = WallClock { Date() }

    /// The machine's clock moved by a number of seconds, for rehearsing what a wrong clock does.
    public static func system(offsetBy seconds: Double) -> WallClock {
        WallClock { Date().addingTimeInterval(seconds) }
    }
}
