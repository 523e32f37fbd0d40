import Runtime

/// Where a hub keeps what: one folder that holds everything. Nothing of a patient is in it.
public struct HubFolder: Sendable, Equatable {
    public let path: String

    public init(_ path: String) { self.path = path }

    /// The hub's settings: see ``HubConfiguration``.
    public var configuration: String { FilePath.join(path, "hub.yaml") }
    /// The authority's and the hub's own keys, the sites, the mailboxes.
    public var federation: String { FilePath.join(path, "federation") }
    /// What each site says of its data set, one file a site.
    public var cards: String { FilePath.join(path, "cards") }
    /// Questions that were asked and their answers, one file a question.
    public var queries: String { FilePath.join(path, "queries") }
    /// Runs and their records, one file a run.
    public var runs: String { FilePath.join(path, "runs") }
    /// Who may sign in, and who is signed in.
    public var people: String { FilePath.join(path, "people.sqlite") }
    /// The key with which visas of granted permits are signed.
    public var visaKey: String { FilePath.join(path, "visa.key") }
    /// The audit log.
    public var audit: String { FilePath.join(path, "audit.log") }
    /// Requests for access: their database, files, waiting mails, and what the federation has settled about access.
    public var access: String { FilePath.join(path, "access") }
    /// Held while the service runs: one at a time.
    public var serviceLock: String { FilePath.join(path, "service.lock") }
}
