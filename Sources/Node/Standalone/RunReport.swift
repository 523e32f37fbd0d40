public import Curation

/// What a run did, for those who receive its output: counts and attributes, no path and no value.
public struct RunReport: Sendable, Codable, Equatable {
    public var profile: String
    /// Changes with every setting of profile, key and table.
    public var fingerprint: String
    /// CID 7050 codes that objects may carry.
    public var options: [String]
    public var tableEdition: String
    public var finished: String
    /// Objects that this run released.
    public var released: Int
    /// Objects that were released by earlier runs.
    public var releasedEarlier: Int
    /// Objects that were kept back, by reason.
    public var heldBack: [String: Int]
    public var notDICOM: Int
    public var pixels: IntakeSummary.Pixels
    /// What waits for a person, by kind of finding.
    public var findings: [String: Int]
    public var manifest: Manifest
    /// What was done with attributes in this run.
    public var actions: [ActionSum]
    /// The clinical tables.
    public var tables: [TableReport]
    /// How easily patients are found again.
    public var risk: RiskReport
    public var seconds: Double
    public var bytes: Int
    /// What kept the run from its end.
    public var stopped: String?

    public struct Manifest: Sendable, Codable, Equatable {
        /// Objects in it: all of the output.
        public var objects: Int
        /// Checks its signature: 64 hexadecimal digits.
        public var publicKey: String
        /// Not where the gate is shut: such a folder is not for others.
        public var isSigned: Bool
        /// Somebody has decided that it may leave although the gate is shut.
        public var riskAccepted: Bool
    }
}
