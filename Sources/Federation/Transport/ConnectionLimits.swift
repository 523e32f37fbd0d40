/// How much patience the hub has with a connection.
///
/// Hummingbird gives a limit on the size of headers, an idle time-out that every byte resets, and a limit on the
/// number of connections that stops accepting. It does not stop a client that sends one byte at a time ("slow
/// loris"): that is what the deadlines here are for. They count from fixed moments, not from the last byte.
///
/// Not covered: many addresses at once that each behave just well enough. That takes a filter in front of the hub.
public struct ConnectionLimits: Sendable, Equatable {
    /// Seconds from the opening of the connection to the end of the first request's headers, the TLS handshake included.
    public var firstHead: Double = 10
    /// Seconds from the end of an answer to the end of the next request's headers.
    public var nextHead: Double = 120
    /// Seconds that a body may take before the minimum rate applies.
    public var bodyGrace: Double = 10
    /// Bytes a second that a body must come at, on average, after that.
    public var bodyRate: Double = 4096
    /// Seconds that a body may take at most.
    public var bodyAtMost: Double = 300
    /// Seconds that a client may leave what we sent unread.
    public var stall: Double = 60
    /// Bytes of all the headers of a request.
    public var headerBytes = 16 * 1024
    public var connections = 1024
    /// Connections from one address. A hospital's nodes and people often share one.
    public var connectionsPerAddress = 128

    public init() {}
}
