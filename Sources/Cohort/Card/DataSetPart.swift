/// One data set of a site in brief: a part of the site's ``DataSetCard``, under the same rule.
public struct DataSetPart: Codable, Sendable, Equatable {
    /// The name that questions know it by: `series.dataset = …`.
    public var name: String
    public var title: String
    public var description: String
    /// Who made it, or answers for it; empty where the site does not say.
    public var provider: String
    public var keywords: [String]
    public var counts: ProtectedCounts
    /// Modalities, body parts, sexes and ages.
    public var facets: [Facet]
    public var variables: [VariableCompleteness]
    public var tier: DataSetTier

    public init(
        name: String, title: String, description: String = "", provider: String = "", keywords: [String] = [],
        counts: ProtectedCounts, facets: [Facet], variables: [VariableCompleteness], tier: DataSetTier
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.provider = provider
        self.keywords = keywords
        self.counts = counts
        self.facets = facets
        self.variables = variables
        self.tier = tier
    }
}

/// For how many patients of a data set an attribute is recorded.
public struct VariableCompleteness: Codable, Sendable, Equatable {
    /// The attribute's full name.
    public var attribute: String
    /// About how many of a hundred patients, in steps that each stand for more patients than the site's threshold.
    public var percent: Int

    public init(attribute: String, percent: Int) {
        self.attribute = attribute
        self.percent = percent
    }
}

/// How far a data set has come, by EUCAIM's tiers: 1 is described, 2 answers questions, 3 runs analyses.
public struct DataSetTier: Codable, Sendable, Equatable {
    public var level: Int
    /// What is missing for the next tier, in words; empty at the highest.
    public var missing: [String]

    public init(level: Int, missing: [String]) {
        self.level = level
        self.missing = missing
    }
}

extension DataSetPart {
    /// Keywords, variables and things that are missing: at most so many are read.
    static let mostEntries = 500

    /// Reads a part within ``AnswerLimits``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: container.text(.name), title: container.text(.title),
            description: container.text(.description, atMost: AnswerLimits.textBytes),
            provider: container.text(.provider),
            keywords: container.list(of: String.self, .keywords, atMost: Self.mostEntries),
            counts: container.decode(ProtectedCounts.self, forKey: .counts),
            facets: container.list(of: Facet.self, .facets, atMost: AnswerLimits.facets),
            variables: container.list(of: VariableCompleteness.self, .variables, atMost: AnswerLimits.attributes),
            tier: container.decode(DataSetTier.self, forKey: .tier))
        try container.requireDistinct(facets.map(\.name), .facets)
        guard keywords.allSatisfy({ $0.utf8.count <= AnswerLimits.textBytes }) else {
            throw container.refusal(.keywords, "a text of more than \(AnswerLimits.textBytes) bytes")
        }
    }
}

extension VariableCompleteness {
    /// Reads an attribute's name and a share from 0 to 100.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(attribute: container.text(.attribute), percent: container.number(.percent, in: 0...100))
    }
}

extension DataSetTier {
    /// Reads a tier from 1 to 3.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            level: container.number(.level, in: 1...3),
            missing: container.list(of: String.self, .missing, atMost: DataSetPart.mostEntries))
        guard missing.allSatisfy({ $0.utf8.count <= AnswerLimits.nameBytes }) else {
            throw container.refusal(.missing, "a text of more than \(AnswerLimits.nameBytes) bytes")
        }
    }
}
