import Runtime

/// Where a node keeps what its committee decided: a folder of mode 0700.
public struct GovernanceFolder: Sendable, Hashable {
    public let path: String

    public init(_ path: String) { self.path = path }

    /// The members and their public keys.
    public var committee: String { FilePath.join(path, "committee.json") }
    /// The members' private keys, each encrypted with its owner's passphrase.
    public var keys: String { FilePath.join(path, "keys") }
    /// The site's own rule.
    public var policy: String { FilePath.join(path, "policy.json") }
    public var permits: String { FilePath.join(path, "permits") }
    public var approvals: String { FilePath.join(path, "approvals") }
    /// Outputs that wait for release.
    public var airlock: String { FilePath.join(path, "airlock") }
    /// What was spent, and which tasks were seen.
    public var ledger: String { FilePath.join(path, "ledger.sqlite") }
    public var optOut: String { FilePath.join(path, "opt-out.json") }
    public var optOutKey: String { FilePath.join(path, "opt-out.key") }
}
