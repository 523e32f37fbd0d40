public import Cohort

/// What a mapping made of a site's tables: for people as text, for programs as JSON. Names files, columns, rows and codes,
/// never what may be a patient's.
public struct MappingReport: Sendable, Codable, Equatable {
    /// The form of the document.
    public var version = 1
    /// The name of the mapping.
    public var mapping = ""
    public var files: [File] = []
    /// Records by entity, in the order of the model.
    public var records: [EntityCount] = []
    public var patients = 0
    public var attributes: [Attribute] = []
    /// What became no fact, and what should be known: what lost something first.
    public var problems: [MappingProblem] = []
    /// Kinds of problems of which there were too many different ones to list, with how many more.
    public var further: [String: Int] = [:]
    /// nil where it was not known who has images.
    public var images: TableReport.ImageLink?
    /// The minimum attributes of the data model, and for how many patients they are there.
    public var minimum: [Minimum] = []

    public init() {}

    /// One table that was read.
    public struct File: Sendable, Codable, Equatable {
        public var name: String
        public var rows = 0
        /// Records that its rows made or added to.
        public var records = 0
    }

    public struct EntityCount: Sendable, Codable, Equatable {
        public var entity: CohortEntity
        public var records: Int
    }

    /// One attribute of the mapping, over all its rules.
    public struct Attribute: Sendable, Codable, Equatable {
        public var name: String
        /// Cells that became a value, said that nothing is known, or were left out.
        public var taken = 0
        public var empty = 0
        public var leftOut = 0
    }

    /// One minimum attribute.
    public struct Minimum: Sendable, Codable, Equatable {
        public var name: String
        public var patients: Int
    }

    /// Records of all entities.
    public var recordCount: Int { records.reduce(0) { $0 + $1.records } }

    /// Whether every value and row that the mapping asks for became a fact.
    public var isComplete: Bool {
        !problems.contains { $0.kind.severity == .leftOut }
            && further.keys.allSatisfy { MappingProblem.Kind(rawValue: $0)?.severity != .leftOut }
    }
}
