/// How far an intake has come.
public struct IntakeProgress: Sendable, Equatable {
    /// Files that were dealt with, in whatever way.
    public var files = 0
    /// Files that are known to be there: a lower bound until ``isCountComplete``.
    public var filesKnown = 0
    public var bytes = 0
    public var bytesKnown = 0
    public var isCountComplete = false

    public var accepted = 0
    public var alreadyThere = 0
    public var quarantined = 0

    public var seconds: Double = 0

    public init() {}

    public var filesPerSecond: Double { seconds > 0 ? Double(files) / seconds : 0 }
    public var bytesPerSecond: Double { seconds > 0 ? Double(bytes) / seconds : 0 }

    /// Seconds until the end at the rate so far; nil while that is guesswork.
    public var secondsLeft: Double? {
        guard isCountComplete, seconds > 1, bytesPerSecond > 0 else { return nil }
        return Double(max(bytesKnown - bytes, 0)) / bytesPerSecond
    }

    /// The part that is done, 0 to 1; nil before anything is known.
    public var fraction: Double? {
        guard bytesKnown > 0 else { return nil }
        return min(Double(bytes) / Double(bytesKnown), 1)
    }
}
