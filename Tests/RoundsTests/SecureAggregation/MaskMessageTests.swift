import FoundationEssentials
import TestSupport
import Testing

@testable import Rounds

@Suite struct MaskMessageTests {
    /// One message of each kind, from a run.
    private func messages() throws -> [any WireValue] {
        var federation = try MaskedFederation(4)
        var messages: [any WireValue] = [try federation.site("site0000").keys(epoch: 0)]
        messages.append(try #require(federation.hub.roster))
        messages.append(try federation.member(2).firstShares())
        try federation.deal()
        let task = try federation.hub.begin(.bits32, count: 3)
        messages.append(task)
        for site in 0..<3 {
            let answer = try federation.member(site).mask(RingVector([UInt32(1), 2, 3]), task)
            messages.append(answer)
            try federation.hub.receive(answer)
        }
        let request = try #require(try federation.hub.closeMasking()["site0001"])
        messages.append(request)
        messages.append(try federation.member(1).unmask(request))
        messages.append(federation.hub)
        return messages
    }

    private func read<Value: WireValue>(_ bytes: [UInt8], as value: Value) throws -> Value { try Value(bytes: bytes) }

    private func isReadBack<Value: WireValue>(_ value: Value) throws -> Bool {
        let json = try JSONDecoder().decode([Value].self, from: JSONEncoder().encode([value]))
        return try read(value.bytes, as: value) == value && json == [value]
    }

    @Test func everyMessageIsReadBackAsItWas() throws {
        for message in try messages() { #expect(try isReadBack(message)) }
    }

    @Test func cutLongerAndChangedMessagesAreRefusedOrReadWithoutHarm() throws {
        var generator = SeededGenerator(seed: 11)
        for message in try messages() {
            let bytes = message.bytes
            for length in 0..<min(bytes.count, 400) {
                #expect(throws: RoundsError.self) { try read(Array(bytes.prefix(length)), as: message) }
            }
            #expect(throws: RoundsError.self) { try read(bytes + [0], as: message) }
            #expect(throws: RoundsError.self) { try read([0] + bytes.dropFirst(), as: message) }
            for _ in 0..<300 {
                var bent = bytes
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    bent[Int.random(in: 0..<bent.count, using: &generator)] = .random(in: 0...255, using: &generator)
                }
                _ = try? read(bent, as: message)
            }
        }
    }

    @Test func aListThatClaimsMoreThanItBringsTakesNoMemory() throws {
        // A vector of 2^26 numbers in a message of a few bytes.
        var out = WireWriter(kind: 0x35)
        out.text("site")
        out.count(0)
        out.number(Ring.bits64.rawValue)
        out.count(RingVector.maximumCount)
        #expect(throws: RoundsError.self) { try MaskedAnswer(bytes: out.bytes) }
        var list = WireWriter(kind: 0x32)
        list.text("run")
        list.count(0)
        list.count(1 << 30)
        #expect(throws: RoundsError.self) { try Roster(bytes: list.bytes) }
    }

    /// A site's answers are small beside its vector: 4 sites, 3 numbers.
    @Test func messagesHaveTheSizeThatTheDocumentSays() throws {
        var federation = try MaskedFederation(30)
        try federation.deal()
        let task = try federation.hub.begin(.bits64, count: 1000)
        let answer = try federation.member(0).mask(RingVector(zeros: 1000, in: .bits64), task)
        // Names, counts and kinds take less than 100 bytes; a neighbour takes a seed and a box with its holder.
        let perNeighbour = 16 + 96 + 4
        #expect(answer.bytes.count - 8000 - 29 * perNeighbour < 100)
        #expect(task.bytes.count < 100)
    }
}
