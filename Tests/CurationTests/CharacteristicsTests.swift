import Curation
import DICOM
import Testing

@Suite("Characteristics of a patient")
struct CharacteristicsTests {
    private func kept(
        _ profile: ConfidentialityProfile = .research, _ fill: (inout DataSetBuilder) -> Void
    ) throws -> DataSet {
        try Objects.deidentifier(profile).deidentify(try Objects.file(fill)).dataSet
    }

    @Test("sex, age, size and weight stay for research and go under the basic profile")
    func profiles() throws {
        let fill: (inout DataSetBuilder) -> Void = { builder in
            builder.append(.patientSex, .cs, string: "F")
            builder.append(.patientAge, .as, string: "054Y")
            builder.append(.patientSize, .ds, string: "1.68")
            builder.append(.patientWeight, .ds, string: "61.5")
            builder.append(.ethnicGroup, .sh, string: "planted")
        }
        let research = try kept(.research, fill)
        #expect(research[.patientSex]?.string == "F")
        #expect(research[.patientAge]?.string == "054Y")
        #expect(research[.patientSize]?.string == "1.68")
        #expect(research[.patientWeight]?.string == "61.5")
        #expect(research[.ethnicGroup] == nil)

        let basic = try kept(.basic, fill)
        #expect(basic[.patientSex]?.isEmpty == true)
        #expect(basic[.patientAge] == nil && basic[.patientSize] == nil && basic[.patientWeight] == nil)
    }

    @Test(
        "an age of 90 or more is 90",
        arguments: [
            ("089Y", "089Y"), ("090Y", "090Y"), ("103Y", "090Y"), ("45Y", "045Y"), ("011M", "011M"), ("003W", "003W"),
            ("010D", "010D"),
        ])
    func age(original: String, expected: String) throws {
        #expect(try kept { $0.append(.patientAge, .as, string: original) }[.patientAge]?.string == expected)
    }

    @Test(
        "an age that is missing is worked out from the dates before they go",
        arguments: [
            ("19700318", "20240317", "053Y"), ("19700317", "20240317", "054Y"), ("19300101", "20240317", "090Y"),
            ("20230618", "20240317", "008M"), ("1970.03.17", "20240317", "054Y"),
        ])
    func derivedAge(born: String, studied: String, expected: String) throws {
        let result = try kept { builder in
            builder.append(.patientBirthDate, .da, string: born)
            builder.append(.studyDate, .da, string: studied)
        }
        #expect(result[.patientAge]?.string == expected)
        #expect(result[.patientBirthDate]?.isEmpty == true)
        #expect(result[.studyDate]?.string?.count == 8 && result[.studyDate]?.string != studied)
    }

    @Test(
        "dates that cannot be give no age", arguments: [("20250101", "20240317"), ("18000101", "20240317"), ("x", "")])
    func impossibleAge(born: String, studied: String) throws {
        let result = try kept { builder in
            builder.append(.patientBirthDate, .da, string: born)
            builder.append(.studyDate, .da, string: studied)
        }
        #expect(result[.patientAge] == nil)
    }

    @Test("a name typed into one of their fields does not pass")
    func nonsense() throws {
        let result = try kept { builder in
            builder.append(.patientSex, .cs, string: "DOE")
            builder.append(.patientAge, .as, string: "DOEY")
            builder.append(.patientSize, .ds, string: "DOE")
            builder.append(.patientWeight, .ds, string: "1\\DOE")
        }
        #expect(result[.patientSex]?.isEmpty == true)
        #expect(result[.patientAge] == nil && result[.patientSize] == nil)
        #expect(result[.patientWeight]?.strings.contains("DOE") != true)
    }

    @Test(
        "a number of another kind typed into size or weight does not pass, and no more digits than a scale has",
        arguments: [
            ("47114711", nil), ("4711.4711", nil), ("61.4711471", "61.471"), ("-3", nil), ("1e2", "1e2"), ("0", "0"),
            ("81.632700", "81.632700"), ("80.0000", "80.0000"),
        ])
    func numbers(original: String, expected: String?) throws {
        #expect(try kept { $0.append(.patientWeight, .ds, string: original) }[.patientWeight]?.string == expected)
    }
}
