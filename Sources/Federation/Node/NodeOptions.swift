/// What a site can set.
public struct NodeOptions: Sendable {
    /// Certificates (PEM) trusted besides the federation's authority: those of a proxy that inspects TLS. Messages stay
    /// signed and sealed end to end; such a proxy sees who speaks when, and how much.
    public var additionalTrust: [UInt8]?
    /// How many tasks are worked on at the same time.
    public var tasksAtOnce = 8
    /// How long a poll asks to be kept open; the hub has the last word.
    public var pollWait: Duration = .seconds(25)
    /// From how long before its end the certificate is warned about.
    public var warnBefore: Duration = .seconds(30 * 86_400)
    /// The environment that HTTPS_PROXY and NO_PROXY are read from; nil for that of the process.
    public var environment: [String: String]?

    public init() {}
}
