import DICOM

/// What the rules about series and patients need of an object: its header is not kept.
struct ObjectFacts: Sendable {
    let instance: String
    let sopClass: String
    let modality: String
    let number: Int?
    let frameOfReference: String
    let rows: Int?
    let columns: Int?
    let frames: Int
    let spacingBetweenSlices: Double?
    let isLocalizer: Bool
    let poses: [SlicePose]

    init(_ dataSet: DataSet, listed: QualityObject, object: Int) {
        instance = listed.instance
        sopClass = dataSet[.sopClassUID]?.uid ?? ""
        modality = dataSet[.modality]?.string?.uppercased() ?? ""
        number = dataSet[.instanceNumber]?.int
        frameOfReference = dataSet[.frameOfReferenceUID]?.uid ?? ""
        rows = dataSet[.rows]?.int
        columns = dataSet[.columns]?.int
        // A reader of frames refuses more than a million.
        frames = min(max(dataSet[.numberOfFrames]?.int ?? 1, 1), 1_000_000)
        spacingBetweenSlices = Self.spacingBetweenSlices(dataSet)
        isLocalizer = dataSet[.imageType]?.strings.contains { ["LOCALIZER", "SCOUT"].contains($0) } ?? false
        poses = SlicePose.all(of: dataSet, object: object)
    }

    private static func spacingBetweenSlices(_ dataSet: DataSet) -> Double? {
        let shared = dataSet[.sharedFunctionalGroupsSequence]?.items.first?[.pixelMeasuresSequence]?.items.first
        return (dataSet[.spacingBetweenSlices] ?? shared?[.spacingBetweenSlices])?.double
    }

    var isImage: Bool { rows != nil && columns != nil }
}

/// What is known of a patient from one series.
struct PatientFacts: Sendable {
    var sexes: Set<String> = []
    var birthDates: Set<CivilDate> = []
    /// Age and day of the study, where both are there.
    var ages: [(years: Double, day: CivilDate)] = []
    var days: Set<CivilDate> = []
    var sides: Set<String> = []

    mutating func add(_ dataSet: DataSet) {
        if let sex = dataSet[.patientSex]?.string?.uppercased(), ["F", "M", "O"].contains(sex) { sexes.insert(sex) }
        if let birth = dataSet[.patientBirthDate]?.string.flatMap({ CivilDate(dicom: $0) }) {
            birthDates.insert(birth)
        }
        if let day = dataSet[.studyDate]?.string.flatMap({ CivilDate(dicom: $0) }) {
            // A series lies in one study: its day and age are one pair, mostly.
            if days.insert(day).inserted, let years = dataSet[.patientAge]?.string.flatMap(AgeText.years) {
                ages.append((years, day))
            }
        }
        for tag in [Tag.laterality, .imageLaterality] {
            if let side = dataSet[tag]?.string?.uppercased(), ["L", "R", "B"].contains(side) { sides.insert(side) }
        }
    }
}

/// Ages as DICOM writes them (VR AS).
enum AgeText {
    /// Years; nil for anything but three digits and D, W, M or Y.
    static func years(_ text: String) -> Double? {
        let digits = text.utf8.prefix(3)
        guard text.utf8.count == 4, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int(text.prefix(3))
        else { return nil }
        switch text.last {
        case "Y": return Double(number)
        case "M": return Double(number) / 12
        case "W": return Double(number) * 7 / 365.25
        case "D": return Double(number) / 365.25
        default: return nil
        }
    }
}
