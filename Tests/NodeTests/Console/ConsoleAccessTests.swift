import Foundation
import Runtime
import TestSupport
import Testing

@testable import Node

@Suite("Who may use the console")
struct ConsoleAccessTests {
    private let clock = ManualClock()
    private let access: ConsoleAccess

    init() {
        access = ConsoleAccess(token: "MFRGGZDF", clock: clock.wallClock, random: .system)
    }

    private func session() throws -> String {
        guard case .session(let name) = access.signIn("MFRGGZDF") else {
            throw ConsoleAccessTestsError.notSignedIn
        }
        return name
    }

    private enum ConsoleAccessTestsError: Error { case notSignedIn }

    @Test("the token opens a session of its own each time, with another value for forms")
    func right() throws {
        let (one, other) = (try session(), try session())
        #expect(one != other)
        let (first, second) = (try #require(access.session(one)), try #require(access.session(other)))
        #expect(first.form != second.form && first.form != one)
    }

    @Test("blanks and line ends around a copied token do no harm")
    func copied() {
        guard case .session = access.signIn("  MFRG GZDF\r\n") else {
            Issue.record("not signed in")
            return
        }
    }

    @Test("anything else is wrong", arguments: ["", "MFRGGZD", "MFRGGZDFA", "mfrggzdf", "MFRGGZDÉ"])
    func wrong(_ offered: String) {
        #expect(access.signIn(offered) == .wrong)
    }

    @Test("after five wrong ones none is looked at for a minute, and each further one costs another")
    func waiting() throws {
        for _ in 0..<5 { #expect(access.signIn("guess") == .wrong) }
        #expect(access.signIn("guess") == .wait(60))
        clock.advance(by: 59)
        // The right one is not looked at either, or waiting would tell which it is.
        #expect(access.signIn("MFRGGZDF") == .wait(1))
        clock.advance(by: 1)
        #expect(access.signIn("guess") == .wrong)
        #expect(access.signIn("MFRGGZDF") == .wait(60))
        clock.advance(by: 60)
        _ = try session()
        // From there on one may err again.
        for _ in 0..<5 { #expect(access.signIn("guess") == .wrong) }
    }

    @Test("a session ends after twelve hours")
    func expiry() throws {
        let name = try session()
        clock.advance(by: 12 * 3600 - 1)
        #expect(access.session(name) != nil)
        clock.advance(by: 1)
        #expect(access.session(name) == nil)
    }

    @Test("signing out ends that session and no other")
    func signOut() throws {
        let (one, other) = (try session(), try session())
        access.signOut(one)
        #expect(access.session(one) == nil && access.session(other) != nil)
    }

    @Test("of more than 64 sessions the oldest ends")
    func many() throws {
        let first = try session()
        clock.advance(by: 1)
        var names: [String] = []
        for _ in 0..<64 { names.append(try session()) }
        #expect(access.session(first) == nil)
        #expect(names.allSatisfy { access.session($0) != nil })
    }

    @Test("the token is made once, readable by its owner alone")
    func tokenFile() throws {
        let place = TemporaryFolder("token")
        let path = place.file("keys/console.token")
        let files = PosixFileSystem()
        try files.createDirectory(place.file("keys"), mode: 0o700)
        let token = try ConsoleAccess.token(at: path, files: files, random: .system)
        // 20 bytes in Base32 (RFC 4648): 160 bits, 32 characters.
        #expect(token.utf8.count == 32)
        #expect(try ConsoleAccess.token(at: path, files: files, random: .system) == token)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}

@Suite("Where the console listens")
struct ConsoleAddressTests {
    @Test(
        "addresses of this machine",
        arguments: [
            ("127.0.0.1:8462", "127.0.0.1:8462"), ("localhost:1", "127.0.0.1:1"), ("[::1]:65535", "[::1]:65535"),
        ])
    func own(_ text: String, _ expected: String) {
        #expect(ConsoleAddress(text)?.description == expected)
    }

    @Test(
        "and no other",
        arguments: [
            "", ":", "8462", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:-1",
            "0.0.0.0:8462",
            "[::]:8462", "192.0.2.7:8462", "example.org:8462", "localhost.example.org:8462",
            "127.0.0.1:99999999999999999999",
        ])
    func others(_ text: String) {
        #expect(ConsoleAddress(text) == nil)
    }
}
