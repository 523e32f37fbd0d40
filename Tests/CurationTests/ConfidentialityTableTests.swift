import Curation
import DICOM
import Testing

@Suite("The table of the standard")
struct ConfidentialityTableTests {
    let table = ConfidentialityTable.standard

    @Test("has the 621 rows of the edition it names")
    func rows() {
        #expect(table.rows.count + table.masked.count + 1 == 621)
        #expect(table.masked.count == 3)
        #expect(table.edition == "January 2025")
    }

    @Test("says of each attribute what the standard's own table says", .enabled(if: StandardTable.isThere))
    func equalsTheStandard() throws {
        #expect(StandardTable.rows.count == 621)
        let options: [(ConfidentialityOption, String)] = [
            (.retainSafePrivate, "rtnSafePrivOpt"), (.retainUIDs, "rtnUIDsOpt"), (.retainDeviceIdentity, "rtnDevIdOpt"),
            (.retainInstitutionIdentity, "rtnInstIdOpt"), (.retainPatientCharacteristics, "rtnPatCharsOpt"),
            (.retainFullDates, "rtnLongFullDatesOpt"), (.retainModifiedDates, "rtnLongModifDatesOpt"),
            (.cleanDescriptors, "cleanDescOpt"), (.cleanStructuredContent, "cleanStructContOpt"),
            (.cleanGraphics, "cleanGraphOpt"),
        ]
        for row in StandardTable.rows {
            let ours = try #require(row.tag.flatMap { table[$0] }, "\(row.testDescription)")
            #expect(ours.action.rawValue == row.action, "\(row.testDescription)")
            for (option, column) in options {
                #expect(
                    ours.exception(of: option)?.rawValue == row.options[column].flatMap(\.first),
                    "\(row.testDescription), \(column)")
            }
        }
    }

    @Test("covers every curve and the data of every overlay")
    func repeatingGroups() {
        #expect(table[DICOMTag(0x5000, 0x3000)]?.action == .remove)
        #expect(table[DICOMTag(0x501E, 0x0020)]?.action == .remove)
        #expect(table[DICOMTag(0x6000, 0x3000)]?.action == .remove)
        #expect(table[DICOMTag(0x601E, 0x4000)]?.action == .remove)
        #expect(table[DICOMTag(0x6000, 0x0010)] == nil)
    }

    @Test("names options by the codes of PS3.16 CID 7050")
    func codes() {
        // As PyPI pydicom's extract of the standard has them (pydicom.sr, cid7050).
        let expected: [(String, String)] = [
            ("113111", "Retain Safe Private Option"), ("113110", "Retain UIDs Option"),
            ("113109", "Retain Device Identity Option"), ("113112", "Retain Institution Identity Option"),
            ("113108", "Retain Patient Characteristics Option"),
            ("113106", "Retain Longitudinal Temporal Information Full Dates Option"),
            ("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
            ("113105", "Clean Descriptors Option"), ("113104", "Clean Structured Content Option"),
            ("113103", "Clean Graphics Option"), ("113101", "Clean Pixel Data Option"),
            ("113102", "Clean Recognizable Visual Features Option"),
        ]
        #expect(ConfidentialityOption.allCases.map(\.code.value) == expected.map(\.0))
        #expect(ConfidentialityOption.allCases.map(\.code.meaning) == expected.map(\.1))
        #expect(MethodCode.basicProfile.value == "113100")
        #expect(MethodCode.basicProfile.meaning == "Basic Application Confidentiality Profile")
    }
}
