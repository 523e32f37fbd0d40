import TestSupport
import Testing

@testable import Cohort

@Suite("The text form of a question")
struct TextFormTests {
    private func parse(_ text: String) throws -> Condition { try CohortQuery(text: text).condition }

    @Test("one test")
    func oneTest() throws {
        #expect(try parse("modality = MR") == .test(Comparison(.modality, .equals(.text("MR")))))
    }

    @Test("`and` binds closer than `or`, and `not` closest")
    func precedence() throws {
        let ct = Condition.test(Comparison(.modality, .equals(.text("CT"))))
        let female = Condition.test(Comparison(.sex, .equals(.text("F"))))
        let old = Condition.test(Comparison(.ageAtStudy, .atLeast(70)))
        #expect(try parse("modality = CT or sex = F and age >= 70") == .any([ct, .all([female, old])]))
        #expect(try parse("(modality = CT or sex = F) and age >= 70") == .all([.any([ct, female]), old]))
        #expect(try parse("not modality = CT and sex = F") == .all([.not(ct), female]))
        #expect(try parse("not (modality = CT and sex = F)") == .not(.all([ct, female])))
    }

    @Test(
        "every way to write a test, and the one way in which it is written back",
        arguments: [
            ("Modality=mr", "series.modality = MR"),
            ("modality == 'MRI'", "series.modality = MR"),
            ("modality = \"Magnetic resonance\"", "series.modality = MR"),
            ("sex = woman", "patient.sex = F"),
            ("gender != male", "not patient.sex = M"),
            ("sex <> M", "not patient.sex = M"),
            ("sex ≠ M", "not patient.sex = M"),
            ("bodyPart in (chest, Abdomen)", "series.bodyPart in (CHEST, ABDOMEN)"),
            ("bodyPart not in (CHEST)", "not series.bodyPart = CHEST"),
            ("bodyPart in (CHEST, chest, thorax)", "series.bodyPart = CHEST"),
            ("age between 50 and 70", "patient.ageAtStudy between 50 and 70"),
            ("age ≥ 50 years", "patient.ageAtStudy >= 50"),
            ("sliceThickness <= 2 mm", "series.sliceThickness <= 2 mm"),
            ("sliceThickness<=2mm", "series.sliceThickness <= 2 mm"),
            ("sliceThickness <= 0.2 cm", "series.sliceThickness <= 2 mm"),
            ("sliceThickness = 0.07cm", "series.sliceThickness = 0.7 mm"),
            ("sliceThickness between 0.1 and 0.2 cm", "series.sliceThickness between 1 mm and 2 mm"),
            ("pixelSpacing < 700 um", "series.pixelSpacing < 0.7 mm"),
            ("TR > 1.1 s", "series.repetitionTime > 1100 ms"),
            ("fieldStrength = 3 T", "series.magneticFieldStrength = 3 T"),
            ("fieldStrength = 1500 mT", "series.magneticFieldStrength = 1.5 T"),
            ("kvp = 120000 V", "series.kvp = 120 kV"),
            ("rows >= 5e2", "series.rows >= 500"),
            ("exists echoTime", "exists series.echoTime"),
            ("manufacturer contains siemens", "series.manufacturer contains siemens"),
            ("manufacturer = \"GE MEDICAL SYSTEMS\"", "series.manufacturer = \"GE MEDICAL SYSTEMS\""),
            ("manufacturer = 'say \\'hi\\''", "series.manufacturer = \"say 'hi'\""),
            ("modality = \"XYZ\"", "series.modality = \"XYZ\""),
            ("contrast = yes", "series.contrast = yes"),
            ("sex = unknown", "not exists patient.sex"),
            ("sopClass = \"CT Image\"", "series.sopClass = 1.2.840.10008.5.1.4.1.1.2"),
            ("date = 2020", "study.date between 2020-01-01 and 2020-12-31"),
            ("date = 2020-02", "study.date between 2020-02-01 and 2020-02-29"),
            ("date > 2020", "study.date > 2020-12-31"),
            ("date < 2020", "study.date < 2020-01-01"),
            ("date <= 20200115", "study.date <= 2020-01-15"),
            ("date = 2020-01-15", "study.date = 2020-01-15"),
            ("everything", "everything"),
            ("nothing", "nothing"),
            ("sex = F facets sex, AGEBAND", "patient.sex = F facets sex, ageBand"),
            ("sex = F facets none", "patient.sex = F facets none"),
            (
                "sex = F and (age > 50 and modality = CT)",
                "patient.sex = F and patient.ageAtStudy > 50 and series.modality = CT"
            ),
            ("((sex = F))", "patient.sex = F"),
        ])
    func canonical(written: String, canonical: String) throws {
        let query = try CohortQuery(text: written)
        #expect(query.text == canonical)
        #expect(try CohortQuery(text: query.text) == query)
    }

    @Test("a question that names no facets asks for all of them")
    func facets() throws {
        #expect(try CohortQuery(text: "sex = F").facets == ["modality", "bodyPart", "manufacturer", "sex", "ageBand"])
    }

    @Test("a thousand questions of every shape read back equal from what is written of them")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<1000 {
            let query = RandomQuery.query(using: &random)
            #expect(try CohortQuery(text: query.text) == query, "\(query.text)")
        }
    }
}
