import Testing

@testable import Hub

@Suite("How many questions a visitor may ask")
struct QuestionThrottleTests {
    @Test("A burst, then one a second; another visitor is not held back, nor this machine itself")
    func bucket() {
        let throttle = QuestionThrottle(burst: 3, perSecond: 1)
        let start = ContinuousClock.now
        #expect((0..<4).map { _ in throttle.allows("a", at: start) } == [true, true, true, false])
        #expect(throttle.allows("b", at: start))
        #expect((0..<100).allSatisfy { _ in throttle.allows(nil, at: start) })
        #expect(throttle.allows("a", at: start.advanced(by: .seconds(1))))
        #expect(!throttle.allows("a", at: start.advanced(by: .seconds(1))))
        #expect(
            (0..<4).map { _ in throttle.allows("a", at: start.advanced(by: .seconds(900))) } == [
                true, true, true, false,
            ])
    }

    @Test("Many visitors need bounded memory and are still served")
    func many() {
        let throttle = QuestionThrottle(burst: 2, perSecond: 0.001)
        let start = ContinuousClock.now
        #expect((0..<30_000).allSatisfy { throttle.allows("visitor \($0)", at: start) })
    }
}
