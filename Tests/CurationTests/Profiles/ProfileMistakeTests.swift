import Curation
import Testing

@Suite("A mistake in a profile file")
struct ProfileMistakeTests {
    private func error(_ yaml: String, name: String = "test") -> ProfileError? {
        do {
            _ = try ConfidentialityProfile(yaml: yaml, name: name)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "is named with its line",
        arguments: [
            ("", "bad-form", nil), ("just words", "bad-form", 1), ("name: x1", "bad-form", 1),
            ("start: strict", "unknown-word", 1), ("start: basic\nkep: []", "unknown-word", 2),
            ("start: basic\noptions: retain-uids", "bad-form", 2),
            ("start: basic\noptions:\n  - retain-uids\n  - retain-everything", "unknown-word", 4),
            ("start: research\noptions: [retain-full-dates]", "contradiction", 2),
            ("start: basic\noptions: [retain-uids]\nwithout: [retain-uids]", "contradiction", 2),
            ("start: basic\ncharacteristics: [PatientSex]", "contradiction", 2),
            ("start: research\ncharacteristics: [StationName]", "unknown-word", 2),
            ("start: research\npixels: declared", "contradiction", 2),
            ("start: basic\npixels: maybe", "unknown-word", 2),
            ("start: basic\nkeep:\n  - attribute: StationName", "missing-reason", 3),
            ("start: basic\nkeep:\n  - attribute: StationNam\n    reason: r", "unknown-attribute", 3),
            ("start: basic\nkeep:\n  - attribute: \"(0029,1010)\"\n    reason: r", "bad-form", 3),
            ("start: basic\nkeep:\n  - reason: r", "bad-form", 3),
            ("start: basic\nkeep:\n  - attribute: StationName\n    reson: r", "unknown-word", 4),
            (
                "start: basic\nkeep:\n  - {attribute: StationName, reason: r}\nempty:\n  - {attribute: StationName, reason: r}",
                "contradiction", 5
            ),
            ("start: basic\nclean:\n  - {attribute: Rows, reason: r}", "bad-value", 3),
            ("start: basic\nclean:\n  - {attribute: StudyDate, reason: r}", "contradiction", 3),
            ("start: basic\nreplace:\n  - {attribute: StationName, reason: r}", "bad-form", 3),
            (
                "start: basic\nreplace:\n  - attribute: StationName\n    with: longer than sixteen\n    reason: r",
                "bad-value",
                4
            ),
            ("start: basic\nreplace:\n  - {attribute: PatientSex, with: female, reason: r}", "bad-value", 3),
            ("start: basic\nreplace:\n  - {attribute: Rows, with: 5, reason: r}", "bad-value", 3),
            ("start: basic\nreplace:\n  - {attribute: StudyDate, with: 20240230, reason: r}", "bad-value", 3),
            (
                "start: basic\nsafe_private:\n  - {creator: A, element: \"(0029,xx10)\", vr: DS, reason: r}",
                "contradiction",
                3
            ),
            (
                "start: research\nsafe_private:\n  - {creator: A, element: \"(0029,1010)\", vr: DS, reason: r}",
                "bad-value",
                3
            ),
            (
                "start: research\nsafe_private:\n  - {creator: A, element: \"(0029,xx10)\", vr: LT, reason: r}",
                "forbidden", 3
            ),
            (
                "start: research\nsafe_private:\n  - {creator: A, element: \"(0028,xx10)\", vr: DS, reason: r}",
                "bad-value", 3
            ),
            ("start: [", "bad-form", 2), ("start: basic\nname: Two Words", "bad-value", 2),
            ("start: basic\nname: research", "contradiction", 2),
        ])
    func mistakes(yaml: String, code: String, line: Int?) {
        let error = error(yaml)
        #expect(error?.code.description == code, "\(error?.description ?? "no error")")
        #expect(error?.line == line, "\(error?.description ?? "no error")")
        #expect(error?.message.isEmpty == false)
    }

    @Test(
        "cannot keep what leads straight to the patient",
        arguments: [
            "PatientName", "PatientID", "OtherPatientIDs", "OtherPatientIDsSequence", "OtherPatientNames",
            "PatientBirthName", "PatientMotherBirthName", "PatientAddress", "PatientTelephoneNumbers",
            "PatientTelecomInformation", "ReferringPhysicianName", "ReferringPhysicianAddress", "OperatorsName",
            "ResponsiblePerson", "PersonAddress", "AccessionNumber", "MedicalRecordLocator", "AdmissionID",
            "IssuerOfPatientID", "EncryptedAttributesSequence", "OriginalAttributesSequence", "EncapsulatedDocument",
            "StudyInstanceUID", "FrameOfReferenceUID", "PatientIdentityRemoved", "DeidentificationMethod", "PixelData",
            "BurnedInAnnotation", "PatientBirthDate", "StudyDate", "AcquisitionDateTime",
        ])
    func forbidden(attribute: String) {
        let error = error("start: research\nkeep:\n  - {attribute: \(attribute), reason: r}")
        #expect(error?.code == .forbidden && error?.line == 3)
        #expect(error?.message.contains(attribute) == true)
    }

    @Test(
        "cannot take away or fix what objects are told apart by, or what says how they were made",
        arguments: ["remove", "empty"],
        [
            "SOPInstanceUID", "SOPClassUID", "StudyInstanceUID", "SeriesInstanceUID", "PatientID",
            "DeidentificationMethod",
        ])
    func necessary(word: String, attribute: String) {
        #expect(error("start: research\n\(word):\n  - {attribute: \(attribute), reason: r}")?.code == .forbidden)
    }

    @Test("in the spelling of an attribute is answered with the right one")
    func spelling() {
        let error = error("start: basic\nkeep:\n  - {attribute: patient's sex, reason: r}")
        #expect(error?.message.contains("PatientSex") == true)
    }

    @Test("of somebody who nests, repeats or floods ends in an error, not in time or memory")
    func hostile() {
        #expect(error(String(repeating: "[", count: 100_000)) != nil)
        #expect(error("start: basic\n" + String(repeating: "# x\n", count: 100_000))?.code == .badForm)
        #expect(error("start: basic\nstart: research") != nil)
        let bomb = (1...20).reduce("a0: &a0 [x]\n") { $0 + "a\($1): &a\($1) [*a\($1 - 1), *a\($1 - 1)]\n" }
        #expect(error("start: basic\n" + bomb)?.code == .unknownWord)
        #expect(error("start: basic", name: "../etc")?.code == .badValue)
    }
}
