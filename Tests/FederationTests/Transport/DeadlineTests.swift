import Testing

@testable import Federation

@Suite("Deadlines of connections")
struct DeadlineTests {
    private let limits = ConnectionLimits()

    @Test("the first headers must be complete ten seconds after the connection opened, however many bytes come")
    func firstHead() {
        let deadlines = ConnectionDeadlines(limits: limits, openedAt: 100)
        #expect(deadlines.deadline == 110)
    }

    @Test("a body has ten seconds, and then a second for every 4096 bytes that have come, up to five minutes")
    func body() {
        var deadlines = ConnectionDeadlines(limits: limits, openedAt: 0)
        deadlines.handle(.head, at: 1)
        #expect(deadlines.deadline == 11)
        deadlines.handle(.body(bytes: 40_960), at: 5)
        #expect(deadlines.deadline == 21)
        deadlines.handle(.body(bytes: 16 * 1024 * 1024), at: 6)
        #expect(deadlines.deadline == 301)
    }

    @Test("a body that comes a byte at a time is cut off although it never pauses")
    func dripFed() throws {
        var deadlines = ConnectionDeadlines(limits: limits, openedAt: 0)
        deadlines.handle(.head, at: 0)
        var now = 0.0
        while now < (deadlines.deadline ?? .infinity) {
            now += 1
            deadlines.handle(.body(bytes: 1), at: now)
        }
        #expect(now <= 11)
    }

    @Test("while the answer is being made there is no deadline: a long poll may take its time")
    func answering() {
        var deadlines = ConnectionDeadlines(limits: limits, openedAt: 0)
        deadlines.handle(.head, at: 1)
        deadlines.handle(.end, at: 2)
        #expect(deadlines.deadline == nil)
        deadlines.handle(.responseEnd, at: 30)
        #expect(deadlines.deadline == 150, "the next headers, two minutes after the answer")
    }

    @Test("an answer before the end of the body leaves the body's deadline")
    func earlyAnswer() {
        var deadlines = ConnectionDeadlines(limits: limits, openedAt: 0)
        deadlines.handle(.head, at: 1)
        deadlines.handle(.responseEnd, at: 2)
        #expect(deadlines.deadline == 11)
        deadlines.handle(.end, at: 3)
        #expect(deadlines.deadline == 123)
    }

    @Test("requests sent in one go are each answered before the connection counts as idle")
    func pipelined() {
        var deadlines = ConnectionDeadlines(limits: limits, openedAt: 0)
        for _ in 0..<2 {
            deadlines.handle(.head, at: 1)
            deadlines.handle(.end, at: 1)
        }
        deadlines.handle(.responseEnd, at: 5)
        #expect(deadlines.deadline == nil)
        deadlines.handle(.responseEnd, at: 6)
        #expect(deadlines.deadline == 126)
    }

    @Test("a client that does not read what it asked for is cut off after a minute")
    func stalled() {
        var deadlines = ConnectionDeadlines(limits: limits, openedAt: 0)
        deadlines.handle(.head, at: 1)
        deadlines.handle(.end, at: 1)
        deadlines.handle(.stalled, at: 10)
        deadlines.handle(.stalled, at: 40)
        #expect(deadlines.deadline == 70)
        deadlines.handle(.flowing, at: 50)
        #expect(deadlines.deadline == nil)
    }

    @Test("connections are limited in all and per address, and a closed one makes room")
    func census() {
        var limits = ConnectionLimits()
        limits.connections = 3
        limits.connectionsPerAddress = 2
        let census = ConnectionCensus(limits: limits)
        #expect(census.enter("a") && census.enter("a"))
        #expect(!census.enter("a"))
        #expect(census.enter("b"))
        #expect(!census.enter("c"))
        census.leave("a")
        #expect(census.enter("c"))
    }
}
