import Curation
import DICOM
import Testing

@Suite("What an object says of its de-identification")
struct SelfDescriptionTests {
    @Test("names the profile and the options that were followed, and no others")
    func codes() throws {
        // PS3.16 CID 7050; Clean Pixel Data is not among them, since nobody has looked at the pixels.
        let research = ["113100", "113111", "113108", "113107", "113105", "113104", "113103"]
        for (profile, values, dates) in [
            (ConfidentialityProfile.basic, ["113100"], "REMOVED"), (.research, research, "MODIFIED"),
        ] {
            let result = try Objects.deidentifier(profile).deidentify(try Objects.file { _ in }).dataSet
            #expect(result[.patientIdentityRemoved]?.string == "YES")
            #expect(result[.longitudinalTemporalInformationModified]?.string == dates)
            let items = result[.deidentificationMethodCodeSequence]?.items
            #expect(items?.map { $0[.codeValue]?.string } == values)
            #expect(items?.allSatisfy { $0[.codingSchemeDesignator]?.string == "DCM" } == true)
            #expect(result[.deidentificationMethod]?.strings.allSatisfy { (1...64).contains($0.count) } == true)
        }
    }

    @Test("never claims that pixels are free of text that nobody has looked at")
    func pixels() throws {
        let result = try Objects.deidentifier().deidentify(try Objects.file { _ in }).dataSet
        #expect(result[.burnedInAnnotation] == nil)
    }

    @Test(
        "claims of pixels what was done to them, and Clean Pixel Data only where it was asked for and done",
        arguments: [
            (PixelStatement.notLookedAt, nil, false), (.free, "NO", true), (.covered(.lossless), "NO", true),
        ])
    func lookedAt(pixels: PixelStatement, burnedIn: String?, claimed: Bool) throws {
        let context = DeidentificationContext(pixels: pixels)
        for profile in [ConfidentialityProfile.research, .basic] {
            let file = try Objects.file { $0.append(.burnedInAnnotation, .cs, string: "NO") }
            let result = try Objects.deidentifier(profile).deidentify(file, context: context).dataSet
            #expect(result[.burnedInAnnotation]?.string == burnedIn ?? "NO")
            let codes = result[.deidentificationMethodCodeSequence]?.items.compactMap { $0[.codeValue]?.string } ?? []
            #expect(codes.contains("113101") == (claimed && profile == .research))
            #expect(!codes.contains("113102"))
        }
    }

    @Test("covering that compressed again with loss is said, beside earlier losses")
    func lossy() throws {
        let file = try Objects.file { builder in
            builder.append(DICOMTag(0x0028, 0x2110), .cs, string: "01")
            builder.append(DICOMTag(0x0028, 0x2112), .ds, string: "8.5")
            builder.append(DICOMTag(0x0028, 0x2114), .cs, string: "ISO_10918_1")
        }
        let context = DeidentificationContext(pixels: .covered(.lossy(ratio: 12.345, method: "ISO_10918_1")))
        let result = try Objects.deidentifier(.research).deidentify(file, context: context).dataSet
        #expect(result[DICOMTag(0x0028, 0x2110)]?.string == "01")
        #expect(result[DICOMTag(0x0028, 0x2112)]?.strings == ["8.5", "12.35"])
        #expect(result[DICOMTag(0x0028, 0x2114)]?.strings == ["ISO_10918_1", "ISO_10918_1"])
    }

    @Test("changes its fingerprint with the key and the profile")
    func fingerprint() throws {
        let other = Deidentifier(profile: .basic, pseudonyms: try Objects.pseudonyms(Array(repeating: 9, count: 32)))
        let prints = [
            try Objects.deidentifier(.basic).fingerprint, try Objects.deidentifier(.research).fingerprint,
            other.fingerprint,
        ]
        #expect(Set(prints).count == 3)
        #expect(try Objects.deidentifier(.basic).fingerprint == prints[0])
    }
}

@Suite("Objects that rules cannot make safe")
struct RefusalTests {
    @Test("text burned into the pixels is refused, unless the site allows it")
    func burnedIn() throws {
        let file = try Objects.file { $0.append(.burnedInAnnotation, .cs, string: "YES") }
        let error = #expect(throws: CurationError.self) { try Objects.deidentifier().deidentify(file) }
        #expect(error?.code == .burnedInText)
        var profile = ConfidentialityProfile.research
        profile.allowsBurnedInText = true
        let result = try Deidentifier(profile: profile, pseudonyms: Objects.pseudonyms()).deidentify(file)
        #expect(result.dataSet[.burnedInAnnotation]?.string == "YES")
    }

    @Test("documents are refused, or kept without their content")
    func documents() throws {
        let file = try Objects.file(sopClass: "1.2.840.10008.5.1.4.1.1.104.1") { builder in
            builder.append(DICOMTag(0x0042, 0x0011), .ob, bytes: Array("%PDF Mrs DOE".utf8))
        }
        let error = #expect(throws: CurationError.self) { try Objects.deidentifier().deidentify(file) }
        #expect(error?.code == .encapsulatedDocument)
        var profile = ConfidentialityProfile.research
        profile.allowsEncapsulatedDocuments = true
        let result = try Deidentifier(profile: profile, pseudonyms: Objects.pseudonyms()).deidentify(file)
        #expect(try !Objects.bytes(result).holds("DOE"))
    }

    @Test(
        "an object without its own UIDs is refused by name of the attribute",
        arguments: [DICOMTag.sopClassUID, .sopInstanceUID, .studyInstanceUID, .seriesInstanceUID])
    func missing(tag: DICOMTag) throws {
        for value in ["", "not a uid"] {
            let file = try Objects.file { $0.append(tag, .ui, bytes: Array(value.utf8)) }
            let error = #expect(throws: CurationError.self) { try Objects.deidentifier().deidentify(file) }
            #expect(error?.code == .missingAttribute && error?.tag == tag)
            #expect(error.map { "\($0)".contains("not a uid") } == false)
        }
    }
}
