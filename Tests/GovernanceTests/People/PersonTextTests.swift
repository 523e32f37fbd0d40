import Governance
import Testing

@Suite("What people are called")
struct PersonTextTests {
    @Test("a name stands on one line, without what moves a cursor or turns the direction of reading")
    func plain() {
        #expect(PersonText.plain("  Anna\u{0}\r\nMaria\u{202E} Puig ") == "Anna Maria Puig")
        #expect(PersonText.plain("\u{7F}\u{200B}\n") == nil)
        #expect(PersonText.plain("José Ñandú-Łukasz 王") == "José Ñandú-Łukasz 王")
    }

    @Test("a name is not longer than a list can hold, however many accents it carries")
    func bounded() throws {
        #expect(PersonText.plain(String(repeating: "a", count: 100_000))?.count == 200)
        let heavy = try #require(PersonText.plain("a" + String(repeating: "\u{301}", count: 1_000_000)))
        #expect(heavy.unicodeScalars.count <= 800)
    }
}
