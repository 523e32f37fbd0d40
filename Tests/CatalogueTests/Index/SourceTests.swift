import Catalogue
import TestSupport
import Testing

@Suite("What the index remembers of the files that came in")
struct SourceTests {
    private let folder = TemporaryFolder("sources")
    private let clock = ManualClock()

    private func open() throws -> Index { try Index.open(path: folder.file("index.sqlite"), clock: clock.wallClock) }

    @Test("a file that was taken in is known until it changes")
    func known() throws {
        let index = try open()
        _ = try index.add([Records.record("A", "1", "1.1", 1)])
        let (same, changed, other) = (
            Records.source("/in/1"), Records.source("/in/1", modified: 2), Records.source("/in/2")
        )
        #expect(try index.knownSources([same, changed, other]) == [same])
        _ = try index.add([Records.record("A", "1", "1.1", 1) { $0.source = changed }])
        #expect(try index.knownSources([same, changed]) == [changed])
    }

    @Test("a file that conflicts with another is not known: it is looked at again")
    func conflicts() throws {
        let index = try open()
        _ = try index.add([Records.record("A", "1", "1.1", 1)])
        let source = Records.source("/in/copy")
        _ = try index.add([Records.record("A", "1", "1.1", 1, content: 2) { $0.source = source }])
        #expect(try index.knownSources([source]).isEmpty)
    }

    @Test("a file that is set aside is listed once, with what was found last, until it is taken in")
    func setAside() throws {
        let index = try open()
        try index.setAside("/in/1", "it is cut off", source: Records.source("/in/1"))
        clock.advance(by: 60)
        try index.setAside("/in/1", "it has no patient", source: Records.source("/in/1", modified: 2))
        try index.setAside("/in/readme", source: Records.source("/in/readme"))
        #expect(
            try open().quarantine() == [
                QuarantineEntry(path: "/in/1", reason: "it has no patient", recorded: "2027-01-15T08:01:00Z")
            ])
        #expect(try index.notDICOM() == [NotDICOMEntry(path: "/in/readme", recorded: "2027-01-15T08:01:00Z")])

        _ = try index.add([Records.record("A", "1", "1.1", 1) { $0.source = Records.source("/in/1", modified: 3) }])
        #expect(try index.quarantine().isEmpty)
        #expect(try index.notDICOM().count == 1)
    }

    @Test("a file can go from one list to the other, and is never on both")
    func movesBetweenLists() throws {
        let index = try open()
        try index.setAside("/in/1", source: Records.source("/in/1"))
        try index.setAside("/in/1", "it is cut off", source: Records.source("/in/1"))
        #expect(try index.notDICOM().isEmpty && index.quarantine().count == 1)
    }

    @Test("a key hides path and size: with another secret it is another key")
    func keyed() {
        let other = SourceKey(path: "/in/1", size: 100, modified: 1, key: [1])
        #expect(other.place != Records.source("/in/1").place && other.place.count == 16 && other.version.count == 16)
        #expect(Records.source("/in/1").place == Records.source("/in/1", modified: 9).place)
    }
}
