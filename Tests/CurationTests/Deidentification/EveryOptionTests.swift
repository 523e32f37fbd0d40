import Curation
import DICOM
import Testing

/// Every row of the standard's table under every option, read from the standard, against what comes out: in the data set
/// itself and in a sequence, for an object whose types are known and one of a class that nobody knows.
@Suite("Every attribute of the standard's table under every option", .enabled(if: StandardTable.isThere))
struct EveryOptionTests {
    static let columns: [(ConfidentialityOption, String)] = [
        (.retainSafePrivate, "rtnSafePrivOpt"), (.retainUIDs, "rtnUIDsOpt"), (.retainDeviceIdentity, "rtnDevIdOpt"),
        (.retainInstitutionIdentity, "rtnInstIdOpt"), (.retainPatientCharacteristics, "rtnPatCharsOpt"),
        (.retainFullDates, "rtnLongFullDatesOpt"), (.retainModifiedDates, "rtnLongModifDatesOpt"),
        (.cleanDescriptors, "cleanDescOpt"), (.cleanStructuredContent, "cleanStructContOpt"),
        (.cleanGraphics, "cleanGraphOpt"),
    ]

    @Test("is treated as the table says", arguments: StandardTable.rows)
    func row(_ row: StandardTable.Row) throws {
        for (option, column) in Self.columns {
            // A row that the option does not touch meets the basic profile, which has its own test.
            let said = row.options[column].flatMap(\.first)
            for tag in try tags(of: row) {
                for sopClass in [Objects.ct, Objects.report, "1.3.12.2.1107.5.99.3.10"] {
                    let file = try Objects.file(sopClass: sopClass) { plant(tag, row, said, in: &$0) }
                    let result = try deidentify(file, option)
                    try check(row, option, said, result.dataSet[tag], file.dataSet[tag], result)
                }
                // A sequence that stays: Contributing Equipment Sequence.
                let file = try Objects.file { $0.sequence(.contributing) { plant(tag, row, said, in: &$0) } }
                let result = try deidentify(file, option)
                let item = try #require(result.dataSet.item(.contributing))
                try check(row, option, said, item[tag], file.dataSet.item(.contributing)?[tag], result)
            }
        }
    }

    private func deidentify(_ file: DICOMFile, _ option: ConfidentialityOption) throws -> Deidentified {
        var profile = ConfidentialityProfile(name: "one", options: [option])
        profile.allowsEncapsulatedDocuments = true
        let known = KnownIdentifiers([.init(.patientName, "MUSTERMANN"), .init(.patientName, "ERIKA")])
        return try Deidentifier(profile: profile, pseudonyms: try Objects.pseudonyms())
            .deidentify(file, context: DeidentificationContext(known: known))
    }

    /// The attribute of a row; of rows with digits that vary, several.
    private func tags(of row: StandardTable.Row) throws -> [DICOMTag] {
        guard row.id.contains("x") else { return [try #require(row.tag)] }
        return ["00", "02", "1E"].compactMap {
            DICOMTag(hex: row.id.replacing("xxxxxx", with: "\($0)3000").replacing("xx", with: $0))
        }
    }

    /// A value that would identify, with something beside it that is worth keeping where text is cleaned.
    private func plant(_ tag: DICOMTag, _ row: StandardTable.Row, _ said: Character?, in builder: inout DataSetBuilder)
    {
        switch (said, row.vr) {
        case (_?, _) where tag == .patientSex: builder.append(tag, .cs, string: "F")
        case (_?, _) where tag == .patientSize: builder.append(tag, .ds, string: "1.68")
        case (_?, _) where tag == .patientWeight: builder.append(tag, .ds, string: "61.5")
        case ("C", _) where tag == DICOMTag(0x0008, 0x0201): builder.append(tag, .sh, string: "+0100")
        case ("C", .lo), ("C", .sh), ("C", .st), ("C", .lt), ("C", .ut), ("C", .uc):
            builder.append(tag, row.vr, string: "MRI MUSTERMANN")
        default: PlantedValue.append(tag, row.vr, to: &builder)
        }
    }

    private func check(
        _ row: StandardTable.Row, _ option: ConfidentialityOption, _ said: Character?, _ element: Element?,
        _ original: Element?, _ result: Deidentified
    ) throws {
        let name: Comment = "\(row.testDescription), \(option): \(element.map { "\($0.strings)" } ?? "gone")"
        // Commands and the file's own group have no place in a data set, whatever their action.
        if row.id.hasPrefix("0000") || row.id.hasPrefix("0002") {
            #expect(element == nil, name)
            return
        }
        let isReference = row.action == "X/Z/U*" || row.id == "00081111"
        switch said {
        case "K":
            let element = try #require(element, name)
            if element.isSequence {
                // What is in it is judged by its own rows.
                #expect(element.items.count == 1, name)
            } else {
                #expect(element.bytes == original?.bytes && element.vr == original?.vr, name)
            }
        case "C": try checkCleaned(row, element, original, result, name)
        default:
            if !(isReference && option == .retainUIDs) { EveryAttributeTests.check(row, element, in: result) }
        }
        let written = try Objects.bytes(result)
        // References stay, with other UIDs; what else is in their items is judged attribute by attribute.
        if said == nil, !isReference { #expect(!PlantedValue.survives(row.vr, in: written), name) }
        if said == nil, isReference { #expect(!written.holds(PlantedValue.uid) || option == .retainUIDs, name) }
        if said == "C" { #expect(!written.holds("MUSTERMANN"), name) }
    }

    /// PS3.15 E.3.2 to E.3.6: what is left must be of similar meaning and identify nobody.
    private func checkCleaned(
        _ row: StandardTable.Row, _ element: Element?, _ original: Element?, _ result: Deidentified, _ name: Comment
    ) throws {
        // Nobody can look into bits and bytes, and the private attribute that is planted is in no list.
        if row.vr == .ob || row.vr == .un {
            #expect(element?.bytes != original?.bytes, name)
            return
        }
        if row.id.hasPrefix("50") || row.id.hasPrefix("60") || row.id.hasPrefix("gggg") {
            #expect(element == nil, name)
            return
        }
        let element = try #require(element, name)
        let shift = result.dateShift.days
        switch row.vr {
        case .sq: #expect(element.items.count == 1, name)
        case .da, .dt:
            let day = try #require(CivilDate(dicom: "19410803")?.daysSince1970)
            let moved = try #require(CivilDate(daysSince1970: day + shift)?.dicom)
            #expect(shift != 0 && shift % 7 == 0, name)
            #expect(element.string == (row.vr == .da ? moved : moved + "041327.55"), name)
        case .tm: #expect(element.string == "041327.55", name)
        case .ae: #expect(element.string?.isEmpty == false && element.bytes != original?.bytes, name)
        // A code of two; another word is none of them.
        case .cs: #expect(element.string == "CORRECT", name)
        case .sh where row.id == "00080201": #expect(element.string == "+0100", name)
        default: #expect(element.string == "MRI", name)
        }
    }
}
