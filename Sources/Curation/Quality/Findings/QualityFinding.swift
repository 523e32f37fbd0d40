import DICOM

/// Where a finding is. All identifiers are those of the data as it was checked: pseudonyms and new UIDs at a node.
public struct QualityPlace: Sendable, Codable, Hashable {
    public var patient: String?
    public var study: String?
    public var series: String?
    /// A SOP Instance UID.
    public var instance: String?
    /// Counted from 1.
    public var frame: Int?
    /// The keyword of an attribute, or its tag where it has none.
    public var attribute: String?

    public init(
        patient: String? = nil, study: String? = nil, series: String? = nil, instance: String? = nil,
        frame: Int? = nil, attribute: String? = nil
    ) {
        self.patient = patient
        self.study = study
        self.series = series
        self.instance = instance
        self.frame = frame
        self.attribute = attribute
    }
}

/// One thing that was found. Never holds a value of a patient.
public struct QualityFinding: Sendable, Codable, Equatable {
    /// The rule's id.
    public let rule: String
    public let severity: QualitySeverity
    public let level: QualityLevel
    /// The place, and for what is found between two places the other one.
    public var places: [QualityPlace]
    /// What was found here, in a sentence.
    public var detail: String
    /// How many objects, frames or positions it is about.
    public var count: Int

    init(_ rule: QualityRule, at places: [QualityPlace], _ detail: String, count: Int = 1) {
        self.rule = rule.id
        severity = rule.severity
        level = rule.level
        self.places = places
        self.detail = detail
        self.count = count
    }

    /// The first place.
    public var place: QualityPlace { places.first ?? QualityPlace() }
}

/// The findings in one series, each rule and attribute once: what a thousand slices have alike is one finding with a count.
struct SeriesFindings: Sendable {
    let place: QualityPlace
    private var places: [String: Int] = [:]
    private(set) var all: [QualityFinding] = []

    init(place: QualityPlace) {
        self.place = place
    }

    /// Notes a finding; the first one's detail and instance stand for all of its rule and attribute.
    mutating func add(
        _ rule: QualityRule, _ detail: String, attribute: Tag? = nil, instance: String? = nil, frame: Int? = nil,
        count: Int = 1
    ) {
        let name = attribute.map { $0.keyword ?? "\($0)" }
        let key = rule.id + " " + (name ?? "")
        if let known = places[key], all.indices.contains(known) {
            all[known].count += count
            return
        }
        var place = place
        place.attribute = name
        place.instance = instance
        place.frame = frame
        places[key] = all.count
        all.append(QualityFinding(rule, at: [place], detail, count: count))
    }
}
