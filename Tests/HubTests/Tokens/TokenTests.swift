import Federation
import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Runtime
import TestSupport
import Testing

@testable import Hub

@Suite("Personal tokens and terminals")
struct TokenTests {
    private let fixture: HubFixture
    private let anna: PersonID

    init() throws {
        fixture = try HubFixture()
        anna = try fixture.person("anna", RoleGrant(.researcher))
    }

    private struct Begun: Decodable {
        var deviceCode: String
        var userCode: String
        var verificationUriComplete: String
        var interval: Int
    }

    private func begin(_ client: any TestClientProtocol) async throws -> Begun {
        var terminal = TestBrowser()
        let response = try await terminal.post(
            "/api/v1/device/code", ["client": "atles on lab-7", "scope": "read ask"], client)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Begun.self, from: Data(response.text.utf8))
    }

    private func poll(_ code: String, _ client: any TestClientProtocol) async throws -> [String: JSONValue] {
        var terminal = TestBrowser()
        let response = try await terminal.post("/api/v1/device/token", ["device_code": code], client)
        return try JSONDecoder().decode([String: JSONValue].self, from: Data(response.text.utf8))
    }

    private func me(_ token: String, _ client: any TestClientProtocol) async throws -> TestResponse {
        try await client.execute(uri: "/api/v1/me", method: .get, headers: [.authorization: "Bearer " + token])
    }

    @Test("a terminal waits until its person approves the code, then acts as them, once")
    func device() async throws {
        let browser = try fixture.browser(of: anna)
        try await fixture.run { [fixture] client in
            var browser = browser
            let begun = try await begin(client)
            #expect(begun.userCode.wholeMatch(of: /[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}/) != nil)
            let waiting = try await poll(begun.deviceCode, client)
            #expect(waiting["error"]?.text == "authorization_pending")
            let soon = try await poll(begun.deviceCode, client)
            #expect(soon["error"]?.text == "slow_down")
            let typed = begun.userCode.lowercased().filter { $0 != "-" }
            let page = try await browser.get("/device?code=" + typed, client)
            #expect(page.text.contains("atles on lab-7") && page.text.contains(begun.userCode))
            let done = try await browser.post("/device", ["code": begun.userCode, "decision": "approve"], client)
            #expect(done.text.contains("The terminal is signed in."))
            fixture.clock.advance(by: 10)
            let granted = try await poll(begun.deviceCode, client)
            let token = try #require(granted["access_token"]?.text)
            #expect(granted["scope"]?.text == "ask read" && granted["token_type"]?.text == "Bearer")
            let who = try await me(token, client)
            #expect(who.status == .ok && who.text.contains("local:anna"))
            let again = try await poll(begun.deviceCode, client)
            #expect(again["error"]?.text == "expired_token")
            let list = try await browser.get("/account/tokens", client)
            #expect(list.text.contains("atles on lab-7") && !list.text.contains(token))
        }
        #expect(try fixture.audited().contains("token.made"))
    }

    @Test("a terminal that is refused, too late or unknown gets nothing")
    func refused() async throws {
        let browser = try fixture.browser(of: anna)
        try await fixture.run { [fixture] client in
            var browser = browser
            let first = try await begin(client)
            _ = try await browser.post("/device", ["code": first.userCode, "decision": "deny"], client)
            let denied = try await poll(first.deviceCode, client)
            #expect(denied["error"]?.text == "access_denied")
            let second = try await begin(client)
            fixture.clock.advance(by: 601)
            let late = try await browser.post("/device", ["code": second.userCode, "decision": "approve"], client)
            #expect(late.status == .badRequest)
            let expired = try await poll(second.deviceCode, client)
            #expect(expired["error"]?.text == "expired_token")
            let unknown = try await poll(BrowserSecret(.system).text, client)
            #expect(unknown["error"]?.text == "expired_token")
            let third = try await begin(client)
            var stranger = TestBrowser()
            let anonymous = try await stranger.post(
                "/device", ["code": third.userCode, "decision": "approve"], client)
            #expect(anonymous.status == .unauthorized)
            // A page elsewhere cannot approve in Anna's name.
            let forged = try await browser.post(
                "/device", ["code": third.userCode, "decision": "approve"], client, csrf: "")
            #expect(forged.status == .forbidden)
            let waiting = try await poll(third.deviceCode, client)
            #expect(waiting["error"]?.text == "authorization_pending")
        }
    }

    @Test("a token is good for its scopes, until it expires or is taken back, and never for pages")
    func scopes() async throws {
        let office = TokenOffice(identities: fixture.identities)
        let read = try #require(try office.make(for: anna, name: "reads", scopes: [.read], days: 30))
        let ask = try #require(try office.make(for: anna, name: "asks", scopes: [.ask], days: 1))
        try await fixture.run { [fixture, anna] client in
            let good = try await me(read.secret, client)
            #expect(good.status == .ok)
            let other = try await me(ask.secret, client)
            #expect(other.status == .forbidden)
            let page = try await client.execute(
                uri: "/account", method: .get, headers: [.authorization: "Bearer " + read.secret])
            #expect(page.status == .forbidden)
            let posted = try await client.execute(
                uri: "/api/v1/queries", method: .post, headers: [.authorization: "Bearer " + read.secret])
            #expect(posted.status == .forbidden)
            for wrong in [
                "", "atles_", "atles_" + BrowserSecret(.system).text, String(read.secret.dropLast()), read.secret + "a",
            ] {
                let response = try await me(wrong, client)
                #expect(response.status == .unauthorized)
            }
            let basic = try await client.execute(
                uri: "/api/v1/federation", method: .get, headers: [.authorization: "Basic YTpi"])
            #expect(basic.status == .unauthorized)
            #expect(try !office.revoke(read.token.id, of: try fixture.person("ben")))
            #expect(try office.revoke(read.token.id, of: anna))
            let revoked = try await me(read.secret, client)
            #expect(revoked.status == .unauthorized)
            fixture.clock.advance(by: 86_400)
            let expired = try await client.execute(
                uri: "/api/v1/federation", method: .get, headers: [.authorization: "Bearer " + ask.secret])
            #expect(expired.status == .unauthorized)
        }
        #expect(try fixture.audited().contains("token.refused"))
    }

    @Test("a new token's secret is shown once, and the file holds its hash alone")
    func secret() async throws {
        let browser = try fixture.browser(of: anna)
        try await fixture.run { [fixture] client in
            var browser = browser
            let none = try await browser.post("/account/tokens", ["name": "n", "days": "30"], client)
            #expect(none.status == .badRequest)
            let long = try await browser.post("/account/tokens", ["name": "n", "days": "366", "scope": "read"], client)
            #expect(long.status == .badRequest)
            let made = try await browser.post(
                "/account/tokens", ["name": "<b>n</b>", "days": "30", "scope": "read"], client)
            let secret = try #require(made.text.firstMatch(of: /atles_[A-Za-z0-9_-]{43}/)).output
            #expect(!made.text.contains("<b>n</b>"))
            let list = try await browser.get("/account/tokens", client)
            #expect(!list.text.contains(secret))
            for name in ["", "-wal"] {
                let bytes = try PosixFileSystem().read(fixture.hub.folder.people + name, limit: 1 << 24)
                #expect(!String(decoding: bytes, as: UTF8.self).contains(secret.dropFirst(6)))
            }
        }
    }

    @Test("the operator makes accounts, gives roles and takes them on the page; nobody else sees it")
    func people() async throws {
        let operators = try fixture.browser(of: try fixture.person("olga", RoleGrant(.federationOperator)))
        let mine = try fixture.browser(of: anna)
        try await fixture.run { [fixture, anna] client in
            var (olga, researcher) = (operators, mine)
            let refused = try await researcher.post(
                "/people/role", ["person": anna.text, "role": "federationOperator"], client)
            #expect(refused.status == .forbidden)
            let added = try await olga.post("/people", ["login": "ben", "name": "Ben"], client)
            #expect(added.text.contains(/id="one-time-code">[A-R]{5}(-[A-R]{5}){4}</))
            let given = try await olga.post(
                "/people/role", ["person": "local:ben", "role": "committeeMember", "site": "valencia"], client)
            #expect(given.headers[.location] == "/people")
            let ben = try #require(PersonID("local:ben"))
            #expect(try fixture.hub.people.person(ben)?.holds(.committeeMember, at: SiteID("valencia")) == true)
            let wrong = try await olga.post("/people/role", ["person": "local:ben", "role": "committeeMember"], client)
            #expect(wrong.status == .badRequest)
            let last = try await olga.post("/people/remove", ["person": "local:olga"], client)
            #expect(last.status == .badRequest && last.text.contains("This is the last operator"))
            let page = try await olga.get("/people", client)
            #expect(page.text.contains("access committee at valencia"))
        }
    }
}
