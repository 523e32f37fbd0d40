import Rounds
import Runtime
import TestSupport
import Testing

@Suite struct RunFolderTests {
    private static let plan = RunPlan(computation: "count", plan: "{}", cohort: "{}")

    private static func id(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    @Test func aRunIsNotedOnceUnderItsName() throws {
        let folder = TemporaryFolder("runs")
        let book = try RunFolder(folder: folder.file("runs"), files: PosixFileSystem())
        try book.keep(Self.plan, run: Self.id(1), token: 7)
        try book.keep(Self.plan, run: Self.id(1), token: 7)
        #expect(try book.run(Self.id(1)) == NotedRun(plan: Self.plan, token: 7))
        var other = Self.plan
        other.computation = "describe"
        #expect(throws: RoundsError.self) { try book.keep(other, run: Self.id(1), token: 7) }
        try book.remove(Self.id(1))
        #expect(try book.run(Self.id(1)) == nil)
        #expect(try book.run("../../etc/passwd") == nil)
    }

    @Test func aHubThatBeginsRunsWithoutEndDoesNotFillTheDisk() throws {
        let folder = TemporaryFolder("runs")
        let book = try RunFolder(folder: folder.file("runs"), files: PosixFileSystem())
        for number in 0..<RunFolder.most { try book.keep(Self.plan, run: Self.id(number), token: 1) }
        #expect(throws: RoundsError.self) { try book.keep(Self.plan, run: Self.id(RunFolder.most), token: 1) }
    }
}
