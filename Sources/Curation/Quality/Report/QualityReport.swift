/// What a check of quality found: for people as a page and as text, for programs as JSON. Holds identifiers of the data as
/// it was checked (pseudonyms, new UIDs) and no value of a patient.
public struct QualityReport: Sendable, Codable, Equatable {
    /// The form of the document.
    public var version = 1
    public var title: String
    /// When it was made: RFC 3339; nil where the maker does not say.
    public var made: String?
    public var checked: Checked
    public var errors = 0
    public var warnings = 0
    public var notices = 0
    public var completeness: Completeness
    /// The rules that found something, the worst first.
    public var rules: [RuleResult]
    /// Series that the page shows: those with findings, and some without.
    public var series: [SeriesCard]
    /// Frames that look the same in two places.
    public var pairs: [LookAlikePair]
    /// What was left out of the comparison, in sentences; empty where nothing was.
    public var limitations: [String] = []
    /// Thumbnails by Series Instance UID; not part of the JSON.
    public var pictures: [String: [SeriesPicture]] = [:]

    enum CodingKeys: String, CodingKey {
        case version, title, made, checked, errors, warnings, notices, completeness, rules, series, pairs, limitations
    }

    /// What was looked at.
    public struct Checked: Sendable, Codable, Equatable {
        public var patients = 0
        public var studies = 0
        public var series = 0
        public var objects = 0
        public var frames = 0
        public var framesDecoded = 0
        public var isDeep = false
    }

    public var hasErrors: Bool { errors > 0 }
}

/// A series in the report.
public struct SeriesCard: Sendable, Codable, Equatable {
    public let patient: String
    public let study: String
    public let series: String
    /// A defined term; empty where the object has something else there.
    public let modality: String
    public let objects: Int
    public let frames: Int
    /// The ids of the rules that found something, the worst first.
    public var rules: [String]
    public var slices: Slices?

    /// Where the slices of a series lie.
    public struct Slices: Sendable, Codable, Equatable {
        /// Positions along the normal in millimetres from the first one; every so many where there are very many.
        public var positionsMM: [Double]
        /// Millimetres between neighbours.
        public var spacingMM: Double?
        public var gaps: [Gap]

        public struct Gap: Sendable, Codable, Equatable {
            /// Where it begins and ends, in millimetres from the first position.
            public var fromMM: Double
            public var toMM: Double
            /// Whole slices that fit in; 0 where the spacing is merely uneven.
            public var missing: Int
        }
    }

    init(_ outcome: SeriesOutcome) {
        patient = outcome.series.patient
        study = outcome.series.study
        series = outcome.series.series
        modality = CodeTerms.modalities.contains(outcome.modality) ? outcome.modality : ""
        objects = outcome.series.objects.count
        frames = outcome.frames
        rules = []
        for finding in outcome.findings.sorted(by: { $0.severity < $1.severity }) where !rules.contains(finding.rule) {
            rules.append(finding.rule)
        }
        slices = outcome.stack.flatMap { Slices($0) }
    }
}

extension SeriesCard.Slices {
    /// Positions drawn of a stack.
    private static let most = 1_500

    init?(_ stack: SliceStack) {
        // Positions beyond all measure have no place in a drawing, nor in JSON.
        guard let first = stack.positions.first, let last = stack.positions.last, stack.positions.count > 1,
            last - first < 1e9
        else { return nil }
        func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
        let step = stack.positions.count / Self.most + 1
        positionsMM = stride(from: 0, to: stack.positions.count, by: step).map { rounded(stack.positions[$0] - first) }
        spacingMM = stack.spacing.map(rounded)
        gaps = stack.gaps.prefix(200).compactMap { gap in
            guard stack.positions.indices.contains(gap.after) else { return nil }
            let start = stack.positions[gap.after] - first
            return Gap(fromMM: rounded(start), toMM: rounded(start + gap.width), missing: gap.missing)
        }
    }
}

/// Two frames that look the same.
public struct LookAlikePair: Sendable, Codable, Equatable {
    /// The id of the rule.
    public let rule: String
    public let first, second: QualityPlace
    /// 1 for the same picture.
    public let likeness: Double
    /// Pairs between these two series.
    public let count: Int
    /// Thumbnails; not part of the JSON.
    public var pictures: [SeriesPicture] = []

    enum CodingKeys: String, CodingKey {
        case rule, first, second, likeness, count
    }
}
