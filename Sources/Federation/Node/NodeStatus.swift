public import FoundationEssentials

/// How a node stands with its hub, as the last running process left it.
public struct NodeStatus: Codable, Equatable, Sendable {
    public enum State: String, Codable, Sendable {
        case waiting, admitted, suspended
    }

    public let site: SiteID
    public let federation: String
    public let hub: String
    /// This node's keys in short, for comparing with what the operator sees.
    public let fingerprint: String
    public var state: State
    /// Since when the connection has been up; nil while it is down.
    public var connectedSince: Date?
    public var lastContact: Date?
    /// The last trouble, in a sentence for the person at this machine; nil once it is over.
    public var problem: String?
    public var problemSince: Date?
    public var certificateExpires: Date?
    /// Tasks received and not yet answered.
    public var openTasks: Int
    /// Messages not yet taken by the hub.
    public var outgoing: Int

    public init(
        site: SiteID, federation: String, hub: String, fingerprint: String, state: State, connectedSince: Date? = nil,
        lastContact: Date? = nil, problem: String? = nil, problemSince: Date? = nil, certificateExpires: Date? = nil,
        openTasks: Int = 0, outgoing: Int = 0
    ) {
        self.site = site
        self.federation = federation
        self.hub = hub
        self.fingerprint = fingerprint
        self.state = state
        self.connectedSince = connectedSince
        self.lastContact = lastContact
        self.problem = problem
        self.problemSince = problemSince
        self.certificateExpires = certificateExpires
        self.openTasks = openTasks
        self.outgoing = outgoing
    }
}

/// What came of asking to join.
public enum JoinState: Equatable, Sendable {
    case admitted(site: SiteID, certificateExpires: Date)
    /// The operator has still to approve; compare the fingerprint with what `atles hub sites` shows.
    case waiting(site: SiteID, fingerprint: String)
}
