/// What a registry keeps of one version of a model, next to its weights: where it came from and what it may be used for.
public struct ModelRecord: Sendable, Equatable, Codable {
    /// Data that took part.
    public struct DataSet: Sendable, Equatable, Codable {
        public let identifier: String
        public let site: String

        public init(identifier: String, site: String) {
            self.identifier = identifier
            self.site = site
        }
    }

    /// What was measured, and on what.
    public struct Metric: Sendable, Equatable, Codable {
        public let name: String
        public let value: Double
        public let on: String

        public init(name: String, value: Double, on: String) {
            self.name = name
            self.value = value
            self.on = on
        }
    }

    public var name: String
    /// From 1 on; given by ``ModelRegistry``.
    public internal(set) var version = 0
    /// SHA-256 of the safetensors file.
    public var weightsHash: String
    public var training: FederatedTraining
    /// The run that made it.
    public var run: String
    /// The version it was trained on from, by the hash of its weights.
    public var parent: String?
    public var dataSets: [DataSet]
    /// Permits under which the run was allowed; they hold for downloads too.
    public var permits: [String]
    /// Rounds trained, sites in the last one, rows over all sites.
    public var rounds: Int
    public var sites: Int
    public var rows: Int
    public var metrics: [Metric]
    /// What the training spent of each site's budget at most; nil where it was not private.
    public var spent: PrivacyBudget?
    public var intendedUse: String
    public var limitations: String

    public init(
        name: String, outcome: FederatedTraining.Outcome, training: FederatedTraining, run: String,
        parent: String? = nil,
        dataSets: [DataSet], permits: [String], spent: PrivacyBudget? = nil, intendedUse: String, limitations: String
    ) {
        self.name = name
        self.weightsHash = outcome.hash
        self.training = training
        self.run = run
        self.parent = parent
        self.dataSets = dataSets
        self.permits = permits
        self.rounds = outcome.bestRound
        self.sites = outcome.rounds.last?.sites ?? 0
        self.rows = outcome.rounds.last?.rows ?? 0
        self.metrics =
            outcome.validation.map { value in
                let name = training.plan.model.output == .cox ? "concordance index" : "loss"
                return [Metric(name: name, value: value, on: "rows that each site kept back, mean over rows")]
            } ?? []
        self.spent = spent
        self.intendedUse = intendedUse
        self.limitations = limitations
    }
}

/// The versions of a hub's models. A value: the hub stores it, and the weights by their hash.
public struct ModelRegistry: Sendable, Equatable, Codable {
    public private(set) var records: [ModelRecord] = []

    public init() {}

    /// Adds a version of a model.
    ///
    /// - Returns: the record with its version: one more than the last of that name.
    /// - Throws: ``RoundsError/plan(_:)`` where the record lacks what a registry must know, or these weights are there.
    public mutating func add(_ record: ModelRecord) throws(RoundsError) -> ModelRecord {
        guard !record.name.isEmpty, record.name.utf8.count <= 100 else {
            throw .plan("a model needs a name of at most 100 bytes")
        }
        guard record.weightsHash.utf8.count == 64,
            record.weightsHash.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { throw .plan("the weights of \(record.name) have no SHA-256") }
        guard !record.run.isEmpty, !record.dataSets.isEmpty, !record.permits.isEmpty else {
            throw .plan("\(record.name) does not say which run, data sets and permits it comes from")
        }
        guard !records.contains(where: { $0.name == record.name && $0.weightsHash == record.weightsHash }) else {
            throw .plan("these weights are a version of \(record.name) already")
        }
        if let parent = record.parent, !records.contains(where: { $0.weightsHash == parent }) {
            throw .plan("the model that \(record.name) was trained on from is not in this registry")
        }
        var record = record
        record.version = (records.filter { $0.name == record.name }.map(\.version).max() ?? 0) + 1
        records.append(record)
        return record
    }

    /// A version; the latest where none is given.
    public func record(_ name: String, version: Int? = nil) -> ModelRecord? {
        let all = records.filter { $0.name == name }
        return version.map { wanted in all.first { $0.version == wanted } } ?? all.last
    }

    /// The records from one to the first it goes back to.
    public func lineage(_ record: ModelRecord) -> [ModelRecord] {
        var lineage = [record]
        // A parent is always older in the list, so this ends.
        while let parent = lineage.last?.parent, lineage.count <= records.count,
            let next = records.first(where: { $0.weightsHash == parent })
        {
            lineage.append(next)
        }
        return lineage
    }
}
