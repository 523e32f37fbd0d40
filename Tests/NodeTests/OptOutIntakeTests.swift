import Node
import TestSupport
import Testing

@Suite("An intake at a site with an opt-out list")
struct OptOutIntakeTests {
    @Test(
        "takes nothing in of a patient who is on it, says how many files it passed by, and takes it in when they change their mind"
    )
    func optedOut() async throws {
        let (corpus, node) = (try Corpus().slices(3), TestNode())
        var options = IntakeOptions(workers: 2, batchObjects: 4)
        options.isOptedOut = { $0 == Corpus.patientID }
        let summary = try await node.ingest([corpus.path], options: options)
        #expect(summary.accepted == 0 && summary.skipped.count == 3)
        #expect(try node.objects().isEmpty)
        #expect(try node.quarantineFiles().isEmpty)
        let again = try await node.ingest([corpus.path])
        #expect(again.accepted == 3)
    }
}
