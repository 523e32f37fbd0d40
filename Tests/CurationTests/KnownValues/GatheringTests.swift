import Curation
import DICOM
import Testing

@Suite("What is known of a patient")
struct GatheringTests {
    private typealias Value = KnownIdentifiers.Value

    private func gathered(_ fill: (inout DataSetBuilder) -> Void) throws -> Set<KnownIdentifiers.Value> {
        var builder = DataSetBuilder()
        fill(&builder)
        return KnownIdentifiers(gatheredFrom: try builder.finish()).values
    }

    @Test(
        "is gathered by what attributes are for",
        arguments: [
            ("PatientName", KnownIdentifiers.Kind.patientName), ("OtherPatientNames", .patientName),
            ("PatientMotherBirthName", .patientName), ("ResponsiblePerson", .patientName), ("PatientID", .patientID),
            ("OtherPatientIDs", .patientID), ("ClinicalTrialSubjectID", .patientID), ("PatientAddress", .address),
            ("PatientTelephoneNumbers", .phone), ("PatientTelecomInformation", .phone), ("AccessionNumber", .accession),
            ("StudyID", .accession), ("RequestedProcedureID", .accession), ("PlacerOrderNumberProcedure", .accession),
            ("AdmissionID", .accession), ("ReferringPhysicianName", .staffName), ("OperatorsName", .staffName),
            ("ContentCreatorName", .staffName), ("PersonName", .staffName), ("InstitutionName", .institution),
            ("InstitutionAddress", .institution), ("InstitutionalDepartmentName", .institution),
            ("IssuerOfPatientID", .institution), ("StationName", .device), ("DeviceSerialNumber", .device),
            ("StationAETitle", .device), ("RetrieveURL", .device), ("DetectorID", .device),
        ])
    func kinds(keyword: String, kind: KnownIdentifiers.Kind) throws {
        let entry = try #require(DataDictionary.standard[keyword: keyword])
        let vr = try #require(entry.vrs.first)
        #expect(try gathered { $0.append(entry.tag, vr, string: "QX7731") } == [Value(kind, "QX7731")])
    }

