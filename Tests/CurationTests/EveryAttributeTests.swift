import Curation
import DICOM
import Testing

/// Every row of the standard's table, read from the standard, against what comes out: in the data set itself, in a
/// sequence, and deep inside sequences, for objects whose types are known and for one of a class that nobody knows.
@Suite("Every attribute of the standard's table", .enabled(if: StandardTable.isThere))
struct EveryAttributeTests {
    static let classes = [
        Objects.ct, Objects.pet, Objects.segmentation, Objects.report, "1.3.12.2.1107.5.99.3.10",
    ]

    @Test("meets its action in the data set itself", arguments: StandardTable.rows)
    func topLevel(row: StandardTable.Row) throws {
        let tag = try #require(row.tag)
        for sopClass in Self.classes {
            let file = try Objects.file(sopClass: sopClass) { PlantedValue.append(tag, row.vr, to: &$0) }
            let result = try deidentify(file)
            Self.check(row, result.dataSet[tag], in: result)
        }
    }

    @Test("meets its action inside a sequence", arguments: StandardTable.rows)
    func nested(row: StandardTable.Row) throws {
        let tag = try #require(row.tag)
        // A sequence that stays: Contributing Equipment Sequence.
        let file = try Objects.file { $0.sequence(.contributing) { PlantedValue.append(tag, row.vr, to: &$0) } }
        let result = try deidentify(file)
        Self.check(row, result.dataSet.item(.contributing)?[tag], in: result)
    }

    @Test("meets its action thirty sequences deep", arguments: StandardTable.rows)
    func deep(row: StandardTable.Row) throws {
        let tag = try #require(row.tag)
        let depth = 30
        let file = try Objects.file { builder in
            for _ in 0..<depth {
                builder.beginSequence(.contributing)
                builder.beginItem()
            }
            PlantedValue.append(tag, row.vr, to: &builder)
        }
        let result = try deidentify(file)
        var item = result.dataSet
        for _ in 0..<depth { item = try #require(item.item(.contributing)) }
        Self.check(row, item[tag], in: result)
    }

    private func deidentify(_ file: DICOMFile) throws -> Deidentified {
        var profile = ConfidentialityProfile.basic
        profile.allowsEncapsulatedDocuments = true
        return try Deidentifier(profile: profile, pseudonyms: try Objects.pseudonyms()).deidentify(file)
    }

    /// What PS3.15 E.1.1 allows for each code.
    static func check(_ row: StandardTable.Row, _ element: Element?, in result: Deidentified) {
        let isEmpty = element?.isEmpty ?? false
        let hasValue = element.map { !$0.isEmpty } ?? false
        let holds: Bool =
            switch row.action {
            // Commands and the file's own group have no place in a data set, whatever their action.
            case _ where row.id.hasPrefix("0000") || row.id.hasPrefix("0002"): element == nil
            case "X": element == nil
            case "Z": element != nil
            case "D", "U": hasValue
            case "Z/D": element != nil
            case "X/Z": element == nil || isEmpty
            case "X/D": element == nil || hasValue
            case "X/Z/D", "X/Z/U*": true
            default: false
            }
        #expect(holds, "\(row.testDescription) \(element.map { "has \($0.bytes.count) bytes" } ?? "is gone")")
        if row.action == "U", let element, element.tag.group > 2 {
            #expect(element.uid?.hasPrefix("2.25.") == true)
        }
        #expect(throws: Never.self) {
            let written = try Objects.bytes(result)
            // References stay, with other UIDs; what else is in their items is judged attribute by attribute.
            let isReference = row.action == "X/Z/U*" || row.id == "00081111"
            let survives = isReference ? written.holds(PlantedValue.uid) : PlantedValue.survives(row.vr, in: written)
            #expect(!survives, "\(row.testDescription) is still there")
        }
        // A value that stays a value is valid for its VR.
        if let element, hasValue, !element.isSequence { #expect(Validity.isValid(element), "\(row.testDescription)") }
    }
}
