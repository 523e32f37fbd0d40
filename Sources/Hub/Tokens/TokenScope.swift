/// What a personal token is good for. A token never allows more than its person may do.
enum TokenScope: String, Sendable, CaseIterable {
    /// Read what its person may read.
    case read
    /// Ask the sites for counts.
    case ask
    /// Write, change and decide on access requests.
    case requests
    /// Start and stop computations under a permit.
    case run

    var label: String {
        switch self {
        case .read: "read what you may read"
        case .ask: "ask questions"
        case .requests: "write and change access requests"
        case .run: "run computations under your permits"
        }
    }
}
