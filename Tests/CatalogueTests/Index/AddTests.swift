import Catalogue
import Cohort
import TestSupport
import Testing

@Suite("Adding objects to the index")
struct AddTests {
    private let folder = TemporaryFolder("index")

    private func open() throws -> Index { try Index.open(path: folder.file("index.sqlite")) }

    private func patients(_ question: String, in index: Index) throws -> Int {
        try index.answer(CohortQuery(text: question)).counts.patients
    }

    @Test("counts patients, studies, series and images")
    func totals() throws {
        let index = try open()
        #expect(try index.totals() == Counts())
        _ = try index.add([
            Records.record("A", "1", "1.1", 1), Records.record("A", "1", "1.1", 2), Records.record("A", "2", "2.1", 3),
            Records.record("B", "3", "3.1", 4), Records.record("B", "3", "3.2", 5),
        ])
        #expect(try index.totals() == Counts(patients: 2, studies: 3, series: 4, images: 5))
    }

    @Test("adds an object once, within a batch and over several")
    func repeated() throws {
        let index = try open()
        let record = Records.record("A", "1", "1.1", 1)
        #expect(try index.add([record, record]) == [.added, .alreadyThere])
        #expect(try index.add([record]) == [.alreadyThere])
        #expect(try index.totals().images == 1)
    }

    @Test("keeps the first of two objects with one SOP Instance UID, and says so")
    func conflict() throws {
        let index = try open()
        _ = try index.add([Records.record("A", "1", "1.1", 1)])
        let outcomes = try index.add([
            Records.record("A", "1", "1.1", 1, content: 2), Records.record("A", "1", "1.1", 3),
        ])
        #expect(
            outcomes == [
                .conflict(
                    "another object with the same SOP Instance UID and other content is in the index; the first one stays"
                ),
                .added,
            ])
        #expect(try index.totals().images == 2)
        #expect(try index.digests() == [Records.digest(1), Records.digest(3)])
    }

    @Test("a series that comes over several batches and days stays one series with all its images")
    func growing() throws {
        for day in 0..<4 {
            let index = try open()
            _ = try index.add((0..<5).map { Records.record("A", "1", "1.1", day * 5 + $0) { $0.modality = "CT" } })
        }
        let index = try open()
        #expect(try index.totals() == Counts(patients: 1, studies: 1, series: 1, images: 20))
        #expect(try patients("images >= 20", in: index) == 1)
        #expect(try patients("images > 20", in: index) == 0)
    }

    @Test("the first value of a series that is not empty stays, whether the others come in the same batch or later")
    func firstValueStays() throws {
        let index = try open()
        _ = try index.add([
            Records.record("A", "1", "1.1", 1) { $0.modality = " " },
            Records.record("A", "1", "1.1", 2) { ($0.modality, $0.sliceThicknessMM) = ("ct", 2) },
            Records.record("A", "1", "1.1", 3) { ($0.modality, $0.sliceThicknessMM) = ("MR", 5) },
        ])
        _ = try index.add([
            Records.record("A", "1", "1.1", 4) { ($0.modality, $0.sliceThicknessMM, $0.kvpKV) = ("PT", 7, 120) }
        ])
        #expect(try patients("modality = CT and sliceThickness = 2 mm and kvp = 120 kV", in: index) == 1)
    }

    @Test("what only a later object says of patient and study reaches the series that are there already")
    func laterFacts() throws {
        let index = try open()
        _ = try index.add([Records.record("A", "1", "1.1", 1), Records.record("A", "2", "2.1", 2)])
        #expect(try patients("sex = F", in: index) == 0)
        _ = try index.add([
            Records.record("A", "1", "1.2", 3) { ($0.sex, $0.ageYears, $0.studyDate) = ("F", 50, 20_200_131) }
        ])
        #expect(try index.answer(CohortQuery(text: "sex = F")).counts.series == 3)
        #expect(try index.answer(CohortQuery(text: "age = 50 and date = 2020-01")).counts.series == 2)
    }

    @Test("the same study or series UID of another patient is another study or series")
    func sameUIDElsewhere() throws {
        let index = try open()
        _ = try index.add([Records.record("A", "1", "1.1", 1), Records.record("B", "1", "1.1", 2)])
        #expect(try index.totals() == Counts(patients: 2, studies: 2, series: 2, images: 2))
    }

    @Test("the change token moves when something is added, and only then")
    func changeToken() throws {
        let index = try open()
        let start = try index.changeToken()
        _ = try index.add([Records.record("A", "1", "1.1", 1)])
        let added = try index.changeToken()
        #expect(added > start)
        _ = try index.add([Records.record("A", "1", "1.1", 1)])
        try index.setAside("/in/x", source: Records.source("/in/x"))
        #expect(try index.changeToken() == added)
    }

    @Test("a batch is added whole or not at all")
    func atomic() throws {
        let index = try open()
        var broken = Records.record("A", "1", "1.1", 2)
        broken.digest = "no digest"
        #expect(throws: IndexError.self) { try index.add([Records.record("A", "1", "1.1", 1), broken]) }
        #expect(try index.totals() == Counts())
        #expect(try index.knownSources([Records.source("/in/1")]).isEmpty)
    }

    @Test("text from files is data: no name of a maker or patient changes a statement")
    func hostileText() throws {
        let index = try open()
        let hostile = "'; DROP TABLE series; -- \u{0} \" % _ \\"
        _ = try index.add([
            Records.record(hostile, "1", "1.1", 1) { ($0.manufacturer, $0.modality) = (hostile, hostile) }
        ])
        let query = CohortQuery(condition: .test(Comparison(.manufacturer, .equals(.text(hostile)))))
        #expect(try index.answer(query).counts.patients == 1)
        #expect(try index.totals().series == 1)
    }
}