    @Test("days are those of the examination and of birth, with a time or not, and in the old form")
    func dates() throws {
        let values = try gathered { builder in
            builder.append(.patientBirthDate, .da, string: "1941.08.03")
            builder.append(.studyDate, .da, string: "20240317")
            builder.append(.acquisitionDateTime, .dt, string: "20240318081500.5+0100")
            builder.append(.seriesDate, .da, string: "20240230")
            builder.append(.contentDate, .da, string: "19000101")
            builder.append(DICOMTag(0x0008, 0x0106), .dt, string: "20020904")
            builder.append(DICOMTag(0x0018, 0x1200), .da, string: "20230101")
        }
        #expect(
            values == [Value(.birthDate, "19410803"), Value(.studyDate, "20240317"), Value(.studyDate, "20240318")])
    }

    @Test("UIDs are those of things, not of classes, schemes and the standard, nor what is too short for one")
    func uids() throws {
        let values = try gathered { builder in
            builder.append(.sopClassUID, .ui, string: "1.2.840.113619.4.26")
            builder.append(.sopInstanceUID, .ui, string: "1.3.6.1.4.1.9590.1")
            builder.append(.frameOfReferenceUID, .ui, string: "1.2.840.10008.1.4.1.1")
            builder.append(DICOMTag(0x0008, 0x010C), .ui, string: "2.16.840.1.113883.6.96")
            builder.append(DICOMTag(0x0008, 0x0017), .ui, string: "1.2.3")
            builder.append(.seriesInstanceUID, .ui, strings: ["1.2.840.10008.20240317.5", "1.3.6.1.4.1.9590.2"])
            builder.sequence(.referencedImageSequence) { item in
                item.append(.referencedSOPClassUID, .ui, string: Objects.ct)
                item.append(.referencedSOPInstanceUID, .ui, string: "1.3.6.1.4.1.9590.3")
            }
        }
        #expect(
            values == [
                Value(.uid, "1.3.6.1.4.1.9590.1"), Value(.uid, "1.3.6.1.4.1.9590.2"), Value(.uid, "1.3.6.1.4.1.9590.3"),
                Value(.uid, "1.2.840.10008.20240317.5"),
            ])
    }

    @Test("names are known whole and in parts, without titles, in each writing and its character set")
    func names() throws {
        // PS3.5 H.3.1, the example of a name in three writings.
        let yamada: [UInt8] =
            Array("Yamada^Tarou=".utf8) + [0x1B, 0x24, 0x42, 0x3B, 0x33, 0x45, 0x44, 0x1B, 0x28, 0x42, 0x5E]
            + [0x1B, 0x24, 0x42, 0x42, 0x40, 0x4F, 0x3A, 0x1B, 0x28, 0x42, 0x3D]
            + [0x1B, 0x24, 0x42, 0x24, 0x64, 0x24, 0x5E, 0x24, 0x40, 0x1B, 0x28, 0x42, 0x5E]
            + [0x1B, 0x24, 0x42, 0x24, 0x3F, 0x24, 0x6D, 0x24, 0x26, 0x1B, 0x28, 0x42]
        let values = try gathered { builder in
            builder.append(.specificCharacterSet, .cs, string: "\\ISO 2022 IR 87")
            builder.append(.patientName, .pn, bytes: yamada)
            builder.append(.referringPhysicianName, .pn, string: "House^Gregory Max^^Dr^MD")
        }
        #expect(
            values == [
                Value(.patientName, "Yamada^Tarou"), Value(.patientName, "Yamada"), Value(.patientName, "Tarou"),
                Value(.patientName, "山田^太郎"), Value(.patientName, "山田"), Value(.patientName, "太郎"),
                Value(.patientName, "やまだ^たろう"), Value(.patientName, "やまだ"), Value(.patientName, "たろう"),
                Value(.staffName, "House^Gregory Max^"), Value(.staffName, "House"), Value(.staffName, "Gregory"),
                Value(.staffName, "Max"),
            ])
    }

    @Test("reports say by their concepts what a text is")
    func report() throws {
        let values = try gathered { builder in
            builder.beginSequence(.contentSequence)
            for (code, scheme, text) in [
                ("121022", "DCM", "ACC-771"), ("121030", "DCM", "HOSP-5"), ("121022", "99LOCAL", "no number"),
                ("121106", "DCM", "a comment"),
            ] {
                builder.beginItem()
                builder.sequence(DICOMTag(0x0040, 0xA043)) { concept in
                    concept.append(.codeValue, .sh, string: code)
                    concept.append(.codingSchemeDesignator, .sh, string: scheme)
                }
                builder.append(.textValue, .ut, string: text)
                builder.endItem()
            }
            builder.endSequence()
        }
        #expect(values == [Value(.accession, "ACC-771"), Value(.patientID, "HOSP-5")])
    }

    @Test("what stands for nothing is not known", arguments: ["", "ANONYMOUS", "Unknown", "000000", "XXXX", "n/a"])
    func placeholders(text: String) throws {
        #expect(try gathered { $0.append(.patientID, .lo, string: text) } == [])
    }

    @Test("is found at every depth, and bounded")
    func bounds() throws {
        let deep = try gathered { builder in
            for _ in 0..<60 {
                builder.beginSequence(.contributing)
                builder.beginItem()
            }
            builder.append(.patientID, .lo, string: "HOSP12345")
        }
        #expect(deep == [Value(.patientID, "HOSP12345")])
        let many = try gathered { builder in
            builder.beginSequence(.referencedImageSequence)
            for number in 0..<25_000 {
                builder.beginItem()
                builder.append(.referencedSOPInstanceUID, .ui, string: "1.3.6.1.4.1.9590.\(number)")
                builder.endItem()
            }
        }
        #expect(many.count == KnownIdentifiers.maximumPerObject)
    }
}
