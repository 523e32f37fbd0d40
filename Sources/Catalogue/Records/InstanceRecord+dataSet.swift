public import DICOM

/// Why an object cannot be in the index.
public enum InstanceRecordError: Error, Equatable, Sendable, CustomStringConvertible {
    /// An identifier that every object has is missing, empty or no UID.
    case missing(Tag)

    public var description: String {
        switch self {
        case .missing(let tag):
            "it has no valid \(DataDictionary.standard[tag]?.name ?? "attribute") \(tag), without which it belongs to no patient, study or series"
        }
    }
}

extension InstanceRecord {
    /// What the index keeps of a de-identified object: the one place where DICOM attributes become columns.
    ///
    /// What is empty, out of range or not of its kind is not recorded; only the identifiers are required. Enhanced
    /// objects keep acquisition parameters in their functional groups: those that all frames share are read, and then
    /// the first frame's.
    ///
    /// - Parameter transferSyntaxUID: of the stored object; it stands in the file's meta group, not in the data set.
    public init(
        dataSet: DataSet, transferSyntaxUID: String?, digest: String, size: Int, source: SourceKey
    ) throws(InstanceRecordError) {
        self.init(
            patientID: try Self.required(.patientID, in: dataSet, \.string),
            studyUID: try Self.required(.studyInstanceUID, in: dataSet, \.uid),
            seriesUID: try Self.required(.seriesInstanceUID, in: dataSet, \.uid),
            sopInstanceUID: try Self.required(.sopInstanceUID, in: dataSet, \.uid),
            sopClassUID: try Self.required(.sopClassUID, in: dataSet, \.uid), digest: digest, size: size, source: source
        )
        self.transferSyntaxUID = transferSyntaxUID
        let groups = FunctionalGroups(dataSet)
        sex = dataSet[.patientSex]?.string.flatMap {
            ["F", "M", "O"].contains($0.uppercased()) ? $0.uppercased() : nil
        }
        ageYears = dataSet[.patientAge]?.string.flatMap(AgeString.years)
        studyDate = dataSet[.studyDate]?.string.flatMap(StudyDay.number)
        modality = Self.text(.modality, in: dataSet)
        bodyPart = Self.text(.bodyPartExamined, in: dataSet)
        laterality = (Self.text(.laterality, in: dataSet) ?? Self.text(.imageLaterality, in: dataSet))
            .flatMap { ["L", "R", "B", "U"].contains($0.uppercased()) ? $0.uppercased() : nil }
        manufacturer = Self.text(.manufacturer, in: dataSet)
        model = Self.text(.manufacturerModelName, in: dataSet)
        sliceThicknessMM = groups.number(.sliceThickness, in: .pixelMeasuresSequence)
        pixelSpacingMM =
            groups.number(.pixelSpacing, in: .pixelMeasuresSequence)
            ?? Self.number(dataSet[.imagerPixelSpacing])
        magneticFieldStrengthT = Self.number(dataSet[.magneticFieldStrength])
        echoTimeMS =
            groups.number(.echoTime, in: .mrEchoSequence) ?? groups.number(.effectiveEchoTime, in: .mrEchoSequence)
        repetitionTimeMS = groups.number(.repetitionTime, in: .mrTimingAndRelatedParametersSequence)
        kvpKV = groups.number(.kvp, in: .ctXRayDetailsSequence)
        contrast = Self.contrast(dataSet)
        rows = Self.whole(dataSet[.rows])
        columns = Self.whole(dataSet[.columns])
        frames = Self.whole(dataSet[.numberOfFrames])
    }

    private static func required(
        _ tag: Tag, in dataSet: DataSet, _ value: (Element) -> String?
    ) throws(InstanceRecordError) -> String {
        guard let text = dataSet[tag].flatMap(value), Term.normalised(text) != nil else { throw .missing(tag) }
        return text
    }

    private static func text(_ tag: Tag, in dataSet: DataSet) -> String? {
        // A value longer than any VR of these attributes allows is damage, not a name.
        dataSet[tag]?.string.flatMap { $0.count <= 64 ? $0 : nil }
    }

    /// A measurement: finite and above zero, which none of these can be.
    static func number(_ element: Element?) -> Double? {
        element?.double.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    }

    private static func whole(_ element: Element?) -> Int? {
        element?.int.flatMap { $0 > 0 ? $0 : nil }
    }

    /// Yes where the object describes an agent; no where it says that there was none; otherwise nothing is known.
    private static func contrast(_ dataSet: DataSet) -> Bool? {
        let agent = dataSet[.contrastBolusAgent]?.string.flatMap(Term.normalised)
        if let agent, ["NO", "NONE", "N", "NO CONTRAST", "WITHOUT CONTRAST", "NON"].contains(agent) { return false }
        let describes =
            agent != nil || number(dataSet[.contrastBolusVolume]) != nil
            || [Tag.contrastBolusRoute, .contrastBolusIngredient].contains { dataSet[$0]?.string != nil }
            || dataSet[.contrastBolusAgentSequence].map { !$0.items.isEmpty } ?? false
        return describes ? true : nil
    }
}

/// Where enhanced multi-frame objects keep what a classic object has at its top (PS3.3 C.7.6.16).
private struct FunctionalGroups {
    private let places: [DataSet]

    init(_ dataSet: DataSet) {
        places =
            [dataSet]
            + [Tag.sharedFunctionalGroupsSequence, .perFrameFunctionalGroupsSequence]
            .compactMap { dataSet[$0]?.items.first }
    }

    /// A measurement at the top of the object, or in `sequence` of its functional groups.
    func number(_ tag: Tag, in sequence: Tag) -> Double? {
        for place in places {
            if let number = InstanceRecord.number(place[tag] ?? place[sequence]?.items.first?[tag]) { return number }
        }
        return nil
    }
}

extension Tag {
    fileprivate static let contrastBolusAgentSequence = Tag(0x0018, 0x0012)
    fileprivate static let contrastBolusRoute = Tag(0x0018, 0x1040)
    fileprivate static let contrastBolusVolume = Tag(0x0018, 0x1041)
    fileprivate static let contrastBolusIngredient = Tag(0x0018, 0x1048)
    fileprivate static let effectiveEchoTime = Tag(0x0018, 0x9082)
    fileprivate static let mrTimingAndRelatedParametersSequence = Tag(0x0018, 0x9112)
    fileprivate static let mrEchoSequence = Tag(0x0018, 0x9114)
    fileprivate static let ctXRayDetailsSequence = Tag(0x0018, 0x9325)
}
