import Runtime
import Testing

@testable import Federation

@Suite("Names, codes and addresses")
struct IdentityTests {
    @Test("a site's identifier is a slug", arguments: ["a", "la-fe", "site-2", String(repeating: "a", count: 63)])
    func slug(_ text: String) {
        #expect(SiteID(text)?.text == text)
    }

    @Test(
        "what is no slug is no identifier",
        arguments: ["", "-a", "a-", "A", "a b", "á", "a.b", "../x", "a/b", "a\u{0}", String(repeating: "a", count: 64)])
    func notSlug(_ text: String) {
        #expect(SiteID(text) == nil)
    }

    @Test("a message's identifier is 32 lower-case hexadecimal digits")
    func messageID() {
        #expect(MessageID("00112233445566778899aabbccddeeff") != nil)
        #expect(MessageID("00112233445566778899AABBCCDDEEFF") == nil)
        #expect(MessageID("00112233445566778899aabbccddee") == nil)
        #expect(MessageID("00112233445566778899aabbccddeefg") == nil)
    }

    @Test("countries are those of ISO 3166-1, in capitals")
    func countries() {
        for code in ["ES", "DE", "GR", "GB", "SE"] { #expect(CountryCode.isAssigned(code), "\(code)") }
        for code in ["EL", "UK", "EU", "es", "ESP", "", "ZZ"] { #expect(!CountryCode.isAssigned(code), "\(code)") }
    }

    @Test("a hub's address is https, a host, perhaps a port, and nothing else")
    func addresses() throws {
        let plain = try #require(HubAddress("https://Hub.example.org"))
        #expect(plain.host.text == "hub.example.org")
        #expect(plain.port == 443)
        let port = try #require(HubAddress("https://127.0.0.1:8443/"))
        #expect(port.text == "https://127.0.0.1:8443")
        #expect(port.port == 8443)
        let six = try #require(HubAddress("https://[::1]:8443"))
        #expect(six.host.text == "::1")
        for text in [
            "", "http://hub", "https://", "https://hub/path", "https://hub:0", "https://hub:65536", "https://hub:x",
            "https://a b", "https://user@hub", "https://[::1", "https://[::1]x", "hub.example.org", "https://hub:80:80",
        ] {
            #expect(HubAddress(text) == nil, "\(text)")
        }
    }

    @Test("the same key shows the same fingerprint, in groups that can be read aloud")
    func fingerprint() throws {
        // RFC 8032 section 7.1, test 1: the public key. The digest was computed with sha256sum.
        let key = try #require(Hex.bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
        let keys = try #require(PublicKeys(signing: key, agreement: [UInt8](repeating: 9, count: 32)))
        #expect(keys.fingerprint == "21FE 31DF A154 A261 626B")
    }

    @Test("names that people see hold no control characters")
    func names() {
        #expect(PersonalName.isValid("Hôpital Erasme – Ωμέγα 病院"))
        for name in ["", "a\nb", "a\u{1b}[31mb", "a\u{202e}b", "a\u{0}", String(repeating: "a", count: 201)] {
            #expect(!PersonalName.isValid(name))
        }
    }
}
