/// How much a finding matters. An error makes data unfit for analysis or ties it to the wrong patient; a warning asks for
/// a look; a notice is good to know.
public enum QualitySeverity: String, Sendable, Codable, CaseIterable, Comparable {
    case error, warning, notice

    /// Worse ones come first.
    public static func < (left: QualitySeverity, right: QualitySeverity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .error: 0
        case .warning: 1
        case .notice: 2
        }
    }
}

/// What a finding is about.
public enum QualityLevel: String, Sendable, Codable, CaseIterable {
    case object, series, study, patient
    case dataSet = "data set"
}

/// Something that data can be checked for. Its id is stable: documents, filters and reports of other versions name it.
public struct QualityRule: Sendable, Hashable, Codable {
    /// "geometry.missing-slice".
    public let id: String
    public let severity: QualitySeverity
    public let level: QualityLevel
    /// What was found, in a few words.
    public let title: String
    /// What the rule looks at, and why it matters.
    public let explanation: String
    /// What a data manager can do about it.
    public let remedy: String

    init(
        _ id: String, _ severity: QualitySeverity, _ level: QualityLevel, _ title: String, _ explanation: String,
        remedy: String
    ) {
        self.id = id
        self.severity = severity
        self.level = level
        self.title = title
        self.explanation = explanation
        self.remedy = remedy
    }

    /// Every rule, in the order of documents.
    public static let all: [QualityRule] =
        fileRules + pixelRules + attributeRules + dateRules + geometryRules + seriesRules + patientRules
        + referenceRules + duplicateRules

    /// The rule with that id.
    public static func named(_ id: String) -> QualityRule? { byID[id] }

    private static let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
}
