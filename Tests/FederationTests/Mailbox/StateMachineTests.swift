import FoundationEssentials
import Testing

@testable import Federation

@Suite("The pure parts of the mailboxes")
struct StateMachineTests {
    private let alpha = SiteID.suggested(for: "alpha")
    private let beta = SiteID.suggested(for: "beta")
    private let noon = Moment(Date(timeIntervalSince1970: 1_800_000_000))

    @Test("news wakes the site's poll and nobody else's, once")
    func news() {
        var board = PollBoard()
        #expect(board.handle(.opened(alpha, 1)) == [])
        #expect(board.handle(.opened(beta, 2)) == [])
        #expect(board.handle(.news(alpha)) == [.wake(1)])
        #expect(board.handle(.news(alpha)) == [])
        #expect(board.isOpen(beta))
        #expect(!board.isOpen(alpha))
    }

    @Test("a newer poll of the same site takes the older one's place; the older one's end changes nothing")
    func superseded() {
        var board = PollBoard()
        _ = board.handle(.opened(alpha, 1))
        #expect(board.handle(.opened(alpha, 2)) == [.dismiss(1)])
        #expect(board.handle(.ended(alpha, 1)) == [])
        #expect(board.isOpen(alpha))
        #expect(board.handle(.ended(alpha, 2)) == [])
        #expect(!board.isOpen(alpha))
    }

    @Test("news for all wakes every poll")
    func all() {
        var board = PollBoard()
        _ = board.handle(.opened(alpha, 1))
        _ = board.handle(.opened(beta, 2))
        #expect(board.handle(.newsForAll) == [.wake(1), .wake(2)])
        #expect(board.handle(.newsForAll) == [])
    }

    @Test("a hub that stops keeps nobody waiting, and nobody new, until it starts again")
    func stopping() {
        var board = PollBoard()
        _ = board.handle(.opened(alpha, 1))
        #expect(board.handle(.stopping) == [.dismiss(1)])
        #expect(board.handle(.opened(beta, 2)) == [.dismiss(2)])
        #expect(!board.isOpen(beta))
        #expect(board.handle(.started) == [])
        #expect(board.handle(.opened(beta, 3)) == [])
        #expect(board.isOpen(beta))
    }

    @Test("a site is there for five seconds after its last word, and not after its connection closed")
    func presence() {
        var presence = Presence()
        let isFirst = presence.hear(alpha, at: noon)
        #expect(isFirst, "the first word is written down")
        let isSecond = presence.hear(alpha, at: noon.advanced(by: .seconds(14)))
        #expect(!isSecond)
        let isThird = presence.hear(alpha, at: noon.advanced(by: .seconds(15)))
        #expect(isThird)
        #expect(presence.isFresh(alpha, at: noon.advanced(by: .seconds(20))))
        #expect(!presence.isFresh(alpha, at: noon.advanced(by: .seconds(20.5))))
        presence.lose(alpha)
        #expect(!presence.isFresh(alpha, at: noon.advanced(by: .seconds(15))))
    }

    @Test("pauses double from a quarter of a second to half a minute, and half of each is chance")
    func backoff() {
        var backoff = Backoff()
        let full = (0..<9).map { _ in backoff.fail(chance: 1) }
        #expect(full == [0.25, 0.5, 1, 2, 4, 8, 16, 30, 30])
        let least = backoff.fail(chance: 0)
        #expect(least == 15)
        backoff.succeed()
        let again = backoff.fail(chance: 0)
        #expect(again == 0.125)
    }

    @Test("after very many failures the pause is still half a minute")
    func backoffStaysBounded() {
        var backoff = Backoff()
        for _ in 0..<10_000 { _ = backoff.fail(chance: 1) }
        let last = backoff.fail(chance: 1)
        #expect(last == 30)
    }
}
