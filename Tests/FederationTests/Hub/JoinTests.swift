import Foundation
import Runtime
import TestSupport
import Testing

@testable import Federation

@Suite("Invitations and joining")
struct JoinTests {
    @Test("an invitation survives being copied, wrapped and indented")
    func text() throws {
        let federation = try TestFederation()
        let hub = federation.hub
        let invitation = try hub.invite(name: "Hospital Universitari La Fe", country: "ES")
        #expect(invitation.site.text == "hospital-universitari-la-fe")
        #expect(invitation.text.hasPrefix("atles-invitation-"))
        let wrapped =
            "  " + invitation.text.enumerated().map { $0 % 60 == 59 ? "\($1)\r\n  " : "\($1)" }.joined() + "\n"
        let read = try Invitation(text: wrapped)
        #expect(read == invitation)
    }

    @Test("one changed, missing or added character is noticed before the hub is asked", arguments: [20, 100, 400, -1])
    func mangled(_ position: Int) throws {
        let federation = try TestFederation()
        let hub = federation.hub
        var characters = Array(try hub.invite(name: "Alpha", country: "ES").text)
        if position < 0 {
            characters.removeLast(9)
        } else {
            characters[position] = characters[position] == "A" ? "B" : "A"
        }
        #expect(throws: InvitationError.mangled) { try Invitation(text: String(characters)) }
    }

    @Test(
        "what is no invitation is told so",
        arguments: ["", "hello", "atles-invite-x", String(repeating: "x", count: 1 << 20)])
    func notOne(_ text: String) {
        #expect(throws: InvitationError.notAnInvitation) { try Invitation(text: text) }
    }

    @Test("an invitation does not print its secret")
    func secret() throws {
        let federation = try TestFederation()
        let invitation = try federation.hub.invite(name: "Alpha", country: "ES")
        let bytes = invitation.secret.bytes
        var dumped = ""
        dump(invitation.secret, to: &dumped)
        #expect(!"\(invitation.secret)".contains(Hex.text(bytes)))
        #expect(!String(reflecting: invitation.secret).contains("\(bytes)"))
    }

    @Test("two sites of the same name get different identifiers; the hub's own name is not to be had")
    func identifiers() throws {
        let federation = try TestFederation()
        let hub = federation.hub
        #expect(try hub.invite(name: "Sant Pau", country: "ES").site.text == "sant-pau")
        #expect(try hub.invite(name: "Sant Pau", country: "ES").site.text == "sant-pau-2")
        #expect(try hub.invite(name: "Hub", country: "ES").site.text == "hub-site")
        #expect(try hub.invite(name: "Ωμέγα", country: "GR").site.text == "site")
        #expect(throws: FederationError.self) { try hub.invite(site: .hub, name: "x", country: "ES") }
        #expect(throws: FederationError.self) { try hub.invite(name: "x", country: "EL") }
        #expect(throws: FederationError.self) { try hub.invite(name: "x\u{1b}[31m", country: "ES") }
    }

    @Test("with automatic approval a site is admitted at once, with a certificate of this federation")
    func automatic() async throws {
        let federation = try TestFederation()
        let site = TestSite(clock: federation.clock)
        let state = try await site.join(
            try federation.hub.invite(name: "Alpha", country: "ES", approval: .automatic), through: federation.way)
        guard case .admitted(let id, let expires) = state else {
            Issue.record("\(state)")
            return
        }
        #expect(id.text == "alpha")
        #expect(expires == federation.clock.now.addingTimeInterval(90 * 86_400))
        let record = try #require(try federation.hub.site(id))
        #expect(record.state == .admitted)
        #expect(record.name == "Hospital alpha")
        #expect(record.certificateExpires == expires)
        #expect(try FederationNode.status(folder: site.path)?.fingerprint == record.fingerprint)
    }

    @Test("with manual approval it waits; both sides show the same fingerprint; approval lets it in")
    func manual() async throws {
        let federation = try TestFederation()
        let site = TestSite(clock: federation.clock)
        let invitation = try federation.hub.invite(name: "Alpha", country: "ES")
        let state = try await site.join(invitation, through: federation.way)
        let record = try #require(try federation.hub.site(invitation.site))
        #expect(state == .waiting(site: invitation.site, fingerprint: record.fingerprint))
        #expect(record.state == .waiting)

        let node = try site.open(through: federation.way)
        try await node.withClient { client in
            await #expect(throws: FederationError.refused(Refusal(.waiting))) { try await node.renewWhereDue(client) }
            try federation.hub.approve(invitation.site)
            try await node.renewWhereDue(client)
        }
        #expect(node.certificate?.site == invitation.site)
        #expect(try site.open(through: federation.way).certificate == node.certificate, "it is on disk too")
        #expect(federation.audit.events.map(\.kind) == [.invited, .joined, .approved, .certified])
    }

