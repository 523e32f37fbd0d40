/// What an operator can set.
public struct HubOptions: Sendable {
    /// How long a poll stays open without news. Proxies on the way must allow it.
    public var pollWait: Duration = .seconds(25)
    /// The life of a site's certificate, and of the hub's own.
    public var certificateLifetime: Duration = .seconds(90 * 86_400)
    /// From how long before its end a certificate is warned about.
    public var warnBefore: Duration = .seconds(30 * 86_400)

    public init() {}
}
