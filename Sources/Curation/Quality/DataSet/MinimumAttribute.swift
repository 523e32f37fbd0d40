import DICOM

/// The attributes that every imaging series of a data set should have, whatever it is used for.
public enum MinimumAttribute: String, Sendable, Codable, CaseIterable, Comparable {
    case patientID = "patient id"
    case modality
    case bodyPart = "body part"
    case manufacturer
    case acquisitionDate = "acquisition date"
    case age = "age at study"

    /// The tier of a data set that asks for it: 1 is described in the catalogue, 2 answers cohort queries.
    public var tier: Int {
        switch self {
        case .patientID, .modality: 1
        case .bodyPart, .manufacturer, .acquisitionDate, .age: 2
        }
    }

    public static func < (left: MinimumAttribute, right: MinimumAttribute) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }

    /// The DICOM attributes that it is read from, in the order in which they are tried.
    public var keywords: [String] { tags.map { $0.keyword ?? "\($0)" } }

    var tags: [Tag] {
        switch self {
        case .patientID: [.patientID]
        case .modality: [.modality]
        case .bodyPart: [.bodyPartExamined, .anatomicRegionSequence]
        case .manufacturer: [.manufacturer]
        case .acquisitionDate: [.acquisitionDate, .acquisitionDateTime, .seriesDate, .studyDate]
        case .age: [.patientAge]
        }
    }

    /// Those that an object has.
    static func present(in dataSet: DataSet) -> Set<MinimumAttribute> {
        Set(allCases.filter { $0.isPresent(in: dataSet) })
    }

    private func isPresent(in dataSet: DataSet) -> Bool {
        if tags.contains(where: { Self.has(dataSet, $0) }) { return true }
        switch self {
        case .age: return Self.has(dataSet, .patientBirthDate) && Self.has(dataSet, .studyDate)
        case .bodyPart, .acquisitionDate: return isInFunctionalGroups(dataSet)
        default: return false
        }
    }

    /// Where enhanced objects keep it.
    private func isInFunctionalGroups(_ dataSet: DataSet) -> Bool {
        for sequence in [Tag.sharedFunctionalGroupsSequence, .perFrameFunctionalGroupsSequence] {
            guard let groups = dataSet[sequence]?.items.first else { continue }
            if self == .bodyPart, let anatomy = groups[Tag(0x0020, 0x9071)]?.items.first,
                anatomy[.anatomicRegionSequence]?.isEmpty == false
            {
                return true
            }
            if self == .acquisitionDate,
                let content = groups[QualityTags.frameContentSequence]?.items.first,
                content[QualityTags.frameAcquisitionDateTime]?.string != nil
            {
                return true
            }
        }
        return false
    }

    private static func has(_ dataSet: DataSet, _ tag: Tag) -> Bool {
        guard let element = dataSet[tag] else { return false }
        return element.isSequence ? !element.items.isEmpty : element.string != nil
    }
}

/// How complete a data set is, and which tier it reaches.
public struct Completeness: Sendable, Codable, Equatable {
    public struct Share: Sendable, Codable, Equatable {
        public let attribute: MinimumAttribute
        public let tier: Int
        /// Series that have it.
        public var series: Int
    }

    /// Series of images: those about images are not counted.
    public var imagingSeries = 0
    public var shares: [Share] = MinimumAttribute.allCases.map { Share(attribute: $0, tier: $0.tier, series: 0) }
    /// 0 to 3. 1: every series says whose it is and its modality. 2: every minimum attribute is there. 3: and nothing of
    /// severity error was found.
    public var tier = 0
    /// What is missing for the next tier, in sentences.
    public var missing: [String] = []
    /// The minimum attributes of the clinical table; empty where none was given. It does not count for the tier, which is
    /// that of the images.
    public var clinical: [ClinicalAttribute.Share] = []
    /// Patients of the clinical table.
    public var clinicalPatients = 0

    init() {}

    mutating func add(_ attributes: Set<MinimumAttribute>) {
        imagingSeries += 1
        for index in shares.indices where attributes.contains(shares[index].attribute) { shares[index].series += 1 }
    }

    mutating func judge(errors: Int) {
        missing = []
        tier = 0
        guard imagingSeries > 0 else {
            missing = ["there are no series of images"]
            return
        }
        for next in 1...2 {
            let short = shares.filter { $0.tier == next && $0.series < imagingSeries }
            guard short.isEmpty else {
                missing = short.map {
                    "\($0.attribute.rawValue) in \(imagingSeries - $0.series) of \(imagingSeries) series"
                }
                return
            }
            tier = next
        }
        if errors > 0 {
            missing = ["\(errors) finding\(errors == 1 ? "" : "s") of severity error to be settled"]
        } else {
            tier = 3
        }
    }
}
