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

@Suite("Accounts of the hub")
struct AccountTests {
    private let fixture: HubFixture
    private let password = "three brown foxes sing"

    init() throws { fixture = try HubFixture() }

    private var accounts: LocalAccounts { LocalAccounts(identities: fixture.identities) }

    private func addAnna(_ roles: RoleGrant?...) async throws -> PersonID {
        let id = try fixture.person("anna")
        for case let grant? in roles { try fixture.hub.people.give(grant.role, at: grant.site?.description, to: id) }
        try await fixture.hub.people.setPassword(password, of: id)
        return id
    }

    @Test("a one-time code is good once, for its person, until it expires")
    func recovery() async throws {
        let code = try fixture.hub.people.add(login: "anna", name: "Anna")
        _ = try fixture.hub.people.add(login: "ben", name: "Ben")
        #expect(code.text.count == 29)
        #expect(try await accounts.recover(login: "ben", code: code.text, password: password) == .wrong)
        let typed = code.text.lowercased().filter { $0 != "-" }
        let id = try #require(PersonID("local:anna"))
        #expect(try await accounts.recover(login: "anna", code: typed, password: password) == .right(id, .full))
        #expect(try await accounts.signIn(login: "anna", password: password) == .right(id, .full))
        #expect(try await accounts.recover(login: "anna", code: typed, password: password) == .wrong)
        let second = try fixture.hub.people.reset(id)
        #expect(try await accounts.signIn(login: "anna", password: password) == .wrong)
        fixture.clock.advance(by: 7 * 86_400)
        #expect(try await accounts.recover(login: "anna", code: second.text, password: password) == .wrong)
    }

