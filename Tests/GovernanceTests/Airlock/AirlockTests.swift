import Federation
import FoundationEssentials
import Runtime
import TestSupport
import Testing

@testable import Governance

/// A table of twelve patients with three measured columns.
private struct SmallTable: TableRecords {
    let identifiers = (0..<12).map { "ATL-PSEUDO\($0)X" }
    let columns: [[Double]] = (0..<3).map { column in (0..<12).map { Self.value(column, $0) } }

    private static func value(_ column: Int, _ record: Int) -> Double {
        let whole = record * 7 + column * 31
        return Double(whole) / 3 + 0.123
    }
}

@Suite("The airlock's checks")
struct AirlockCheckTests {
    private func findings(
        _ kind: OutputKind = .statistics, _ type: FileType = .json, _ content: String = "{}", cells: [Int?] = [],
        arrays: [Double] = [], patients: Int = 100, trainingBytes: Int = 100_000
    ) -> [AirlockFinding.Rule] {
        let check = AirlockCheck(thresholds: .standard, records: MemorisedRecords(SmallTable()))
        let output = AirlockOutput(
            kind: kind, type: type, content: Array(content.utf8), cells: cells,
            arrays: arrays.isEmpty ? [] : [.init("values", arrays)], patients: patients, trainingBytes: trainingBytes)
        return check.findings(in: output).map(\.rule)
    }

    @Test("cells under five patients are found, cells that are not shown are not")
    func cells() {
        #expect(findings(cells: [5, 17, nil]).isEmpty)
        #expect(findings(cells: [5, 4, nil]) == [.smallCell])
        #expect(findings(cells: [0]) == [.smallCell])
        #expect(findings(patients: 9) == [.smallCohort])
    }

    @Test("a statistic with more numbers than a third of its patients is found (DataSHIELD's nfilter.glm, 0.33)")
    func parameters() {
        #expect(findings(arrays: (0..<33).map { Double($0) + 0.5 }, patients: 100).isEmpty)
        #expect(findings(arrays: (0..<34).map { Double($0) + 0.5 }, patients: 100) == [.tooManyParameters])
    }

    @Test("a model that could hold its training data is looked at")
    func model() {
        let weights = (0..<250).map { 1 / Double($0 + 1) }
        #expect(findings(.models, arrays: weights, trainingBytes: 1001).isEmpty)
        #expect(findings(.models, arrays: weights, trainingBytes: 1000) == [.largeModel])
    }

    @Test("a row or a column of the table is found in whatever it is hidden in, also after rounding to 32 bits")
    func memorised() {
        let table = SmallTable()
        let noise = (0..<30).map { Double($0).squareRoot() + 0.01 }
        #expect(findings(.models, arrays: noise).isEmpty)
        let column = Array(table.columns[1][3..<8])
        #expect(findings(.models, arrays: noise + column + noise) == [.memorisedRecord])
        #expect(findings(.models, arrays: noise + column.map { Double(Float($0)) }) == [.memorisedRecord])
        // Three values in a row prove nothing.
        #expect(findings(.models, arrays: noise + column.prefix(3)).isEmpty)
    }

    @Test("an identifier of the table is found in text, inside punctuation too")
    func identifiers() {
        #expect(findings(.statistics, .text, "mean 3.4, ATL-PSEUDO99X").isEmpty)
        #expect(findings(.statistics, .text, "worst:\"ATL-PSEUDO7X\",") == [.identifier])
    }

    @Test("what is no number is looked at")
    func notANumber() {
        #expect(findings(arrays: [1, .nan]) == [.notANumber])
    }

