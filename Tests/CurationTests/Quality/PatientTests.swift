import Curation
import DICOM
import Testing

@Suite("A patient's series and clinical facts")
struct PatientTests {
    /// Two studies of one patient, two years apart.
    private func studies(_ change: @escaping (inout DataSetBuilder) -> Void) -> [Slice] {
        Slice.stack(heights(3), series: 1)
            + Slice.stack(heights(3), series: 2) { slice in
                slice.study = "1.2.3.2"
                slice.change = { builder in
                    for tag in [DICOMTag.studyDate, .seriesDate, .acquisitionDate] {
                        builder.append(tag, .da, string: "20260317")
                    }
                    builder.append(.patientAge, .as, string: "063Y")
                    change(&builder)
                }
            }
    }

    private func found(clinical: ClinicalFacts? = nil, _ change: @escaping (inout DataSetBuilder) -> Void = { _ in })
        throws
        -> [String]
    {
        var options = QualityOptions()
        options.clinical = clinical
        let report = try MemoryDataSet(studies(change)).check(options)
        return report.rules.filter { !$0.rule.id.hasPrefix("duplicate") }.map(\.rule.id).sorted()
    }

    @Test("studies that agree are fine")
    func agree() throws {
        #expect(try found() == [])
    }

    @Test("sexes and birth dates that differ are errors")
    func identity() throws {
        #expect(try found { $0.append(.patientSex, .cs, string: "M") } == ["patient.sex"])
        #expect(try found { $0.append(.patientBirthDate, .da, string: "19621231") } == ["patient.birth-date"])
    }

    @Test("two years later, 70 instead of 63 years old")
    func ages() throws {
        let found = try found { builder in
            builder.append(.patientAge, .as, string: "070Y")
            builder.append(.patientBirthDate, .da)
        }
        #expect(found == ["patient.age"])
    }

    private func facts(_ row: String) throws -> ClinicalFacts {
        try #require(
            ClinicalFacts(text: "Patient ID;Sex;Year of birth;Date of death;Laterality\n\(row)\n"))
    }

    @Test("a table that says the same is fine; so is one that says nothing")
    func clinicalAgrees() throws {
        #expect(try found(clinical: facts("PATIENT1;female;1963;2026-05-01;")) == [])
        #expect(try found(clinical: facts("PATIENT1;;;;")) == [])
    }

    @Test(
        "a table that contradicts the images",
        arguments: [
            ("PATIENT1;male;1963;;", "clinical.sex"), ("PATIENT1;F;1953;;", "clinical.age"),
            ("PATIENT1;F;1963;2025-12-01;", "clinical.dates"),
        ])
    func clinical(_ row: String, _ rule: String) throws {
        #expect(try found(clinical: facts(row)) == [rule])
    }

    @Test("a birth date after a study is one too, a year of birth alone is not judged by its middle")
    func birth() throws {
        let text = "patient_id,birth_date\nPATIENT1,2024-06-30\n"
        let facts = try #require(ClinicalFacts(text: text))
        #expect(try found(clinical: facts).contains("clinical.dates"))
        // Born in the year of the first study, perhaps before it.
        let year = try #require(ClinicalFacts(text: "patient_id,birth_year\nPATIENT1,2024\n"))
        #expect(try !found(clinical: year).contains("clinical.dates"))
    }

    @Test("images of the other side alone are told")
    func sides() throws {
        let right = try facts("PATIENT1;F;1963;;right")
        #expect(try found(clinical: right) { $0.append(.laterality, .cs, string: "L") } == ["clinical.laterality"])
        #expect(try found(clinical: right) { $0.append(.laterality, .cs, string: "R") } == [])
        #expect(
            try found(clinical: facts("PATIENT1;F;1963;;bilateral")) { $0.append(.laterality, .cs, string: "L") } == [])
    }

    @Test("patients on one side alone are told")
    func absent() throws {
        let report = try found(clinical: facts("PATIENT9;F;1963;;"))
        #expect(report == ["clinical.absent", "clinical.no-images"])
    }

    @Test("tables: quotes, separators, several rows of one patient, dates of several forms")
    func table() throws {
        let text =
            "\u{FEFF}\"Pseudonym\"\tgender\tDOB\r\n\"A\"\tW\t17.03.1950\r\nA\t\t\r\n\"B \"\"x\"\"\"\tM\t1950-03-17T00:00\r\n"
        let facts = try #require(ClinicalFacts(text: text))
        #expect(facts.patients["A"]?.sex == "F")
        #expect(facts.patients["A"]?.birth == CivilDate(year: 1950, month: 3, day: 17))
        #expect(facts.patients["B \"x\""]?.birth == CivilDate(year: 1950, month: 3, day: 17))
        #expect(ClinicalFacts(text: "name,sex\nx,F\n") == nil)
        #expect(ClinicalFacts(text: "name,sex\nx,F\n", patientColumn: "Name")?.patients["x"]?.sex == "F")
    }

    @Test("the completeness of the minimum clinical attributes is counted by patient")
    func completeness() throws {
        let text = """
            patient_id,sex,date_of_diagnosis,Topography
            PATIENT1,F,2024-03-01,
            PATIENT1,,,C50.9
            PATIENT2,,2024-04-01,
            """
        var options = QualityOptions()
        options.clinical = ClinicalFacts(text: text)
        let completeness = try MemoryDataSet(Slice.stack(heights(3))).check(options).completeness
        #expect(completeness.clinicalPatients == 2)
        let shares = Dictionary(uniqueKeysWithValues: completeness.clinical.map { ($0.attribute, $0) })
        #expect(shares[.patientID]?.patients == 2 && shares[.sex]?.patients == 1)
        #expect(shares[.topography]?.patients == 1 && shares[.diagnosisDate]?.patients == 2)
        #expect(shares[.morphology]?.hasColumn == false && shares[.sex]?.hasColumn == true)
        #expect(shares.count == 12)
    }
}
