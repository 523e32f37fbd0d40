import Catalogue
import TestSupport
import Testing

@Suite("Going through the series of an index")
struct SeriesListingTests {
    private let folder = TemporaryFolder("listing")

    private func index() throws -> Index {
        let index = try Index.open(path: folder.file("index.sqlite"))
        // Patients and series come mixed.
        _ = try index.add([
            Records.record("A", "1", "1.1", 1), Records.record("B", "2", "2.1", 2), Records.record("A", "1", "1.2", 3),
        ])
        _ = try index.add([Records.record("A", "3", "3.1", 4), Records.record("A", "1", "1.1", 5)])
        return index
    }

    @Test("each comes once, those of one patient and study together, with all of its objects")
    func all() throws {
        let index = try index()
        var (listed, row): ([ListedSeries], ListedSeries.Row?) = ([], nil)
        while let series = try index.series(after: row) {
            listed.append(series)
            row = series.row
        }
        #expect(listed.map(\.seriesUID) == ["1.1.A", "1.2.A", "3.1.A", "2.1.B"])
        #expect(listed.map(\.patientID) == ["A", "A", "A", "B"] && listed.map(\.studyUID) == ["1", "1", "3", "2"])
        #expect(listed[0].objects.map(\.instanceUID) == ["2.25.1", "2.25.5"])
        #expect(listed[0].objects.map(\.digest) == [Records.digest(1), Records.digest(5)])
        #expect(try index.series(listed[2].row) == listed[2])
    }

    @Test("an object is found by its UID")
    func place() throws {
        let place = try #require(try index().place(ofInstance: "2.25.4"))
        #expect(place == ("A", "3", "3.1.A"))
        #expect(try index().place(ofInstance: "2.25.9") == nil)
    }

    @Test("an index without series has none")
    func none() throws {
        #expect(try Index.open(path: folder.file("empty.sqlite")).series(after: nil) == nil)
    }
}