    @Test(
        "a file that is not what it says does not leave",
        arguments: [
            (FileType.json, Array("PK\u{3}\u{4}".utf8)), (.json, Array("hello".utf8)), (.csv, [0x80, 0x04, 0x95]),
            (.text, [0x00, 0x41]), (.text, [0xFF, 0xFE]),
            (.safetensors, [0x80, 0x04, 0x95, 0, 0, 0, 0, 0, 0x7B, 0x7D]),
            (.safetensors, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7B, 0x7D]), (.json, []),
            (.csv, Array(repeating: 0x20, count: 128) + Array("DICM".utf8)),
        ])
    func types(_ type: FileType, _ content: [UInt8]) {
        #expect(!type.describes(content))
    }

    @Test("plain files of the allowed kinds leave")
    func goodTypes() {
        #expect(FileType.json.describes(Array(" [1]".utf8)))
        #expect(FileType.csv.describes(Array("a,b\n1,2\n".utf8)))
        #expect(FileType.safetensors.describes([2, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D]))
    }
}

@Suite("The airlock")
struct AirlockTests {
    private let site: GovernedSite
    private let airlock: Airlock
    private let authorisation: Authorisation

    init() async throws {
        site = try GovernedSite()
        airlock = try Airlock(folder: site.folder, book: site.book, audit: site.audit, clock: site.clock.wallClock)
        let permit = try site.permit(outputs: OutputKind.allCases)
        try await site.grant(permit)
        var claim = try site.claim(permit)
        claim.outputs = [.statistics, .models]
        authorisation = try #require(await site.decide(claim).authorisation)
    }

    private func output(_ kind: OutputKind, cells: [Int?] = [], text: String = "{\"b\": 1}") -> AirlockOutput {
        AirlockOutput(
            kind: kind, type: .json, content: Array(text.utf8), cells: cells, patients: 100, trainingBytes: 100_000)
    }

    private let check = AirlockCheck(thresholds: .standard, records: nil)

    private func waiting() async throws -> AirlockItem {
        guard case .waits(let item) = try await airlock.take(output(.models), of: authorisation, check: check) else {
            throw CancellationError()
        }
        return item
    }

    @Test("what the policy does not hold and no check finds leaves at once, with a trace")
    func passes() async throws {
        let outcome = try await airlock.take(output(.statistics), of: authorisation, check: check)
        #expect(outcome == .leaves)
        #expect(site.audit.events.last?.kind == .airlockPassed)
        #expect(try await airlock.list().isEmpty)
    }

