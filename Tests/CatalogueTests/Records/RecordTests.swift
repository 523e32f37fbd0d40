import Catalogue
import DICOM
import Testing

/// Testing has a `Tag`, too.
private typealias Tag = DICOM.Tag

@Suite("What the index keeps of an object")
struct RecordTests {
    fileprivate func dataSet(_ fill: (inout DataSetBuilder) -> Void = { _ in }, without missing: Tag? = nil) throws
        -> DataSet
    {
        var builder = DataSetBuilder()
        let identifiers: [(Tag, VR, String)] = [
            (.sopClassUID, .ui, "1.2.840.10008.5.1.4.1.1.4"), (.sopInstanceUID, .ui, "2.25.1"),
            (.patientID, .lo, "ABC"),
            (.studyInstanceUID, .ui, "2.25.2"), (.seriesInstanceUID, .ui, "2.25.3"),
        ]
        for (tag, vr, value) in identifiers where tag != missing { builder.append(tag, vr, string: value) }
        fill(&builder)
        return try builder.finish()
    }

    private func record(_ fill: (inout DataSetBuilder) -> Void = { _ in }) throws -> InstanceRecord {
        try InstanceRecord(
            dataSet: dataSet(fill), transferSyntaxUID: "1.2.840.10008.1.2.1", digest: Records.digest(1), size: 10,
            source: Records.source("x"))
    }

    @Test("identifiers, and nothing where nothing is said")
    func identifiers() throws {
        let record = try record()
        var expected = InstanceRecord(
            patientID: "ABC", studyUID: "2.25.2", seriesUID: "2.25.3", sopInstanceUID: "2.25.1",
            sopClassUID: "1.2.840.10008.5.1.4.1.1.4", digest: Records.digest(1), size: 10, source: Records.source("x"))
        expected.transferSyntaxUID = "1.2.840.10008.1.2.1"
        #expect(record == expected)
    }

    @Test(
        "without an identifier it is refused, in a sentence that names it",
        arguments: [Tag.patientID, .studyInstanceUID, .seriesInstanceUID, .sopInstanceUID, .sopClassUID])
    fileprivate func missing(tag: Tag) throws {
        let dataSet = try dataSet(without: tag)
        #expect(throws: InstanceRecordError.missing(tag)) {
            try InstanceRecord(
                dataSet: dataSet, transferSyntaxUID: nil, digest: "", size: 0, source: Records.source("x"))
        }
        #expect(
            InstanceRecordError.missing(.patientID).description.hasPrefix("it has no valid Patient ID (0010,0020), "))
    }

    @Test("a classic object: attributes at its top")
    func classic() throws {
        let record = try record {
            $0.append(.patientSex, .cs, string: "F ")
            $0.append(.patientAge, .as, string: "045Y")
            $0.append(.studyDate, .da, string: "20210331")
            $0.append(.modality, .cs, string: "MR")
            $0.append(.bodyPartExamined, .cs, string: "PROSTATE")
            $0.append(.laterality, .cs, string: "L")
            $0.append(.manufacturer, .lo, string: "SIEMENS")
            $0.append(.manufacturerModelName, .lo, string: "Skyra")
            $0.append(.sliceThickness, .ds, string: "3.5")
            $0.append(.pixelSpacing, .ds, strings: ["0.7", "0.8"])
            $0.append(.magneticFieldStrength, .ds, string: "3")
            $0.append(.echoTime, .ds, string: "98.5")
            $0.append(.repetitionTime, .ds, string: "4000")
            $0.append(.kvp, .ds, string: "120")
            $0.append(.contrastBolusAgent, .lo, string: "Gadovist")
            $0.append(.rows, .us, ints: [512])
            $0.append(.columns, .us, ints: [256])
            $0.append(.numberOfFrames, .is, string: "12")
        }
        #expect(record.sex == "F" && record.ageYears == 45 && record.studyDate == 20_210_331)
        #expect(record.modality == "MR" && record.bodyPart == "PROSTATE" && record.laterality == "L")
        #expect(record.manufacturer == "SIEMENS" && record.model == "Skyra" && record.contrast == true)
        #expect(record.sliceThicknessMM == 3.5 && record.pixelSpacingMM == 0.7 && record.magneticFieldStrengthT == 3)
        #expect(record.echoTimeMS == 98.5 && record.repetitionTimeMS == 4000 && record.kvpKV == 120)
        #expect(record.rows == 512 && record.columns == 256 && record.frames == 12)
    }

    @Test("an enhanced object: attributes in the functional groups that all frames share, or in the first frame's")
    func enhanced() throws {
        let record = try record {
            $0.beginSequence(.sharedFunctionalGroupsSequence)
            $0.beginItem()
            $0.beginSequence(.pixelMeasuresSequence)
            $0.beginItem()
            $0.append(.sliceThickness, .ds, string: "2")
            $0.append(.pixelSpacing, .ds, strings: ["0.5", "0.5"])
            $0.endItem()
            $0.endSequence()
            $0.endItem()
            $0.endSequence()
            $0.beginSequence(.perFrameFunctionalGroupsSequence)
            $0.beginItem()
            $0.beginSequence(Tag(0x0018, 0x9114))
            $0.beginItem()
            $0.append(Tag(0x0018, 0x9082), .fd, doubles: [72.5])
            $0.endItem()
            $0.endSequence()
            $0.endItem()
            $0.endSequence()
        }
        #expect(record.sliceThicknessMM == 2 && record.pixelSpacingMM == 0.5 && record.echoTimeMS == 72.5)
    }

    @Test("nonsense is not recorded")
    func nonsense() throws {
        let record = try record {
            $0.append(.patientSex, .cs, string: "X")
            $0.append(.patientAge, .as, string: "forty")
            $0.append(.studyDate, .da, string: "20211399")
            $0.append(.laterality, .cs, string: "UP")
            $0.append(.sliceThickness, .ds, string: "thick")
            $0.append(.kvp, .ds, string: "-1")
            $0.append(.modality, .cs, string: "  ")
            $0.append(.rows, .us, ints: [0])
        }
        #expect(record.sex == nil && record.ageYears == nil && record.studyDate == nil && record.laterality == nil)
        #expect(record.sliceThicknessMM == nil && record.kvpKV == nil && record.modality == nil && record.rows == nil)
    }

    @Test(
        "ages in every unit, in years; 90 and over are 90",
        arguments: [("018M", 1.5), ("000D", 0), ("052W", 364 / 365.25), ("089Y", 89), ("090Y", 90), ("107Y", 90)])
    func ages(text: String, years: Double) throws {
        #expect(try record { $0.append(.patientAge, .as, string: text) }.ageYears == years)
    }

    @Test(
        "contrast is no only where the object says so", arguments: [("NONE", false), ("no", false), ("Iomeron", true)])
    func contrast(agent: String, given: Bool) throws {
        #expect(try record { $0.append(.contrastBolusAgent, .lo, string: agent) }.contrast == given)
    }
}
