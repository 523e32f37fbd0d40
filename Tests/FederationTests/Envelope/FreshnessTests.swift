import FoundationEssentials
import Runtime
import Testing

@testable import Federation

@Suite("Time and repetition")
struct FreshnessTests {
    private let noon = Moment(Date(timeIntervalSince1970: 1_800_000_000))

    private func header(issued: Double, expires: Double) -> EnvelopeHeader {
        EnvelopeHeader(
            version: 1, federation: "f", id: MessageID(random: .system), kind: "k", sender: .hub, recipient: .hub,
            issued: noon.advanced(by: .seconds(issued)), expires: noon.advanced(by: .seconds(expires)), answers: nil,
            failed: false)
    }

    @Test("a request is taken when the clocks differ by two minutes and refused beyond", arguments: [-120.0, 0, 120])
    func withinSkew(_ seconds: Double) throws {
        try Freshness.check(request: noon.advanced(by: .seconds(seconds)), now: noon)
    }

    @Test(
        "a request from a clock that is further off is refused with both clocks", arguments: [-3600.0, -121, 121, 3600])
    func beyondSkew(_ seconds: Double) {
        let issued = noon.advanced(by: .seconds(seconds))
        #expect(throws: Refusal(.clockSkew, theirClock: noon.milliseconds, ourClock: issued.milliseconds)) {
            try Freshness.check(request: issued, now: noon)
        }
    }

    @Test("a message may be old but not over, from the future, or meant to live for ever")
    func messages() throws {
        try Freshness.check(message: header(issued: -86_400, expires: 1), now: noon)
        try Freshness.check(message: header(issued: 119, expires: 600), now: noon)
        #expect(throws: Refusal(.expired)) {
            try Freshness.check(message: header(issued: -60, expires: 0), now: noon)
        }
        #expect(throws: Refusal(.lifetimeTooLong)) {
            try Freshness.check(message: header(issued: 0, expires: 30 * 86_400 + 1), now: noon)
        }
        #expect(throws: Refusal(.lifetimeTooLong)) {
            try Freshness.check(message: header(issued: 10, expires: 10), now: noon)
        }
        #expect(throws: (any Error).self) {
            try Freshness.check(message: header(issued: 600, expires: 1200), now: noon)
        }
    }

    @Test("the refused person reads by how much, in which direction, and what to do")
    func skewSentence() {
        let ahead = Refusal(
            .clockSkew, theirClock: noon.milliseconds, ourClock: noon.advanced(by: .seconds(3600)).milliseconds)
        #expect(ahead.description.hasPrefix("this machine's clock is 60 minutes ahead of the hub's; set it (NTP)"))
        #expect(
            ahead.description.contains("2027-01-15T09:00:00Z") && ahead.description.contains("2027-01-15T08:00:00Z"))
        let behind = Refusal(
            .clockSkew, theirClock: noon.milliseconds, ourClock: noon.advanced(by: .seconds(-3 * 86_400)).milliseconds)
        #expect(behind.description.hasPrefix("this machine's clock is 3 days behind the hub's"))
        let absurd = Refusal(.clockSkew, theirClock: .min, ourClock: .max)
        #expect(absurd.description.contains("NTP"))
    }

    @Test("times outside 1970 to 9999 are no times", arguments: [Int64.min, -1, 253_402_300_800_000, .max])
    func moments(_ milliseconds: Int64) {
        #expect(Moment(milliseconds: milliseconds) == nil)
    }

    @Test("a nonce is taken once, for at least as long as its request could be taken")
    func nonces() {
        var window = NonceWindow()
        let first = window.admit("a", now: noon)
        #expect(first)
        for seconds in stride(from: 0.0, through: 240, by: 20) {
            let again = window.admit("a", now: noon.advanced(by: .seconds(seconds)))
            #expect(!again, "after \(seconds) s")
            _ = window.admit("other \(seconds)", now: noon.advanced(by: .seconds(seconds)))
        }
        let afterSetBack = window.admit("a", now: noon.advanced(by: .seconds(-3600)))
        #expect(!afterSetBack, "a clock that is set back lets nothing in twice")
    }

    @Test("the same bytes again are known, other bytes under the same identifier are a forgery")
    func verdicts() {
        #expect(ReplayGuard.judge([1], remembered: nil) == .new)
        #expect(ReplayGuard.judge([1], remembered: [1]) == .again)
        #expect(ReplayGuard.judge([2], remembered: [1]) == .forged)
    }
}