    @Test(
        "a held output waits, is shown to the byte, leaves once when a member releases it, and every step is written down"
    )
    func released() async throws {
        let item = try await waiting()
        #expect(try await airlock.collect(item.id) == nil)
        #expect(try await airlock.list() == [item])
        #expect(try await airlock.content(item.id) == Array("{\"b\": 1}".utf8))
        let released = try await airlock.decide(item.id, .release, with: site.members[1])
        #expect(released.decisions.map(\.name) == ["local:bea"])
        #expect(try await airlock.collect(item.id) == Array("{\"b\": 1}".utf8))
        await #expect(throws: PermitError.self) { try await airlock.collect(item.id) }
        #expect(
            site.audit.events.map(\.kind).suffix(3) == [.airlockWaits, .airlockReleased, .airlockLeft])
    }

    @Test("a refused output never leaves, nor one that was released and then refused")
    func refused() async throws {
        let one = try await waiting()
        _ = try await airlock.decide(one.id, .refuse, with: site.members[0])
        await #expect(throws: PermitError.self) { try await airlock.collect(one.id) }
        await #expect(throws: PermitError.self) { try await airlock.decide(one.id, .release, with: site.members[1]) }
        let other = try await waiting()
        _ = try await airlock.decide(other.id, .release, with: site.members[0])
        _ = try await airlock.decide(other.id, .refuse, with: site.members[1])
        await #expect(throws: PermitError.self) { try await airlock.collect(other.id) }
    }

    @Test("what a check stops no member can let pass")
    func stopped() async throws {
        guard
            case .refused(let item) = try await airlock.take(
                output(.models, cells: [3]), of: authorisation, check: check)
        else { throw CancellationError() }
        #expect(item.findings == [AirlockFinding(.smallCell)])
        await #expect(throws: PermitError.self) { try await airlock.decide(item.id, .release, with: site.members[0]) }
        await #expect(throws: PermitError.self) { try await airlock.collect(item.id) }
    }

    @Test("a stranger's decision does not count, and content changed after the look does not leave")
    func tampered() async throws {
        let item = try await waiting()
        let impostor = try MemberKey(person: site.members[0].person, random: .system)
        await #expect(throws: PermitError.notAMember) { try await airlock.decide(item.id, .release, with: impostor) }
        _ = try await airlock.decide(item.id, .release, with: site.members[0])
        let path = site.folder.airlock + "/\(item.id).content"
        try PosixFileSystem().writeAtomically(Array("{\"b\": 2}".utf8), to: path, mode: 0o600)
        await #expect(throws: PermitError.self) { try await airlock.collect(item.id) }
    }

    @Test("a state written by hand, without a member's signature, lets nothing out")
    func forgedState() async throws {
        let item = try await waiting()
        let path = site.folder.airlock + "/\(item.id).item.json"
        let text = String(decoding: try PosixFileSystem().read(path, limit: 1 << 20), as: UTF8.self)
        #expect(text.contains("\"waiting\""))
        try PosixFileSystem().writeAtomically(
            Array(text.replacing("\"waiting\"", with: "\"released\"").utf8), to: path, mode: 0o600)
        await #expect(throws: PermitError.notAMember) { try await airlock.collect(item.id) }
    }

    @Test("nothing leaves after the permit was revoked or has ended, released or not", arguments: [true, false])
    func ended(_ byRevocation: Bool) async throws {
        let (one, other) = (try await waiting(), try await waiting())
        _ = try await airlock.decide(one.id, .release, with: site.members[0])
        if byRevocation {
            try await site.book.revoke(
                try Revocation(
                    authorisation.permit, of: GovernedSite.federation, at: site.site, reason: .breach, time: site.now,
                    by: site.members[0]))
        } else {
            site.clock.advance(by: 31 * 86_400)
        }
        await #expect(throws: GateReason.revoked) { try await airlock.collect(one.id) }
        await #expect(throws: GateReason.revoked) {
            try await airlock.decide(other.id, .release, with: site.members[0])
        }
        #expect(try await airlock.list().map(\.state) == [.withdrawn, .withdrawn])
    }

    @Test("an output that cannot be written down does not leave")
    func noAudit() async throws {
        struct Full: AuditSink { func record(_ event: AuditEvent) throws { throw AuditError.broken(path: "audit") } }
        let airlock = try Airlock(folder: site.folder, book: site.book, audit: Full(), clock: site.clock.wallClock)
        await #expect(throws: AuditError.self) {
            try await airlock.take(output(.statistics), of: authorisation, check: check)
        }
    }
}

@Suite("The airlock's states")
struct AirlockStateTests {
    @Test("every state is reached, every one but the final ones is left, and the final ones never are")
    func model() {
        var reached: Set<AirlockState> = [.waiting]
        var next: [AirlockState] = [.waiting]
        while let state = next.popLast() {
            let followers = AirlockState.Event.allCases.compactMap { state.after($0) }
            #expect(followers.isEmpty == state.isFinal)
            for follower in followers where reached.insert(follower).inserted { next.append(follower) }
        }
        #expect(reached == Set(AirlockState.allCases))
    }

    @Test("nothing leaves without a member's release before it, whatever happens in whatever order")
    func noWayAround() {
        // All sequences of six events.
        var paths: [(state: AirlockState, isReleased: Bool)] = [(.waiting, false)]
        for _ in 0..<6 {
            paths = paths.flatMap { path in
                AirlockState.Event.allCases.compactMap { event in
                    guard let state = path.state.after(event) else { return nil }
                    return (state, path.isReleased || (event == .release && event.right == .member))
                }
            }
            for path in paths where path.state == .left { #expect(path.isReleased) }
        }
    }
}
