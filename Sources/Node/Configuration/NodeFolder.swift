import Runtime

/// Where a node keeps what: one folder that holds everything, so that a backup or a move is a copy of it.
///
/// Made with mode 0700: the index and the quarantine are the hospital's own, and nobody else's on the machine.
public struct NodeFolder: Sendable, Equatable {
    /// The folder itself.
    public let path: String

    public init(_ path: String) { self.path = path }

    /// The node's settings, made to be read and edited: see ``NodeConfiguration``.
    public var configuration: String { FilePath.join(path, "node.yaml") }
    /// Secrets, one file each, mode 0600.
    public var keys: String { FilePath.join(path, "keys") }
    /// The key that all pseudonyms and new UIDs hang on: a backup of the node without it starts a different node.
    public var pseudonymKey: String { FilePath.join(keys, "pseudonym.key") }
    /// De-identified objects.
    public var store: String { FilePath.join(path, "store") }
    /// The index of the store.
    public var index: String { FilePath.join(path, "index.sqlite") }
    /// What could not be taken in, kept aside with its reason.
    public var quarantine: String { FilePath.join(path, "quarantine") }
    /// De-identified objects that wait for a person, with pictures that only the node can open.
    public var review: String { FilePath.join(path, "review") }
    /// What leads from pseudonyms back to patients, sealed under the pseudonym key.
    public var vault: String { FilePath.join(path, "vault.sqlite") }
    /// With which key and profile the data set was begun.
    public var continuity: String { FilePath.join(path, "deidentification.json") }
    /// The signed manifest of each batch.
    public var manifests: String { FilePath.join(path, "manifests") }
    /// Keys, certificate, mailbox and state of the link to the hub.
    public var federation: String { FilePath.join(path, "federation") }
    /// What askers were told, so that what they ask next can be compared with it.
    public var disclosure: String { FilePath.join(path, "disclosure.sqlite") }
    /// The key of the noise on numbers, mode 0600: whoever has it can take the noise away.
    public var noiseKey: String { FilePath.join(keys, "noise.key") }
    /// The runs that this site takes part in, one file a run.
    public var runs: String { FilePath.join(path, "runs") }
    /// From which the masks of sums follow, mode 0600: whoever has it and the hub's mail can take them off.
    public var roundsKey: String { FilePath.join(keys, "rounds.key") }
    /// Which masked rounds have been answered, so that no two numbers come under one mask.
    public var roundsLedger: String { FilePath.join(path, "rounds.ledger") }
    /// The audit log.
    public var audit: String { FilePath.join(path, "audit.log") }
    /// What opens the console, mode 0600.
    public var consoleToken: String { FilePath.join(keys, "console.token") }
    /// Held while an intake runs: one at a time.
    public var intakeLock: String { FilePath.join(path, "intake.lock") }
    /// Held while the service runs: one at a time.
    public var serviceLock: String { FilePath.join(path, "service.lock") }
}
