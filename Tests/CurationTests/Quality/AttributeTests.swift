import Curation
import DICOM
import Testing

@Suite("Codes, ranges and dates of an object")
struct AttributeTests {
    private func findings(
        _ tag: DICOMTag, _ vr: VR, _ value: String, modality: String = "CT", today: CivilDate? = nil
    ) throws -> [String] {
        var options = QualityOptions()
        options.today = today
        let slices = Slice.stack(heights(3)) { slice in
            slice.modality = modality
            if modality != "CT" { slice.sopClass = "1.2.840.10008.5.1.4.1.1.1.1" }
            slice.change = { $0.append(tag, vr, string: value) }
        }
        let report = try MemoryDataSet(slices).check(options)
        return report.rules.flatMap(\.listed).map { "\($0.rule) \($0.place.attribute ?? "")" }
    }

    @Test(
        "a value that is not among the enumerated ones is named by its attribute",
        arguments: [
            (DICOMTag.patientSex, "W"), (.laterality, "LEFT"), (.imageLaterality, "X"), (.patientPosition, "SUPINE"),
            (.mrAcquisitionType, "4D"),
        ])
    func enumerated(_ tag: DICOMTag, _ value: String) throws {
        #expect(try findings(tag, .cs, value) == ["code.value \(tag.keyword ?? "")"])
    }

    @Test("the values that the standard has are fine")
    func known() throws {
        #expect(try findings(.patientSex, .cs, "O") == [])
        #expect(try findings(.patientPosition, .cs, "FFDL") == [])
        #expect(try findings(.viewPosition, .cs, "AP", modality: "DX") == [])
        #expect(try findings(.bodyPartExamined, .cs, "CHESTABDPELVIS") == [])
    }

    @Test("modalities and body parts in a site's own words are found")
    func terms() throws {
        #expect(try findings(.bodyPartExamined, .cs, "LEBER") == ["code.body-part BodyPartExamined"])
        #expect(try findings(.patientComments, .lt, "", modality: "CAT") == ["code.modality Modality"])
    }

    @Test(
        "numbers outside what is possible",
        arguments: [
            (DICOMTag.sliceThickness, "0"), (.sliceThickness, "-1.5"), (.pixelSpacing, "0\\0.7"), (.kvp, "1200"),
            (.patientWeight, "70000"), (.patientSize, "172"),
        ])
    func ranges(_ tag: DICOMTag, _ value: String) throws {
        #expect(try findings(tag, .ds, value).contains("range.implausible \(tag.keyword ?? "")"))
    }

    @Test("a field strength in gauss is implausible for MR alone")
    func gauss() throws {
        #expect(
            try findings(.magneticFieldStrength, .ds, "15000", modality: "MR").contains(
                "range.implausible MagneticFieldStrength"))
        #expect(try findings(.magneticFieldStrength, .ds, "15000") == [])
    }

    @Test(
        "ages",
        arguments: [("131Y", true), ("61", true), ("61Y", true), ("061J", true), ("130Y", false), ("009M", false)])
    func ages(_ age: String, _ isWrong: Bool) throws {
        let found = try findings(.patientAge, .as, age)
        #expect(found.contains("range.age PatientAge") == isWrong)
    }

    @Test("dates that are none")
    func badDates() throws {
        #expect(try findings(.studyDate, .da, "20240230") == ["date.invalid StudyDate"])
        #expect(try findings(.seriesDate, .da, "17032024") == ["date.invalid SeriesDate"])
    }

    @Test("study before series before acquisition; derived images may be of older ones")
    func order() throws {
        #expect(try findings(.seriesDate, .da, "20240316") == ["date.order SeriesDate"])
        // Before its study and before its series: one attribute, one finding.
        #expect(try findings(.acquisitionDate, .da, "20240316") == ["date.order AcquisitionDate"])
        #expect(try findings(.acquisitionDate, .da, "20240318") == [])
        let derived = Slice.stack(heights(3)) { slice in
            slice.change = { builder in
                builder.append(.imageType, .cs, strings: ["DERIVED", "SECONDARY"])
                builder.append(.acquisitionDate, .da, string: "20240301")
            }
        }
        #expect(try MemoryDataSet(derived).check().found() == [])
    }

    @Test("examined before birth, in the future, or at another age")
    func life() throws {
        #expect(try findings(.patientBirthDate, .da, "20250101") == ["date.birth PatientBirthDate"])
        // Born in 1963 and 61 by the header; by the dates 81.
        #expect(try findings(.patientBirthDate, .da, "19430101") == ["date.age PatientAge"])
        // 17 March 2024 is two days after this today, and one day after the next.
        #expect(
            try findings(.studyID, .sh, "1", today: CivilDate(year: 2024, month: 3, day: 15))
                == ["date.future StudyDate", "date.future SeriesDate", "date.future AcquisitionDate"].sorted())
        #expect(try findings(.studyID, .sh, "1", today: CivilDate(year: 2024, month: 3, day: 16)) == [])
    }

    @Test("left in the series and right in the image")
    func laterality() throws {
        let slices = Slice.stack(heights(3)) { slice in
            slice.change = { builder in
                builder.append(.laterality, .cs, string: "L")
                builder.append(.imageLaterality, .cs, string: "R")
            }
        }
        #expect(try MemoryDataSet(slices).check().found() == ["laterality.contradiction"])
    }

    @Test("what a thousand slices have alike is one finding with a count")
    func count() throws {
        let slices = Slice.stack(heights(50)) { $0.change = { $0.append(.kvp, .ds, string: "0") } }
        let report = try MemoryDataSet(slices).check()
        #expect(report["range.implausible"]?.findings == 1 && report["range.implausible"]?.count == 50)
        #expect(report.warnings == 1)
    }

    @Test("no finding holds a value of the patient")
    func values() throws {
        let slices = Slice.stack(heights(3)) { slice in
            slice.change = { builder in
                for (tag, vr) in [
                    (DICOMTag.patientSex, VR.cs), (.patientAge, .as), (.patientBirthDate, .da), (.laterality, .cs),
                    (.patientWeight, .ds), (.bodyPartExamined, .cs), (.modality, .cs), (.studyDate, .da),
                    (.instanceNumber, .is), (.imagePositionPatient, .ds), (.kvp, .ds), (.rows, .us),
                ] {
                    builder.append(tag, vr, string: "SECRET99")
                }
            }
        }
        let report = try MemoryDataSet(slices).check()
        #expect(report.rules.count > 5)
        #expect(!QualityPage.html(report).contains("SECRET99") && !report.text.contains("SECRET99"))
    }
}
