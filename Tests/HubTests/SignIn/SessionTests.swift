import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Runtime
import TestSupport
import Testing

@testable import Hub

@Suite("Sessions")
struct SessionTests {
    private let fixture: HubFixture
    private let password = "three brown foxes sing"

    init() throws { fixture = try HubFixture() }

    /// Anna has chosen a password, and needs no second factor.
    private func addAnna(_ roles: RoleGrant?...) async throws -> PersonID {
        let id = try #require(PersonID("local:anna"))
        _ = try fixture.hub.people.add(login: "anna", name: "Anna", roles: Set(roles.compactMap(\.self)))
        try await fixture.hub.people.setPassword(password, of: id)
        return id
    }

    @Test(
        "signing in leads to where one wanted to go, with a cookie that scripts cannot read and of which the hub keeps a hash"
    )
    func signIn() async throws {
        _ = try await addAnna(RoleGrant(.researcher))
        try await fixture.run { [fixture, password] client in
            var browser = TestBrowser()
            let asked = try await browser.get("/account", client)
            #expect(asked.status == .seeOther && asked.headers[.location] == "/sign-in?to=%2Faccount")
            #expect(try await browser.get("/sign-in?to=%2Faccount", client).status == .ok)
            let response = try await browser.post(
                "/sign-in", ["login": "anna", "password": password, "to": "/account"], client)
            #expect(response.status == .seeOther && response.headers[.location] == "/account")
            let cookie = try #require(response.headers[values: .setCookie].last)
            #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/"))
            let page = try await browser.get("/account", client)
            #expect(page.status == .ok && page.text.contains("local:anna"))
            let secret = try #require(browser.cookies["atles-session"])
            let file = try PosixFileSystem().read(fixture.hub.folder.people, limit: 1 << 24)
            #expect(!String(decoding: file, as: UTF8.self).contains(secret))
            #expect(try fixture.audited().contains("person.signed-in"))
        }
    }

    @Test("a cookie that somebody planted before the sign-in is worth nothing after it")
    func fixation() async throws {
        let id = try await addAnna(RoleGrant(.researcher))
        try await fixture.run { [fixture, password] client in
            let planted = BrowserSecret(.system)
            var browser = TestBrowser()
            _ = try await browser.get("/sign-in", client)
            browser.cookies["atles-session"] = planted.text
            _ = try await browser.post("/sign-in", ["login": "anna", "password": password], client)
            let secret = try #require(browser.cookies["atles-session"])
            #expect(secret != planted.text)
            var attacker = TestBrowser(cookies: ["atles-session": planted.text], secret: planted)
            #expect(try await attacker.get("/account", client).status == .seeOther)
            #expect(try fixture.identities.store.sessions(of: id, at: fixture.clock.now).count == 1)
        }
    }

    @Test("a session that waits for the second factor opens nothing, and is another one after it")
    func rotation() async throws {
        let id = try await addAnna(RoleGrant(.federationOperator))
        let totp = Array("12345678901234567890".utf8)
        try fixture.identities.store.setTOTP(totp, step: 0, of: id)
        try await fixture.run { [fixture, password] client in
            var browser = TestBrowser()
            _ = try await browser.get("/sign-in", client)
            let first = try await browser.post("/sign-in", ["login": "anna", "password": password], client)
            #expect(first.headers[.location]?.hasPrefix("/sign-in/code") == true)
            let half = browser
            var other = half
            #expect(try await other.get("/account", client).status == .seeOther)
            let code = TOTP.code(totp, step: TOTP.step(fixture.clock.now))
            let second = try await browser.post("/sign-in/code", ["code": code, "to": "/account"], client)
            #expect(second.headers[.location] == "/account")
            #expect(browser.cookies["atles-session"] != half.cookies["atles-session"])
            #expect(try await browser.get("/account", client).status == .ok)
            var old = half
            #expect(try await old.get("/account", client).status == .seeOther)
            // The code was used: a second sign-in with it does not succeed.
            var thief = TestBrowser()
            _ = try await thief.get("/sign-in", client)
            _ = try await thief.post("/sign-in", ["login": "anna", "password": password], client)
            #expect(try await thief.post("/sign-in/code", ["code": code], client).status == .unauthorized)
        }
    }

