/// A question: which series, and by what the patients in the answer are broken down.
///
/// It has two written forms that mean the same: a text for people (`modality = MR and sex = F`) and JSON for programs
/// (`{"all": [{"attribute": "series.modality", "equals": "MR"}, …]}`). Both read back to an equal question.
public struct CohortQuery: Sendable, Hashable {
    /// What is asked, without groups of one and without groups inside groups of their own kind.
    public let condition: Condition
    /// The facets that the answer has, by name.
    public let facets: [String]

    public init(condition: Condition, facets: [String] = CohortFacet.standardNames) {
        self.condition = condition.simplified
        self.facets = facets
    }

    /// Every series.
    public static let everything = CohortQuery(condition: .everything)

    /// Reads the text form.
    public init(text: String) throws(QueryError) {
        self = try QueryParser.parse(text)
    }

    /// Reads the JSON form, or the text form inside JSON: `{"where": "modality = MR", "facets": ["sex"]}`.
    ///
    /// The place of an error is in the text where the mistake is in the text.
    public init(json: [UInt8]) throws(QueryError) {
        self = try QueryDocument.query(try JSONReader.value(json))
    }

    /// The one text that is written for this question.
    public var text: String { QueryText.text(self) }

    /// The JSON form, with sorted keys: equal questions have equal bytes.
    public func json() -> [UInt8] { JSONWriter.bytes(QueryDocument.json(self)) }
}

extension CohortQuery: Codable {
    public init(from decoder: any Decoder) throws {
        self = try QueryDocument.query(JSONValue(from: decoder))
    }

    public func encode(to encoder: any Encoder) throws {
        try QueryDocument.json(self).encode(to: encoder)
    }
}

/// How large a question may be.
public enum QueryLimits {
    /// Groups inside groups.
    public static let depth = 64
    /// Groups, tests and listed values together.
    public static let nodes = 1000
    /// The longest time between two records in days, and the largest number of records.
    public static let days = 100_000
    /// Characters of the text form.
    public static let characters = 50_000
    /// Bytes of either form.
    public static let bytes = 1 << 20
    /// Characters of one value.
    public static let valueCharacters = 200
    /// UTF-8 bytes of one value.
    public static let valueBytes = 800
}
