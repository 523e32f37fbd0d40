import Curation
import DICOM
import Testing

@Suite("What the leak scan leaves alone")
struct ChanceTests {
    private typealias Value = KnownIdentifiers.Value

    private func findings(
        _ known: [(KnownIdentifiers.Kind, String)], allowed: Set<String> = [], shift: DateShift? = nil,
        kinds: Set<KnownIdentifiers.Kind> = Set(KnownIdentifiers.Kind.allCases),
        _ fill: (inout DataSetBuilder) -> Void
    ) throws -> [LeakFinding] {
        var builder = DataSetBuilder()
        fill(&builder)
        let scanner = LeakScanner(
            known: KnownIdentifiers(known.map { Value($0.0, $0.1) }), allowed: allowed, shift: shift, kinds: kinds)
        let data = try builder.finish()
        let bytes = try DICOMWriter.encode(data, transferSyntax: .explicitLittleEndian)
        let structured = scanner.scan(dataSet: data)
        // The search of bytes must not know better: what is harmless in attributes is so there.
        if structured.isEmpty { #expect(scanner.scan(bytes: bytes) == []) }
        return structured
    }

    @Test("a name that is a word of the standard's is one only in free text")
    func terms() throws {
        let known: [(KnownIdentifiers.Kind, String)] = [(.patientName, "Brain^Foot"), (.staffName, "Chest^Axial")]
        let harmless = try findings(known) { builder in
            builder.append(.bodyPartExamined, .cs, string: "BRAIN")
            builder.append(.imageType, .cs, strings: ["ORIGINAL", "PRIMARY", "AXIAL"])
            builder.append(DICOMTag(0x0018, 0x0024), .sh, string: "*brain2d1")
            builder.sequence(.anatomicRegionSequence) { item in
                item.append(.codeValue, .sh, string: "12738006")
                item.append(.codingSchemeDesignator, .sh, string: "SCT")
                item.append(.codeMeaning, .lo, string: "Brain")
            }
        }
        #expect(harmless == [])
        #expect(
            try findings(known) { $0.append(.seriesDescription, .lo, string: "BRAIN") }.map(\.kind) == [.patientName])
        let local = try findings(known) { builder in
            builder.sequence(.anatomicRegionSequence) { item in
                item.append(.codingSchemeDesignator, .sh, string: "99HERE")
                item.append(.codeMeaning, .lo, string: "Brain")
            }
        }
        #expect(local.map(\.kind) == [.patientName])
        // A family and a given name together are no term.
        #expect(
            try findings(known) { $0.append(.bodyPartExamined, .cs, string: "FOOTBRAIN") }.map(\.kind) == [.patientName]
        )
    }

    @Test("a name that is no word of the standard's is one in coded values too")
    func namesInTerms() throws {
        let known: [(KnownIdentifiers.Kind, String)] = [(.patientName, "Mustermann^Erika")]
        #expect(try findings(known) { $0.append(.bodyPartExamined, .cs, string: "ERIKA") }.count == 1)
        #expect(try findings(known) { $0.append(.codeMeaning, .lo, string: "Mustermann") }.count == 1)
        #expect(try findings(known) { $0.append(.manufacturer, .lo, string: "Mustermann Ltd") }.count == 1)
    }

    @Test("numbers that are equal by chance: sizes, fractions, versions, years, parts of longer ones")
    func numbers() throws {
        let known: [(KnownIdentifiers.Kind, String)] = [
            (.accession, "512"), (.accession, "1"), (.patientID, "12345"), (.patientID, "2019"), (.device, "4711"),
            (.patientID, "000123"), (.patientID, "100000"),
        ]
        let harmless = try findings(known) { builder in
            builder.append(.rows, .us, ints: [512])
            builder.append(.columns, .us, ints: [12345])
            builder.append(DICOMTag(0x0020, 0x0013), .is, string: "1")
            builder.append(DICOMTag(0x0018, 0x1151), .is, strings: ["512", "12345"])
            builder.append(.sliceThickness, .ds, strings: ["0.12345", "4711.25", "12345", "100000"])
            builder.append(DICOMTag(0x0018, 0x1020), .lo, string: "VA 2019 4.12345.1")
            builder.append(.imageComments, .lt, string: "release 2019, 1 of 512, 112345, 123456")
            builder.append(DICOMTag(0x0020, 0x9056), .sh, string: "1")
            builder.append(.sopInstanceUID, .ui, string: "2.25.1234512345471151215123451234512345")
            builder.append(DICOMTag(0x0028, 0x1052), .ds, string: "-512")
        }
        #expect(harmless == [])
    }

    @Test("numbers of three digits and fewer count as whole values of attributes of their kind")
    func short() throws {
        let known: [(KnownIdentifiers.Kind, String)] = [(.accession, "1"), (.patientID, "77"), (.device, "CT1")]
        let found = try findings(known) { builder in
            builder.append(DICOMTag(0x0020, 0x0010), .sh, string: "1")
            builder.append(.patientID, .lo, string: "77")
            builder.append(.stationName, .sh, string: "CT1")
            builder.append(.imageComments, .lt, string: "1 77 CT1")
            builder.append(.accessionNumber, .sh, string: "77")
        }
        #expect(
            found.map(\.place) == [.attribute("(0008,1010)"), .attribute("(0010,0020)"), .attribute("(0020,0010)")])
    }

    @Test("hospitals' and streets' common words, makers of machines, and words for nothing")
    func commonWords() throws {
        let known: [(KnownIdentifiers.Kind, String)] = [
            (.institution, "University Hospital"), (.institution, "Radiology"), (.address, "Main Street, Spain"),
            (.device, "SIEMENS"), (.patientName, "Anonymous^Patient"), (.device, "CT"), (.staffName, "Dr^MD"),
        ]
        let harmless = try findings(known) { builder in
            builder.append(.manufacturer, .lo, string: "SIEMENS Healthineers")
            builder.append(.imageComments, .lt, string: "University protocol, radiology, main hospital street CT Dr MD")
            builder.append(.patientName, .pn, string: "Anonymous")
        }
        #expect(harmless == [])
    }

    @Test("what the caller allows: its own pseudonyms and whole values")
    func allowed() throws {
        let known: [(KnownIdentifiers.Kind, String)] = [
            (.patientID, "AB7CD9EF"), (.institution, "Acme Scanners"), (.uid, "2.25.123456789"),
        ]
        func fill(_ builder: inout DataSetBuilder) {
            builder.append(.patientID, .lo, string: "AB7CD9EF")
            builder.append(.manufacturer, .lo, string: "Acme Scanners")
            builder.append(.sopInstanceUID, .ui, string: "2.25.123456789")
        }
        #expect(try Set(findings(known, fill).map(\.kind)) == [.patientID, .institution, .uid])
        let harmless = try findings(
            known, allowed: ["AB7CD9EF", "Acme Scanners", "2.25.123456789"], kinds: [.patientID, .uid], fill)
        #expect(harmless == [])
        var builder = DataSetBuilder()
        fill(&builder)
        let scanner = LeakScanner(
            known: KnownIdentifiers([Value(.institution, "Acme Scanners")]), allowed: ["Acme Scanners"])
        #expect(scanner.scan(dataSet: try builder.finish()) == [])
    }

    @Test("days that another day of the patient was moved to")
    func shifted() throws {
        let known: [(KnownIdentifiers.Kind, String)] = [(.studyDate, "20240317"), (.studyDate, "20240414")]
        func fill(_ builder: inout DataSetBuilder) { builder.append(.studyDate, .da, string: "20240317") }
        #expect(try findings(known, fill).map(\.match) == [.date])
        // 28 days lie between the two.
        #expect(try findings(known, shift: DateShift(days: -28), fill) == [])
        #expect(try findings(known, shift: DateShift(days: -21), fill).map(\.match) == [.date])
    }

    @Test("kinds that a profile keeps")
    func kinds() throws {
        let known: [(KnownIdentifiers.Kind, String)] = [
            (.studyDate, "20240317"), (.uid, "1.3.6.1.4.1.9590.7"), (.institution, "Rigshospitalet"),
            (.device, "CTWARD7"),
        ]
        func fill(_ builder: inout DataSetBuilder) {
            builder.append(.studyDate, .da, string: "20240317")
            builder.append(.sopInstanceUID, .ui, string: "1.3.6.1.4.1.9590.7")
            builder.append(.institutionName, .lo, string: "Rigshospitalet")
            builder.append(.stationName, .sh, string: "CTWARD7")
        }
        for kind in [KnownIdentifiers.Kind.studyDate, .uid, .institution, .device] {
            #expect(try findings(known, kinds: [kind], fill).map(\.kind) == [kind])
        }
        #expect(try findings(known, kinds: [.patientName], fill) == [])
    }

    @Test("UIDs that begin alike, unless one was made from the other")
    func uids() throws {
        let known: [(KnownIdentifiers.Kind, String)] = [(.uid, "1.2.840.113619.2.55.3.604688119")]
        for (uid, isFound) in [
            ("1.2.840.113619.2.55.3.604688119", true), ("1.2.840.113619.2.55.3.604688119.5", true),
            ("1.2.840.113619.2.55.3.6046881190", false), ("1.2.840.113619.2.55.3.604688118", false),
            ("1.2.840.113619.2.55.3", false), ("1.2.840.10008.5.1.4.1.1.2", false),
        ] {
            #expect(try findings(known) { $0.append(.sopInstanceUID, .ui, string: uid) }.isEmpty == !isFound, "\(uid)")
            #expect(try findings(known) { $0.append(.imageComments, .lt, string: "see (\(uid)).") }.isEmpty == !isFound)
        }
    }
}
