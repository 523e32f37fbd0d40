import Catalogue
import Cohort
import TestSupport
import Testing

@Suite("What a site answers")
struct AnswerTests {
    private let folder = TemporaryFolder("answers")
    private let all = Set(CohortModel.attributes.map(\.name))

    /// 30 patients with one CT series of two images each: 18 women, 12 men; 6 of the women have an MR series too, of
    /// one image; the first 20 are 55 years old, the others' age is not recorded; studied in 2020, one of them in 1999.
    private func index() throws -> Index {
        let index = try Index.open(path: folder.file("index.sqlite"), clock: ManualClock().wallClock)
        var records: [InstanceRecord] = []
        for patient in 0..<30 {
            func record(_ series: String, _ instance: Int, _ modality: String) -> InstanceRecord {
                Records.record("P\(patient)", "1.\(patient)", series, instance) {
                    ($0.sex, $0.modality, $0.manufacturer) = (patient < 18 ? "F" : "M", modality, "Siemens")
                    $0.ageYears = patient < 20 ? 55 : nil
                    $0.studyDate = patient == 29 ? 19_990_101 : 20_200_101
                }
            }
            records += [record("1", patient * 3, "CT"), record("1", patient * 3 + 1, "CT")]
            if patient < 6 { records.append(record("2", patient * 3 + 2, "MR")) }
        }
        _ = try index.add(records)
        return index
    }

    private func answer(_ question: String, without withheld: Set<String> = []) throws -> SiteAnswer {
        try index().answer(try CohortQuery(text: question), answerable: all.subtracting(withheld), rule: .standard)
    }

    @Test("counts, a breakdown, and what is not recorded")
    func counts() throws {
        let answer = try answer("sex = F and age >= 50 facets sex, manufacturer")
        #expect(answer.outcome == .counted && answer.threshold == 5)
        #expect(
            answer.counts
                == ProtectedCounts(patients: .exact(18), studies: .exact(18), series: .exact(24), images: .exact(42)))
        #expect(answer.conditions.map(\.text) == ["patient.sex = F", "patient.ageAtStudy >= 50"])
        // Nobody's sex is missing, and ten ages are. 30 - 18 - 10 would leave two, so neither is said exactly.
        #expect(answer.conditions.map(\.unknown) == [.fewerThan(10), .moreThan(5)])
        #expect(answer.facets.map(\.name) == ["sex", "manufacturer"])
        #expect(answer.facets[1].cells.map(\.value) == ["SIEMENS", "unknown"])
    }

    @Test("a series is what is selected: a patient's other series do not count")
    func seriesLevel() throws {
        #expect(
            try answer("modality = MR").counts
                == ProtectedCounts(patients: .exact(6), studies: .exact(6), series: .exact(6), images: .exact(6)))
        #expect(try index().answer(CohortQuery(text: "modality = MR and modality = CT")).counts.patients == 0)
    }

    @Test("an unknown value satisfies neither a test nor its opposite")
    func unknown() throws {
        let index = try index()
        #expect(try index.answer(CohortQuery(text: "age = 55")).counts.patients == 20)
        #expect(try index.answer(CohortQuery(text: "not age = 55")).counts.patients == 0)
        #expect(try index.answer(CohortQuery(text: "not age = 55 or sex = M")).counts.patients == 12)
        #expect(try index.answer(CohortQuery(text: "age = unknown")).counts.patients == 10)
    }

    @Test("a condition that the site does not answer: nothing is counted, and it says which one")
    func withheld() throws {
        let answer = try answer("sex = F or age > 50", without: ["patient.ageAtStudy"])
        #expect(answer.outcome == .cannotApply && answer.counts == nil && answer.facets.isEmpty)
        #expect(answer.conditions.map(\.status) == [.applied, .unsupported])
    }

    @Test("a breakdown that the site does not give is named")
    func withheldFacet() throws {
        let answer = try answer("modality = CT facets sex, modality", without: ["patient.sex"])
        #expect(answer.facets.map(\.name) == ["modality"])
        #expect(answer.conditions.last?.text == "facets sex" && answer.conditions.last?.status == .unsupported)
    }

    @Test("the same question has the same answer until the content changes")
    func remembers() throws {
        let index = try index()
        let query = try CohortQuery(text: "modality = CT")
        let first = try index.answer(query)
        #expect(try index.answer(query) == first)
        _ = try index.add([Records.record("new", "1", "1", 900) { $0.modality = "CT" }])
        #expect(try index.answer(query).counts.patients == first.counts.patients + 1)
    }

    @Test("an empty site answers, too")
    func empty() throws {
        let index = try Index.open(path: folder.file("empty.sqlite"))
        let answer = try index.answer(try CohortQuery(text: "modality = CT"), answerable: all, rule: .standard)
        #expect(answer.counts?.patients == .fewerThan(5))
        #expect(answer.facets.first { $0.name == "modality" }?.cells.map(\.value) == ["unknown"])
    }

    private func card(_ description: String = "", answerable: Set<String>) throws -> DataSetCard {
        let index = try index()
        return try index.card(
            title: "Images", description: description, answerable: answerable, rule: .standard,
            answer: index.answer(.everything, answerable: answerable, rule: .standard))
    }

    @Test("its card: counts, breakdowns, the years with enough patients, and what can be asked")
    func card() throws {
        let card = try card("of a test", answerable: all.subtracting(["series.kvp"]))
        #expect(
            card.counts
                == ProtectedCounts(patients: .exact(30), studies: .exact(30), series: .exact(36), images: .exact(66)))
        #expect(card.years == .init(first: 2020, last: 2020))
        #expect(card.modalities.cells.map { "\($0.value) \($0.patients)" } == ["CT >25", "MR 6", "unknown <5"])
        #expect(card.ageBands.cells.first { $0.value == "50-59" }?.patients == .exact(20))
        #expect(card.updated == "2027-01-15T08:00:00Z" && card.threshold == 5)
        #expect(card.attributes.contains("series.echoTime") && !card.attributes.contains("series.kvp"))
        // No table has told anything of a condition.
        #expect(!card.attributes.contains("condition.topography"))
    }

    @Test("a card without what the site does not answer")
    func cardWithheld() throws {
        let card = try card(answerable: all.subtracting(["patient.sex", "study.date"]))
        #expect(card.sexes.cells.isEmpty && card.years == nil && !card.modalities.cells.isEmpty)
    }
}
