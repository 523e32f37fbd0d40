import Testing

@testable import Federation

@Suite("Proxies")
struct ProxyTests {
    private func settings(_ environment: [String: String], for host: String = "hub.example.org") throws
        -> ProxySettings?
    {
        try ProxySettings(for: host, environment: environment)
    }

    @Test("without a variable the way is direct")
    func none() throws {
        #expect(try settings([:]) == nil)
        #expect(try settings(["HTTPS_PROXY": "", "HTTP_PROXY": "http://p:1"]) == nil)
    }

    @Test("both spellings are read, with and without scheme, port and user")
    func spellings() throws {
        let full = try #require(try settings(["HTTPS_PROXY": "http://me:p%40ss@proxy.example.org:8080/"]))
        #expect(full.host == "proxy.example.org" && full.port == 8080)
        #expect(full.user == "me" && full.password == "p@ss")
        let bare = try #require(try settings(["https_proxy": "10.0.0.1"]))
        #expect(bare.host == "10.0.0.1" && bare.port == 3128 && bare.user == nil)
        #expect(try settings(["ALL_PROXY": "proxy:3128"])?.port == 3128)
        #expect(try settings(["HTTPS_PROXY": "http://proxy:443"])?.port == 443)
    }

    @Test("a host is taken out by name, by its domain, or by a star")
    func exceptions() throws {
        for list in ["hub.example.org", "example.org", ".example.org", "*.example.org", "other, hub.example.org", "*"] {
            #expect(try settings(["HTTPS_PROXY": "http://proxy:1", "NO_PROXY": list]) == nil, "\(list)")
        }
        for list in ["", "example.com", "ample.org", "xhub.example.org"] {
            #expect(try settings(["HTTPS_PROXY": "http://proxy:1", "no_proxy": list]) != nil, "\(list)")
        }
    }

    @Test(
        "a proxy that cannot be read is an error, not a direct connection",
        arguments: ["socks5://p:1", "http://", "http://p:x", "http://p:1/x"])
    func unreadable(_ value: String) {
        #expect(throws: FederationError.self) { try settings(["HTTPS_PROXY": value]) }
    }
}