    @Test("five failures lock a name, whether or not it is anybody's, even for the right password; then it opens again")
    func lockOut() async throws {
        let id = try await addAnna()
        for login in ["anna", "nobody", "!", ""] {
            for _ in 0..<5 { #expect(try await accounts.signIn(login: login, password: "wrong") == .wrong) }
            let until = fixture.clock.now.addingTimeInterval(30)
            #expect(try await accounts.signIn(login: login, password: password) == .locked(until: until))
        }
        fixture.clock.advance(by: 31)
        #expect(try await accounts.signIn(login: "anna", password: "wrong") == .wrong)
        let until = fixture.clock.now.addingTimeInterval(60)
        #expect(try await accounts.signIn(login: "anna", password: password) == .locked(until: until))
        fixture.clock.advance(by: 61)
        #expect(try await accounts.signIn(login: "anna", password: password) == .right(id, .full))
        // The count begins anew.
        for _ in 0..<4 { #expect(try await accounts.signIn(login: "anna", password: "wrong") == .wrong) }
        #expect(try await accounts.signIn(login: "anna", password: password) == .right(id, .full))
        #expect(try fixture.audited().contains("person.sign-in-locked"))
    }

    @Test("who knows the password cannot guess codes without end: they are counted apart from passwords")
    func codesAreCounted() async throws {
        let id = try await addAnna()
        try fixture.identities.store.setTOTP(Array("12345678901234567890".utf8), step: 0, of: id)
        for _ in 0..<5 {
            #expect(try await accounts.signIn(login: "anna", password: password) == .right(id, .code))
            #expect(try await accounts.check(code: "000000", of: id) == .wrong)
        }
        let outcome = try await accounts.check(code: "000000", of: id)
        #expect(outcome == .locked(until: fixture.clock.now.addingTimeInterval(30)))
    }

    @Test("many guesses at the same time count as many")
    func parallelGuesses() async throws {
        _ = try await addAnna()
        let outcomes = try await withThrowingTaskGroup(of: LocalAccounts.Outcome.self) { group in
            for _ in 0..<12 { group.addTask { try await accounts.signIn(login: "anna", password: "wrong") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == .wrong } <= 5)
    }

    @Test("whoever decides, operates or sees others' doings is led to set up a second factor before anything opens")
    func enrolment() async throws {
        _ = try await addAnna(RoleGrant(.auditor))
        try await fixture.run { [fixture, password] client in
            var browser = TestBrowser()
            _ = try await browser.get("/sign-in", client)
            let first = try await browser.post("/sign-in", ["login": "anna", "password": password], client)
            #expect(first.headers[.location]?.hasPrefix("/sign-in/second-factor") == true)
            #expect(try await browser.get("/account", client).status == .seeOther)
            let page = try await browser.get("/sign-in/second-factor?to=%2Faccount", client).text
            let shown = try #require(page.firstMatch(of: /<code class="secret"[^>]*>([A-Z2-7]{32})</)).output.1
            #expect(try await browser.get("/sign-in/second-factor", client).text.contains(shown))
            let secret = try #require(Base32Reader.bytes(String(shown)))
            let wrong = try await browser.post("/sign-in/second-factor", ["code": "000000"], client)
            #expect(wrong.status == .badRequest)
            let code = TOTP.code(secret, step: TOTP.step(fixture.clock.now))
            let done = try await browser.post("/sign-in/second-factor", ["code": code, "to": "/account"], client)
            #expect(done.headers[.location] == "/account")
            let account = try await browser.get("/account", client)
            #expect(account.status == .ok && account.text.contains("Your roles need one."))
            // It cannot be taken away again, with the right password neither.
            let removal = try await browser.post("/account/second-factor", ["current": password], client)
            #expect(removal.status == .badRequest)
        }
    }

    @Test("a password is changed by who knows the present one, and every other browser is signed out")
    func change() async throws {
        let id = try await addAnna()
        let other = try fixture.browser(of: id)
        let mine = try fixture.browser(of: id)
        try await fixture.run { [password, accounts] client in
            var browser = mine
            let new = ["password": "four green owls read", "again": "four green owls read"]
            let wrong = try await browser.post("/account/password", new.merging(["current": "guess"]) { $1 }, client)
            #expect(wrong.status == .badRequest && wrong.text.contains("The present password is wrong."))
            let right = try await browser.post("/account/password", new.merging(["current": password]) { $1 }, client)
            #expect(right.headers[.location] == "/account?done=password")
            #expect(try await accounts.signIn(login: "anna", password: "four green owls read") == .right(id, .full))
            var second = other
            #expect(try await second.get("/account", client).status == .seeOther)
            #expect(try await browser.get("/account?done=password", client).text.contains("The password is changed"))
        }
    }

    @Test("who is removed is out at once, everywhere, and nobody else gets the name")
    func removal() async throws {
        let id = try await addAnna()
        let browser = try fixture.browser(of: id)
        try fixture.hub.people.remove(id)
        try await fixture.run { client in
            var browser = browser
            let page = try await browser.get("/account", client)
            #expect(page.status == .seeOther)
        }
        #expect(try await accounts.signIn(login: "anna", password: password) == .wrong)
        #expect(throws: PeopleError.taken(login: "anna")) {
            try fixture.hub.people.add(login: "anna", name: "Another")
        }
        #expect(try fixture.hub.people.all().isEmpty)
    }

    @Test("the last operator stays")
    func lastOperator() throws {
        let anna = try fixture.person("anna", RoleGrant(.federationOperator))
        #expect(throws: PeopleError.lastOperator) { try fixture.hub.people.remove(anna) }
        #expect(throws: PeopleError.lastOperator) {
            try fixture.hub.people.take(.federationOperator, at: nil, from: anna)
        }
        let ben = try fixture.person("ben", RoleGrant(.federationOperator))
        try fixture.hub.people.remove(anna)
        #expect(try fixture.hub.people.all().map(\.id) == [ben])
    }

    @Test(
        "names that are no sign-in names are refused",
        arguments: ["", "Anna", "1a", "a b", "a:b", "á", "a'--", String(repeating: "a", count: 65)])
    func logins(_ login: String) throws {
        #expect(throws: PeopleError.badLogin) { try fixture.hub.people.add(login: login, name: "x") }
    }

    @Test("what people are called never becomes markup, nor SQL")
    func hostileNames() async throws {
        let name = PageFixtures.hostileName + "'; DROP TABLE person; --"
        _ = try fixture.hub.people.add(login: "anna", name: name, email: name, organisation: name)
        let id = try #require(PersonID("local:anna"))
        #expect(try fixture.hub.people.person(id)?.name == PersonText.plain(name))
        let browser = try fixture.browser(of: id)
        try await fixture.run { client in
            var browser = browser
            let page = try await browser.get("/account", client).text
            #expect(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            let again = try await browser.post("/sign-in", ["login": "\"><script>alert(1)</script>"], client)
            #expect(!again.text.contains("<script>alert"))
        }
    }

    @Test("the people's file is for its owner alone")
    func mode() throws {
        for name in ["", "-wal"] {
            let attributes = try PosixFileSystem().attributes(fixture.hub.folder.people + name)
            #expect(attributes?.mode == 0o600)
        }
    }
}

/// Base 32 read back, for what a page shows (RFC 4648 section 6).
enum Base32Reader {
    static func bytes(_ text: String) -> [UInt8]? {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (out, buffer, bits): ([UInt8], UInt32, UInt32) = ([], 0, 0)
        for character in text {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            buffer = (buffer << 5 | UInt32(value)) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        return out
    }
}
