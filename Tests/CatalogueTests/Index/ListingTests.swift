import Catalogue
import Cohort
import TestSupport
import Testing

@Suite("Series of tables beside series of images")
struct ListingTests {
    private let folder = TemporaryFolder("listing")

    private func open() throws -> Index { try Index.open(path: folder.file("index.sqlite")) }

    private func series(_ patient: String, _ study: String, _ series: String, images: Int = 10) -> SeriesRecord {
        SeriesRecord(patientID: patient, studyUID: study, seriesUID: series, images: images)
    }

    @discardableResult
    private func load(_ records: [SeriesRecord], in index: Index) throws -> [ListingOutcome] {
        var rest = records[...]
        var outcomes: [ListingOutcome] = []
        _ = try index.load(listing: "t", version: [1]) {
            rest.popFirst()
        } outcome: { outcome, _ in
            outcomes.append(outcome)
        }
        return outcomes
    }

    @Test("images of a series that a table lists count once")
    func imagesAfterTable() throws {
        let index = try open()
        try load([series("A", "1", "1.1.A", images: 10)], in: index)
        _ = try index.add([Records.record("A", "1", "1.1", 1), Records.record("A", "1", "1.1", 2)])
        #expect(try index.totals() == Counts(patients: 1, studies: 1, series: 1, images: 2))
        // The table may be loaded again, or go: the images stay.
        #expect(try load([series("A", "1", "1.1.A", images: 10)], in: index) == [.hasImages])
        #expect(try index.remove(listing: "t").removed == 0)
        #expect(try index.totals() == Counts(patients: 1, studies: 1, series: 1, images: 2))
    }

    @Test("what images say of a patient stays whatever a table says")
    func patientOfImages() throws {
        let index = try open()
        _ = try index.add([Records.record("A", "1", "1.1", 1) { $0.sex = "F" }])
        var listed = series("A", "2", "2.1")
        listed.sex = "M"
        try load([listed], in: index)
        #expect(try index.answer(CohortQuery(text: "sex = F")).counts.series == 2)
    }

    @Test("rows of a patient in any order share what the first of them says")
    func anyOrder() throws {
        let index = try open()
        var (first, second, third) = (series("A", "1", "1.1"), series("B", "2", "2.1"), series("A", "1", "1.2"))
        (first.sex, second.sex, third.sex, third.age) = (nil, "M", "F", "045Y")
        try load([first, second, third], in: index)
        #expect(try index.answer(CohortQuery(text: "sex = F and age = 45")).counts.series == 2)
    }

    @Test("an error of the table's reader leaves the index as it was, and comes through")
    func failure() throws {
        struct Broken: Error {}
        let index = try open()
        try load([series("A", "1", "1.1")], in: index)
        var given = false
        #expect(throws: Broken.self) {
            _ = try index.load(listing: "t", version: [2]) {
                if given { throw Broken() }
                given = true
                return series("B", "2", "2.1")
            } outcome: { _, _ in
            }
        }
        #expect(try index.patients() == ["A"])
        #expect(try index.listingVersion(of: "t") == [1])
    }

    @Test("a series that moves to another patient leaves nothing behind")
    func moved() throws {
        let index = try open()
        try load([series("A", "1", "1.1")], in: index)
        #expect(try load([series("B", "1", "1.1")], in: index) == [.changed])
        #expect(try index.patients() == ["B"])
        #expect(try index.totals() == Counts(patients: 1, studies: 1, series: 1, images: 10))
    }
}