    @Test("an invitation works once; the same node may ask again, since an answer can be lost")
    func usedTwice() async throws {
        let federation = try TestFederation()
        let invitation = try federation.hub.invite(name: "Alpha", country: "ES", approval: .automatic)
        let first = TestSite(clock: federation.clock)
        try await first.join(invitation, through: federation.way)
        try await first.join(invitation, through: federation.way)
        await #expect(throws: FederationError.refused(Refusal(.invitationUsed))) {
            try await TestSite(clock: federation.clock).join(invitation, through: federation.way)
        }
        #expect(try federation.hub.sites().count == 1)
        #expect(federation.audit.refusals == [.invitationUsed])
    }

    @Test("an expired invitation is refused")
    func expired() async throws {
        let federation = try TestFederation()
        let invitation = try federation.hub.invite(name: "Alpha", country: "ES", lifetime: .seconds(3600))
        federation.clock.advance(by: 3600)
        await #expect(throws: FederationError.refused(Refusal(.invitationExpired))) {
            try await TestSite(clock: federation.clock).join(invitation, through: federation.way)
        }
    }

    @Test("an invitation with another secret, another site or a later end gives nothing more")
    func altered() async throws {
        let federation = try TestFederation()
        let real = try federation.hub.invite(name: "Alpha", country: "ES", lifetime: .seconds(3600))
        func copy(
            id: MessageID? = nil, site: SiteID? = nil, expires: Date? = nil, secret: [UInt8]? = nil
        ) -> Invitation {
            Invitation(
                id: id ?? real.id, site: site ?? real.site, siteName: real.siteName, country: real.country,
                federation: real.federation, hub: real.hub, authority: real.authority, expires: expires ?? real.expires,
                secret: secret.map { InvitationSecret(bytes: $0) } ?? real.secret)
        }
        let guesses = [
            copy(secret: [UInt8](repeating: 0, count: 32)), copy(site: SiteID("beta")),
            copy(id: MessageID(random: .system)),
        ]
        for guess in guesses {
            await #expect(throws: FederationError.refused(Refusal(.invitationNotAccepted))) {
                try await TestSite(clock: federation.clock).join(guess, through: federation.way)
            }
        }
        federation.clock.advance(by: 3601)
        await #expect(throws: FederationError.refused(Refusal(.invitationExpired))) {
            try await TestSite(clock: federation.clock)
                .join(copy(expires: real.expires.addingTimeInterval(86_400)), through: federation.way)
        }
    }

    @Test("the secret does not travel: whoever reads the request cannot join with it")
    func secretStays() async throws {
        let federation = try TestFederation()
        let invitation = try federation.hub.invite(name: "Alpha", country: "ES")
        let wire = RecordingWay(inner: federation.way)
        try await TestSite(clock: federation.clock).join(invitation, through: wire)
        let sent = String(decoding: wire.sent, as: UTF8.self)
        #expect(!sent.contains(Data(invitation.secret.bytes).base64EncodedString()))
        #expect(!sent.contains(Hex.text(invitation.secret.bytes)))
    }

    @Test("a site whose keys were lost is invited anew; its old keys are then worth nothing")
    func reinvited() async throws {
        let federation = try TestFederation()
        let old = try await federation.admit("Alpha").party()
        let again = try federation.hub.invite(site: old.site, name: "Alpha", country: "ES", approval: .automatic)
        try await TestSite(clock: federation.clock).join(again, through: federation.way)
        let answer = await federation.hub.answer(
            .poll, try old.request(.poll, PollBody(acknowledged: [], waitMilliseconds: 0)))
        #expect(try WireJSON.decode(SignedResponse.self, from: answer.bytes).refusal?.reason == .notAccepted)
        #expect(try federation.hub.sites().count == 1)
    }

    @Test("the hub of another federation cannot stand in for the one that invited")
    func wrongHub() async throws {
        let federation = try TestFederation()
        let other = try TestFederation(name: "Elsewhere", clock: federation.clock)
        let invitation = try federation.hub.invite(name: "Alpha", country: "ES")
        await #expect(throws: FederationError.self) {
            try await TestSite(clock: federation.clock).join(invitation, through: other.way)
        }
        let error = await #expect(throws: FederationError.self) {
            try await TestSite(clock: federation.clock).join(invitation, through: ImpostorWay(inner: federation.way))
        }
        guard case .untrusted = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
