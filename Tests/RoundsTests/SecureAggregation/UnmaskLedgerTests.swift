import Runtime
import TestSupport
import Testing

@testable import Rounds

@Suite struct UnmaskLedgerTests {
    private func key(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 32) }
    private func value(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 64) }

    @Test func theFirstRecordHoldsAndSurvives() throws {
        let folder = TemporaryFolder()
        let path = folder.file("ledger")
        let ledger = try FileLedger(path, in: PosixFileSystem())
        #expect(try ledger.record(value(1), for: key(1)) == value(1))
        #expect(try ledger.record(value(2), for: key(1)) == value(1))
        #expect(try ledger.record(value(3), for: key(2)) == value(3))
        let again = try FileLedger(path, in: PosixFileSystem())
        #expect(again.recorded(for: key(1)) == value(1))
        #expect(again.recorded(for: key(2)) == value(3))
        #expect(again.recorded(for: key(3)) == nil)
        #expect(try again.record(value(4), for: key(2)) == value(3))
        #expect(throws: RoundsError.self) { try again.record([1], for: key(4)) }
        #expect(try PosixFileSystem().attributes(path)?.mode == 0o600)
    }

    @Test func memoryForgetsOnlyWithTheProcess() {
        let ledger = MemoryLedger()
        #expect(ledger.record(value(1), for: key(1)) == value(1))
        #expect(ledger.record(value(2), for: key(1)) == value(1))
        #expect(ledger.recorded(for: key(2)) == nil)
    }

    /// Every operation fails once, and the process ends there. What was answered for is there afterwards; what was not is
    /// either there or not, and the same for ever after.
    @Test(arguments: FaultyFileSystem.Fault.allCases)
    func noFaultLosesWhatWasAnsweredFor(_ fault: FaultyFileSystem.Fault) throws {
        let counting = FaultyFileSystem(fault, at: 0)
        let first = TemporaryFolder()
        try write(to: first.file("ledger"), counting, answered: { _ in })
        withExtendedLifetime(first) {}
        #expect(counting.operations > 6)
        for operation in 1...counting.operations {
            let folder = TemporaryFolder()
            let path = folder.file("ledger")
            var answered: [Int] = []
            #expect(throws: RoundsError.self) {
                try write(to: path, FaultyFileSystem(fault, at: operation), answered: { answered.append($0) })
            }
            let ledger = try FileLedger(path, in: PosixFileSystem())
            for number in answered { #expect(ledger.recorded(for: key(number)) == value(number)) }
            for number in 1...3 {
                let now = try ledger.record(value(99), for: key(number))
                #expect(now == value(number) || (now == value(99) && !answered.contains(number)))
                #expect(try FileLedger(path, in: PosixFileSystem()).recorded(for: key(number)) == now)
            }
            withExtendedLifetime(folder) {}
        }
    }

    private func write(
        to path: String, _ files: FaultyFileSystem, answered: (Int) -> Void
    ) throws {
        let ledger = try FileLedger(path, in: files)
        for number in 1...3 {
            _ = try ledger.record(value(number), for: key(number))
            answered(number)
        }
    }

    @Test func anUnfinishedEndIsCutOffAndADamagedMiddleIsNot() throws {
        let folder = TemporaryFolder()
        let path = folder.file("ledger")
        let files = PosixFileSystem()
        let ledger = try FileLedger(path, in: files)
        for number in 1...3 { _ = try ledger.record(value(number), for: key(number)) }
        let whole = try files.read(path, limit: 1 << 20)
        for length in [whole.count - 1, whole.count - 50, whole.count - FileLedger.recordBytes + 1] {
            try files.writeAtomically(Array(whole.prefix(length)), to: path, mode: 0o600)
            let again = try FileLedger(path, in: files)
            #expect(again.recorded(for: key(2)) == value(2))
            #expect(again.recorded(for: key(3)) == nil)
            #expect(try again.record(value(5), for: key(3)) == value(5))
            #expect(try FileLedger(path, in: files).recorded(for: key(3)) == value(5))
        }
        var bent = whole
        bent[FileLedger.recordBytes / 2] ^= 1
        try files.writeAtomically(bent, to: path, mode: 0o600)
        #expect(throws: RoundsError.self) { try FileLedger(path, in: files) }
    }

    @Test func aFullDiskStopsTheAnswer() throws {
        let folder = TemporaryFolder()
        let path = folder.file("ledger")
        _ = try FileLedger(path, in: PosixFileSystem())
        // Opening for appending is the first change, writing the second.
        let ledger = try FileLedger(path, in: FaultyFileSystem(.diskFull, at: 1))
        for _ in 0..<2 { #expect(throws: RoundsError.self) { try ledger.record(value(1), for: key(1)) } }
        #expect(ledger.recorded(for: key(1)) == nil)
    }
}
