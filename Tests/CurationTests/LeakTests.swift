import Curation
import DICOM
import Testing

/// Leaks that were seen in other anonymisers: each is a case here.
@Suite("What others let through")
struct LeakTests {
    @Test("a patient's number inside sequences that are kept goes, and stays linkable")
    func nestedPatientID() throws {
        let file = try Objects.file { builder in
            builder.sequence(DICOMTag(0x0010, 0x0027)) { $0.append(.patientID, .lo, string: "HOSP12345") }
        }
        let result = try Objects.deidentifier().deidentify(file)
        #expect(try !Objects.bytes(result).holds("HOSP12345"))
        #expect(
            result.dataSet.item(DICOMTag(0x0010, 0x0027))?[.patientID]?.string
                == result.dataSet[.patientID]?.string)
    }

    @Test("hospital and serial number of contributing equipment go")
    func contributingEquipment() throws {
        let file = try Objects.file { builder in
            builder.sequence(.contributing) { item in
                item.append(.institutionName, .lo, string: "Sant Pau")
                item.append(.deviceSerialNumber, .lo, string: "SN-4711")
                item.append(.stationName, .sh, string: "CT3 EAST")
                item.append(.manufacturer, .lo, string: "ACME")
            }
        }
        let result = try Objects.deidentifier().deidentify(file)
        let bytes = try Objects.bytes(result)
        #expect(!bytes.holds("Sant Pau") && !bytes.holds("SN-4711") && !bytes.holds("CT3"))
        #expect(result.dataSet.item(.contributing)?[.manufacturer]?.string == "ACME")
    }

    @Test(
        "no date of the original is left anywhere, whichever attribute holds it, and no time where dates are not moved")
    func dates() throws {
        let file = try Objects.file { builder in
            for element in [0x0012, 0x0020, 0x0021, 0x0022, 0x0023] as [UInt16] {
                builder.append(DICOMTag(0x0008, element), .da, string: "20240317")
            }
            builder.append(DICOMTag(0x0040, 0x0244), .da, string: "20240317")
            builder.append(DICOMTag(0x0008, 0x002A), .dt, string: "20240317081500")
            builder.append(DICOMTag(0x0014, 0x1020), .da, string: "20240317")
            builder.append(DICOMTag(0x0010, 0x0034), .lo, string: "20240317")
            builder.append(DICOMTag(0x0008, 0x0030), .tm, string: "081500")
            builder.sequence(DICOMTag(0x0054, 0x0016)) { item in
                item.append(DICOMTag(0x0018, 0x1078), .dt, string: "20240317081500")
                item.append(DICOMTag(0x0018, 0x1072), .tm, string: "081500")
            }
        }
        for sopClass in [Objects.ct, Objects.pet, Objects.segmentation] {
            let file = try replacingClass(file, sopClass)
            let basic = try Objects.bytes(try Objects.deidentifier(.basic).deidentify(file))
            #expect(!basic.holds("20240317") && !basic.holds("081500"))
            // With dates that are moved by whole days, times of day stay.
            let moved = try Objects.bytes(try Objects.deidentifier(.research).deidentify(file))
            #expect(!moved.holds("20240317") && moved.holds("081500"))
        }
    }

    @Test("names in free text go with the text")
    func freeText() throws {
        let file = try Objects.file { builder in
            builder.append(.seriesDescription, .lo, string: "CT CHEST DOE JANE")
            builder.append(.studyDescription, .lo, string: "CT CHEST DOE JANE")
            builder.append(DICOMTag(0x0010, 0x2180), .sh, string: "Occupation DOE")
            builder.append(.imageComments, .lt, string: "seen by Dr DOE")
            builder.append(.protocolName, .lo, string: "DOE protocol")
            builder.append(DICOMTag(0x0042, 0x0010), .st, string: "Letter to DOE")
        }
        for profile in ConfidentialityProfile.all {
            #expect(try !Objects.bytes(Objects.deidentifier(profile).deidentify(file)).holds("DOE"))
        }
    }

    @Test("accession numbers do not become something that can be tried out")
    func accessionNumber() throws {
        let file = try Objects.file { $0.append(.accessionNumber, .sh, string: "A4711") }
        let result = try Objects.deidentifier().deidentify(file)
        #expect(result.dataSet[.accessionNumber]?.isEmpty == true)
    }

    @Test("retrieval addresses and document identifiers go")
    func addresses() throws {
        let file = try Objects.file { builder in
            builder.append(DICOMTag(0x0008, 0x1190), .ur, string: "https://pacs.hospital.example/1.2.3")
            builder.append(DICOMTag(0x0040, 0xE001), .st, string: "1.2.3^4711")
            builder.append(DICOMTag(0x0008, 0x0054), .ae, string: "PACS_AE")
        }
        let bytes = try Objects.bytes(try Objects.deidentifier().deidentify(file))
        #expect(!bytes.holds("hospital.example") && !bytes.holds("4711") && !bytes.holds("PACS_AE"))
    }

    @Test("the meta group names neither the sender nor the program, and its UID agrees with the object's")
    func metaGroup() throws {
        var file = try Objects.file { _ in }
        var meta = DataSetBuilder()
        meta.append(.mediaStorageSOPInstanceUID, .ui, string: "1.3.6.1.4.1.9590.1.3")
        meta.append(.transferSyntaxUID, .ui, string: TransferSyntax.explicitLittleEndian.uid)
        meta.append(.sourceApplicationEntityTitle, .ae, string: "CT_SANTPAU")
        meta.append(DICOMTag(0x0002, 0x0017), .ae, string: "SENDER")
        meta.append(DICOMTag(0x0002, 0x0100), .ui, string: "1.2.3.4")
        meta.append(DICOMTag(0x0002, 0x0102), .ob, bytes: Array("DOE^JANE".utf8))
        meta.append(.implementationVersionName, .sh, string: "SANTPAU_1")
        file.meta = try meta.finish()

        let result = try Objects.deidentifier().deidentify(file)
        let bytes = try Objects.bytes(result)
        #expect(!bytes.holds("SANTPAU") && !bytes.holds("SENDER") && !bytes.holds("DOE"))
        #expect(bytes.prefix(128).allSatisfy { $0 == 0 })
        let written = try DICOMFile.read(bytes)
        #expect(written.meta[.mediaStorageSOPInstanceUID]?.uid == written.dataSet[.sopInstanceUID]?.uid)
        #expect(written.meta[.mediaStorageSOPClassUID]?.uid == Objects.ct)
        #expect(written.meta[.implementationClassUID]?.uid == DICOMWriter.implementationClassUID)
    }

    @Test("content of reports does not survive, however deep")
    func report() throws {
        let file = try Objects.file(sopClass: Objects.report) { builder in
            builder.append(DICOMTag(0x0040, 0xA040), .cs, string: "CONTAINER")
            builder.sequence(.contentSequence) { item in
                item.append(DICOMTag(0x0040, 0xA040), .cs, string: "CONTAINER")
                item.sequence(.contentSequence) { $0.append(.textValue, .ut, string: "Mrs DOE, born 1941") }
            }
            builder.sequence(DICOMTag(0x0040, 0xA078)) { $0.append(.personName, .pn, string: "DOE^REPORTER") }
        }
        let result = try Objects.deidentifier().deidentify(file)
        #expect(try !Objects.bytes(result).holds("DOE"))
        #expect(result.dataSet.item(.contentSequence)?[.textValue]?.string == "REMOVED")
    }

    @Test("another de-identifier's remarks are replaced by ours")
    func formerRemarks() throws {
        let file = try Objects.file { builder in
            builder.append(.deidentificationMethod, .lo, string: "by hand at Sant Pau")
            builder.sequence(.deidentificationMethodCodeSequence) { $0.append(.codeValue, .sh, string: "@empty()") }
        }
        let bytes = try Objects.bytes(try Objects.deidentifier().deidentify(file))
        #expect(!bytes.holds("Sant Pau") && !bytes.holds("@empty"))
    }

    @Test("somebody else's originals in encrypted or modified attributes go")
    func originals() throws {
        for tag in [DICOMTag(0x0400, 0x0500), DICOMTag(0x0400, 0x0561), DICOMTag(0x0400, 0x0550)] {
            let file = try Objects.file { builder in
                builder.sequence(tag) { $0.append(DICOMTag(0x0400, 0x0520), .ob, bytes: Array("DOE^JANE".utf8)) }
            }
            #expect(try !Objects.bytes(Objects.deidentifier().deidentify(file)).holds("DOE"))
        }
    }

    private func replacingClass(_ file: DICOMFile, _ sopClass: String) throws -> DICOMFile {
        var builder = DataSetBuilder()
        builder.append(contentsOf: file.dataSet)
        builder.append(.sopClassUID, .ui, string: sopClass)
        return DICOMFile(meta: DataSet(), dataSet: try builder.finish(), transferSyntax: file.transferSyntax)
    }
}
