import Federation
import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import WebPages

@testable import Hub

@Suite("The provider's own logouts")
struct LogoutTests {
    private let fixture: HubFixture

    init() throws { fixture = try HubFixture() }

    private static let event = "http://schemas.openid.net/event/backchannel-logout"

    /// A good logout token's claims (OpenID Connect Back-Channel Logout 1.0, section 2.4), with changes.
    private func claims(_ changes: [String: JSONValue?] = [:]) -> [String: JSONValue] {
        var claims = fixture.provider.claims([
            "nonce": JSONValue?.none, "jti": .text("logout-1"), "events": .object([Self.event: .object([:])]),
        ])
        for (name, value) in changes { claims[name] = value }
        return claims
    }

    private func send(_ token: String, _ client: any TestClientProtocol) async throws -> HTTPResponse.Status {
        var stranger = TestBrowser()
        return try await stranger.post("/sign-out/back-channel", ["logout_token": token], client).status
    }

    @Test("a logout token ends the session that it names, once")
    func session() async throws {
        try await fixture.run { [fixture] client in
            let (_, browser) = try await fixture.signInAtProvider(client)
            fixture.provider.change { $0.claims = ["sid": .text("session-2")] }
            let (_, other) = try await fixture.signInAtProvider(client)
            let token = try fixture.provider.signer.token(
                claims(["sub": JSONValue?.none]), header: ["typ": .text("logout+jwt")])
            #expect(try await send(token, client) == .ok)
            var (first, second) = (browser, other)
            #expect(try await first.get("/account", client).status == .seeOther)
            #expect(try await second.get("/account", client).status == .ok)
            // The same word a second time.
            #expect(try await send(token, client) == .badRequest)
            // All sessions of the subject.
            let all = try fixture.provider.signer.token(claims(["sid": JSONValue?.none, "jti": .text("logout-2")]))
            #expect(try await send(all, client) == .ok)
            #expect(try await second.get("/account", client).status == .seeOther)
        }
    }

    @Test(
        "what is no logout token ends nothing: an ID token, one without its event, of another issuer, out of date, forged"
    )
    func refused() async throws {
        let now = fixture.clock.now.timeIntervalSince1970
        let wrong: [[String: JSONValue?]] = [
            ["nonce": .text("n")], ["events": JSONValue?.none], ["events": .object([:])],
            ["events": .object([Self.event: .text("x")])], ["iss": .text("https://evil.example")],
            ["aud": .text("other")], ["exp": .number(now - 60)], ["exp": JSONValue?.none], ["iat": JSONValue?.none],
            ["iat": .number(now + 61)], ["jti": JSONValue?.none], ["sub": JSONValue?.none, "sid": JSONValue?.none],
        ]
        try await fixture.run { [fixture] client in
            let (_, browser) = try await fixture.signInAtProvider(client)
            for changes in wrong {
                let token = try fixture.provider.signer.token(claims(changes))
                #expect(try await send(token, client) == .badRequest, "\(changes)")
            }
            let typed = try fixture.provider.signer.token(claims(), header: ["typ": .text("at+jwt")])
            #expect(try await send(typed, client) == .badRequest)
            #expect(try await send(try FakeKey.p256("one").token(claims()), client) == .badRequest)
            #expect(try await send("", client) == .badRequest)
            var same = browser
            #expect(try await same.get("/account", client).status == .ok)
        }
    }

    @Test("the provider's frame ends the session that it names, and only its own pages may hold the frame")
    func frontChannel() async throws {
        try await fixture.run { [fixture] client in
            let (_, browser) = try await fixture.signInAtProvider(client)
            var (stranger, same) = (TestBrowser(), browser)
            let issuer = WebLink.encoded(FakeProvider.issuer)
            for query in [
                "", "?sid=session-1", "?iss=\(issuer)", "?iss=https%3A%2F%2Fevil.example&sid=session-1",
                "?iss=\(issuer)&sid=x",
            ] {
                _ = try await stranger.get("/sign-out/front-channel" + query, client)
                #expect(try await same.get("/account", client).status == .ok)
            }
            let response = try await stranger.get("/sign-out/front-channel?iss=\(issuer)&sid=session-1", client)
            let policy = try #require(HTTPField.Name("Content-Security-Policy").flatMap { response.headers[$0] })
            #expect(policy == "default-src 'none'; frame-ancestors https://login.example.org")
            #expect(try await same.get("/account", client).status == .seeOther)
        }
    }

    @Test("who signs out here is shown the way to sign out there")
    func atTheProvider() async throws {
        try await fixture.run { [fixture] client in
            var (_, browser) = try await fixture.signInAtProvider(client)
            let out = try await browser.post("/sign-out", [:], client)
            #expect(out.headers[.location] == "/signed-out")
            let page = try await browser.get("/signed-out", client).text
            #expect(
                page.contains("https://login.example.org/oidc/logout?client_id=atles&amp;post_logout_redirect_uri="))
            let account = try await browser.get("/account", client)
            #expect(account.status == .seeOther)
        }
    }
}
