import Curation
import DICOM
import Testing

@Suite("What an object says of its de-identification")
struct SelfDescriptionTests {
    @Test("names the profile and the options that were followed, and no others")
    func codes() throws {
        for (profile, values) in [(ConfidentialityProfile.basic, ["113100"]), (.research, ["113100", "113108"])] {
            let result = try Objects.deidentifier(profile).deidentify(try Objects.file { _ in }).dataSet
            #expect(result[.patientIdentityRemoved]?.string == "YES")
            #expect(result[.longitudinalTemporalInformationModified]?.string == "REMOVED")
            let items = result[.deidentificationMethodCodeSequence]?.items
            #expect(items?.map { $0[.codeValue]?.string } == values)
            #expect(items?.allSatisfy { $0[.codingSchemeDesignator]?.string == "DCM" } == true)
            #expect(result[.deidentificationMethod]?.strings.allSatisfy { (1...64).contains($0.count) } == true)
        }
    }

    @Test("never claims that pixels are free of text")
    func pixels() throws {
        let result = try Objects.deidentifier().deidentify(try Objects.file { _ in }).dataSet
        #expect(result[.burnedInAnnotation] == nil)
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