    @Test(
        "a session ends when it is idle, when its time is over, and when it is signed out anywhere",
        arguments: [false, true])
    func ends(_ isUsed: Bool) async throws {
        let id = try await addAnna(RoleGrant(.researcher))
        let browser = try fixture.browser(of: id)
        try await fixture.run { [fixture] client in
            func isIn() async throws -> Bool {
                var browser = browser
                return try await browser.get("/account", client).status == .ok
            }
            #expect(try await isIn())
            if isUsed {
                // Used every hour it lives for twelve of them.
                for _ in 0..<11 {
                    fixture.clock.advance(by: 3600)
                    #expect(try await isIn())
                }
                fixture.clock.advance(by: 3600)
            } else {
                fixture.clock.advance(by: 2 * 3600)
            }
            #expect(try await !isIn())
            let (one, two) = (try fixture.browser(of: id), try fixture.browser(of: id))
            var first = one
            let done = try await first.post("/account/sessions/end", ["all": "yes"], client)
            #expect(done.headers[.location] == "/signed-out")
            var second = two
            #expect(try await second.get("/account", client).status == .seeOther)
        }
    }

    @Test("a form from another site, with another browser's token, or with none, is refused and written down")
    func crossSite() async throws {
        let id = try await addAnna(RoleGrant(.researcher))
        let (mine, other) = (try fixture.browser(of: id), try fixture.browser(of: id))
        let fetchSite = try #require(HTTPField.Name("Sec-Fetch-Site"))
        try await fixture.run { client in
            let wrong: [(String?, HTTPFields)] = [
                ("", [:]), (other.secret?.formToken, [:]), ("x", [:]), (nil, [.origin: "https://evil.example"]),
                (nil, [.origin: "null"]), (nil, [fetchSite: "cross-site"]), (nil, [fetchSite: "same-site"]),
            ]
            for (token, headers) in wrong {
                var browser = mine
                let response = try await browser.post(
                    "/account/sessions/end", ["all": "yes"], client, csrf: token, more: headers)
                #expect(response.status == .forbidden, "\(headers)")
            }
            var browser = mine
            let right = try await browser.post(
                "/account/sessions/end", ["id": "none"], client,
                more: [.origin: "http://127.0.0.1:8080", fetchSite: "same-origin"])
            #expect(right.status == .seeOther)
        }
        #expect(try fixture.audited().count { $0 == "access.refused" } == 7)
    }

    @Test("over HTTPS cookies are for HTTPS and this host alone; on this machine itself they need not be")
    func secureCookies() throws {
        func cookies(_ url: String?) throws -> BrowserCookies {
            try HubFixture { $0.pageURL = url }.identities.cookies
        }
        #expect(try cookies("https://hub.example.org").session == "__Host-atles-session")
        #expect(try cookies("http://hub.example.org").isSecure)
        #expect(try cookies("http://localhost.example.org").isSecure)
        #expect(try !cookies("http://localhost:8080").isSecure)
        #expect(try !cookies(nil).isSecure)
    }

    @Test(
        "after signing in nobody is sent elsewhere",
        arguments: [
            "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b",
            "evil.example", "", "/sign-in", "/\u{0}", "\\\\evil", " /a", "/" + String(repeating: "a", count: 2001),
        ])
    func openRedirect(_ to: String) {
        #expect(Destination(to).path == "/account")
    }

    @Test("an address of this hub is gone to")
    func ownAddress() {
        #expect(Destination("/query?where=modality%20%3D%20MR&id=1").path == "/query?where=modality%20%3D%20MR&id=1")
    }
}
