/// How easily records are found again: for people as text and as a section of a page, for programs as JSON. Holds
/// pseudonyms, the names of facts and counts, and no fact of a patient.
public struct RiskReport: Sendable, Codable, Equatable {
    /// The form of the document.
    public var version = 1
    public var quasiIdentifiers: [QuasiIdentifier]
    public var records: Int
    /// Groups of records that cannot be told apart.
    public var classes = 0
    /// The k of k-anonymity: records in the smallest class.
    public var smallest = 0
    /// How many classes there are of each size, the smallest first.
    public var sizes: [ClassSize] = []
    public var risk: ReidentificationRisk
    public var diversity: [Diversity] = []
    /// Records in classes smaller than the gate's k.
    public var atRisk = 0
    /// The first of them, those in the smallest classes first.
    public var listed: [RecordAtRisk] = []
    public var contributions: [Contribution] = []
    public var suggestions: [Suggestion] = []
    /// Whether no suggestion that loses less was left unseen.
    public var suggestionsAreOptimal = true
    public var gate: ReleaseGate
    public var decision: ReleaseGate.Decision

    init(
        quasiIdentifiers: [QuasiIdentifier], records: Int, risk: ReidentificationRisk, gate: ReleaseGate,
        decision: ReleaseGate.Decision
    ) {
        self.quasiIdentifiers = quasiIdentifiers
        self.records = records
        self.risk = risk
        self.gate = gate
        self.decision = decision
    }

    public struct ClassSize: Sendable, Codable, Equatable {
        public var size: Int
        public var classes: Int
    }

    public struct RecordAtRisk: Sendable, Codable, Equatable {
        public var pseudonym: String
        /// Records that look the same, this one included.
        public var classSize: Int
        /// The fact that gives it away most: without it the class would be largest. nil where no single one does.
        public var because: String?
    }

    /// What one fact has to do with the records at risk.
    public struct Contribution: Sendable, Codable, Equatable {
        public var name: String
        /// Different values.
        public var values: Int
        /// Records that would be at risk if this fact were left out.
        public var atRiskWithout: Int
    }

    /// A way to let every record have k − 1 others like it.
    public struct Suggestion: Sendable, Codable, Equatable {
        public struct Told: Sendable, Codable, Equatable {
            public var name: String
            /// The place in the hierarchy; 0: as it is.
            public var level: Int
            /// In words: "in bands of 5".
            public var how: String
        }

        public var told: [Told]
        /// Records left out.
        public var suppressed: Int
        public var suppressedShare: Double
        /// From 0, nothing lost, to 1, nothing left: the mean over records and facts of the values that a value can no
        /// longer be told from; a record left out counts as 1 (V. Iyengar 2002).
        public var loss: Double
        /// The smallest class then, and the mean risk of a record then.
        public var smallest: Int
        public var averageRisk: Double

        /// The facts that are told less exactly.
        public var changes: [Told] { told.filter { $0.level > 0 } }
    }
}
