import Federation
import FoundationEssentials
import Governance
import Logging
import Runtime
import Synchronization
import TestSupport
import Testing

@testable import Hub

@Suite("Passports")
struct PassportTests {
    private let clock = ManualClock()
    private let provider: FakeProvider
    private let reader: PassportReader
    private let rems: FakeKey
    private let other: FakeKey

    private static let remsKeys = "https://rems.example.org/api/jwk"

    init() throws {
        provider = FakeProvider(clock)
        // REMS signs with RS256, others with ES256.
        let (rems, other) = (try FakeKey.rsa("rems"), FakeKey.p256("other"))
        (self.rems, self.other) = (rems, other)
        provider.change {
            $0.others = [
                Self.remsKeys: [rems], "https://visas.example.org/keys": [other], "https://evil.example/keys": [other],
            ]
        }
        reader = PassportReader(
            trusted: [
                TrustedVisaIssuer(issuer: "https://rems.example.org", keys: Self.remsKeys),
                TrustedVisaIssuer(issuer: "https://visas.example.org", keys: "https://visas.example.org/keys"),
            ], transport: provider, clock: clock.wallClock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// A visa as REMS writes it (src/clj/rems/ga4gh.clj), with changes.
    private func claims(
        _ visa: [String: JSONValue?] = [:], _ changes: [String: JSONValue?] = [:]
    ) -> [String: JSONValue] {
        let now = clock.now.timeIntervalSince1970
        var object: [String: JSONValue] = [
            "type": .text("ControlledAccessGrants"), "value": .text("https://example.org/data/1"),
            "source": .text("https://committee.example.org"), "by": .text("dac"), "asserted": .number(now - 1000),
        ]
        for (name, value) in visa { object[name] = value }
        var claims: [String: JSONValue] = [
            "iss": .text("https://rems.example.org"), "sub": .text("sub-1"), "iat": .number(now),
            "exp": .number(now + 3600), "ga4gh_visa_v1": .object(object),
        ]
        for (name, value) in changes { claims[name] = value }
        return claims
    }

    private func token(
        _ visa: [String: JSONValue?] = [:], _ changes: [String: JSONValue?] = [:], header: [String: JSONValue?] = [:]
    ) throws -> String {
        try rems.token(claims(visa, changes), header: ["jku": .text(Self.remsKeys)].merging(header) { $1 })
    }

    private func read(_ tokens: [String]) async -> [Visa] {
        await reader.visas(in: Claims(["ga4gh_passport_v1": .list(tokens.map { .text($0) })]), subject: "sub-1")
    }

    @Test("the five kinds of a trusted issuer are read", arguments: Visa.Kind.allCases)
    func kinds(_ kind: Visa.Kind) async throws {
        let visas = await read([try token(["type": .text(kind.rawValue)])])
        #expect(visas.map(\.kind) == [kind])
        #expect(visas.first?.value == "https://example.org/data/1" && visas.first?.by == "dac")
        #expect(visas.first.flatMap { $0.stored }.flatMap(Visa.init) == visas.first)
    }

    @Test("a visa is believed from its issuer's own address alone, whatever its header points to")
    func trusted() async throws {
        let evil = try other.token(claims(), header: ["jku": .text("https://evil.example/keys")])
        // A trusted address, of another issuer.
        let crossed = try other.token(claims(), header: ["jku": .text("https://visas.example.org/keys")])
        let unnamed = try rems.token(claims())
        let forged = try FakeKey.rsa("rems").token(claims(), header: ["jku": .text(Self.remsKeys)])
        for text in [evil, crossed, unnamed] {
            await #expect(throws: TokenRefusal.untrusted) { try await reader.visa(text) }
        }
        await #expect(throws: TokenRefusal.badSignature) { try await reader.visa(forged) }
        let fetched = provider.state.withLock { $0.fetched }
        #expect(fetched.allSatisfy { !$0.contains("evil") })
    }

    @Test("a visa that is over, early, of an unknown kind, or incomplete is not believed")
    func invalid() async throws {
        let now = clock.now.timeIntervalSince1970
        let wrong: [([String: JSONValue?], [String: JSONValue?])] = [
            ([:], ["exp": .number(now - 60)]), ([:], ["exp": JSONValue?.none]), ([:], ["iat": .number(now + 61)]),
            ([:], ["scope": .text("openid profile")]), ([:], ["sub": JSONValue?.none]),
            ([:], ["ga4gh_visa_v1": JSONValue?.none]), (["type": .text("Admin")], [:]),
            (["value": JSONValue?.none], [:]),
            (["source": JSONValue?.none], [:]), (["asserted": .number(now + 61)], [:]), (["by": .text("king")], [:]),
            (["value": .text(String(repeating: "a", count: 256))], [:]),
        ]
        for (visa, changes) in wrong {
            #expect(await read([try token(visa, changes)]).isEmpty, "\(visa) \(changes)")
        }
        #expect(await read([try token(header: ["typ": .text("at+jwt")])]).isEmpty)
        #expect(await read(["", "a.b.c", "x"]).isEmpty)
        #expect(await read([try token(header: ["typ": .text("vnd.ga4gh.visa+jwt")])]).count == 1)
    }

    @Test("another person's visa is left out, unless a trusted visa says that both are one")
    func linked() async throws {
        let theirs = try token([:], ["sub": .text("sub 2")])
        #expect(await read([theirs]).isEmpty)
        let link = try token([
            "type": .text("LinkedIdentities"),
            "value": .text("x,https%3A%2F%2Fa.example;sub%202,https%3A%2F%2Fb.example"),
        ])
        #expect(await read([theirs, link]).count == 2)
        // Their own word that they are me is not enough.
        let claimed = try token(
            ["type": .text("LinkedIdentities"), "value": .text("sub-1,https%3A%2F%2Fb.example")],
            ["sub": .text("sub 2")])
        #expect(await read([theirs, claimed]).isEmpty)
    }

    @Test("a visa with conditions holds where one list of them is met by the others")
    func conditions() async throws {
        func condition(_ value: String, _ kind: String = "AffiliationAndRole", by: String? = nil) -> JSONValue {
            var fields: [String: JSONValue] = ["type": .text(kind), "value": .text(value)]
            if let by { fields["by"] = .text(by) }
            return .object(fields)
        }
        let role = try token([
            "type": .text("AffiliationAndRole"), "value": .text("faculty@med.stanford.edu"), "by": .text("so"),
        ])
        // The patterns of the specification's own examples.
        let rows: [(JSONValue, Bool)] = [
            (.list([.list([condition("const:faculty@med.stanford.edu")])]), true),
            (.list([.list([condition("pattern:faculty@*.stanford.edu")])]), true),
            (.list([.list([condition("pattern:*@*.stanford.ed?", by: "const:so")])]), true),
            (.list([.list([condition("split_pattern:faculty@*")])]), true),
            (.list([.list([condition("const:faculty@*")])]), false),
            (.list([.list([condition("pattern:student@*")])]), false),
            (.list([.list([condition("pattern:faculty@*", by: "const:dac")])]), false),
            (.list([.list([condition("pattern:*", "ResearcherStatus")])]), false),
            (.list([.list([condition("pattern:*"), condition("pattern:*", "ResearcherStatus")])]), false),
            (.list([.list([condition("pattern:*", "ResearcherStatus")]), .list([condition("pattern:*")])]), true),
            (.list([.list([])]), false), (.text("x"), false), (.list([.list([condition("regex:.*")])]), false),
        ]
        for (conditions, holds) in rows {
            let granted = try token(["conditions": conditions])
            #expect(await read([role, granted]).count == (holds ? 2 : 1), "\(conditions)")
        }
    }

    @Test("a pattern that is made to be slow is not")
    func slowPattern() throws {
        let pattern = try VisaCondition.Pattern("pattern:" + String(repeating: "*a", count: 120) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 255)))
    }

    @Test("a permit's visa is read by another service as what it is, and from no other key")
    func issued() async throws {
        let fixture = try HubFixture()
        let id = try #require(PersonID("oidc:https://login.example.org/oidc/|sub-1"))
        let until = fixture.clock.now.addingTimeInterval(86_400)
        let text = try await fixture.hub.visas.visa(
            for: Person(id: id, name: "Anna"), dataSet: "https://hub.example.org/data/7",
            source: "https://valencia.example.org", until: until)
        let token = try SignedToken(text)
        #expect(token.algorithm == .es256 && token.type == "vnd.ga4gh.visa+jwt")
        #expect(token.jku == "http://127.0.0.1:8080/.well-known/jwks.json")
        let keys = try JSONDecoder().decode(KeySet.self, from: JSONEncoder().encode(fixture.hub.visas.keySet))
        let visa = try Visa(try await token.claims(keys), at: fixture.clock.now)
        #expect(visa.kind == .controlledAccessGrants && visa.by == "dac" && visa.subject == "sub-1")
        #expect(visa.value == "https://hub.example.org/data/7" && visa.source == "https://valencia.example.org")
        #expect(visa.expires == until && visa.issuer == "http://127.0.0.1:8080")
        let stranger = try HubFixture().hub.visas.keySet
        let wrong = try JSONDecoder().decode(KeySet.self, from: JSONEncoder().encode(stranger))
        await #expect(throws: TokenRefusal.unknownKey) { try await token.claims(wrong) }
        #expect(try PosixFileSystem().attributes(fixture.hub.folder.visaKey)?.mode == 0o600)
    }
}
