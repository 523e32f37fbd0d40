import Foundation
import Runtime
import TestSupport
import Testing

@testable import Federation

@Suite("Certificates")
struct CertificateTests {
    private func verify(
        _ encoded: [UInt8], _ anchor: TrustAnchor, at now: Date
    ) async -> Result<SiteID, CertificateError> {
        do { return .success(try await anchor.verify(encoded, at: now).site) } catch { return .failure(error) }
    }

    @Test("a party's certificate names it and its two keys, and is valid from a day before its issue")
    func contents() async throws {
        let federation = try TestFederation()
        let party = try await federation.admit("Alpha").party()
        let certificate = try PartyCertificate(encoded: party.certificate)
        #expect(certificate.site == party.site)
        #expect(certificate.keys == party.keys.publicKeys)
        #expect(certificate.begins == federation.clock.now.addingTimeInterval(-86_400))
        #expect(certificate.expires == federation.clock.now.addingTimeInterval(90 * 86_400))
        #expect(certificate.renewal == federation.clock.now.addingTimeInterval(60 * 86_400))
    }

    @Test("another federation's certificate, an expired one, one of the future and no certificate are refused")
    func refused() async throws {
        let federation = try TestFederation()
        let other = try TestFederation(clock: federation.clock)
        let party = try await federation.admit("Alpha").party()
        let now = federation.clock.now
        #expect(await verify(party.certificate, federation.hub.anchor, at: now) == .success(party.site))
        #expect(await verify(party.certificate, other.hub.anchor, at: now) == .failure(.otherAuthority))
        let later = now.addingTimeInterval(90 * 86_400 + 1)
        #expect(await verify(party.certificate, federation.hub.anchor, at: later) == .failure(.expired))
        let earlier = now.addingTimeInterval(-86_401)
        #expect(await verify(party.certificate, federation.hub.anchor, at: earlier) == .failure(.notYetValid))
        for nonsense in [[], [0x30], [UInt8](repeating: 0x30, count: 600), [UInt8](repeating: 0, count: 100_000)] {
            #expect(await verify(nonsense, federation.hub.anchor, at: now) == .failure(.unreadable))
        }
    }

    @Test("neither the authority's nor the TLS server's certificate can sign a message")
    func otherRoles() async throws {
        let hub = try TestFederation().hub
        let now = hub.clock.now
        #expect(await verify(hub.authority.encoded, hub.anchor, at: now) == .failure(.unreadable))
        #expect(await verify(hub.certificates.current.server, hub.anchor, at: now) == .failure(.unreadable))
    }

    @Test("a certificate with any byte changed is refused")
    func altered() async throws {
        let federation = try TestFederation()
        let party = try await federation.admit("Alpha").party()
        for index in stride(from: 0, to: party.certificate.count, by: 7) {
            var changed = party.certificate
            changed[index] ^= 1
            let result = await verify(changed, federation.hub.anchor, at: federation.clock.now)
            #expect(throws: CertificateError.self, "byte \(index)") { try result.get() }
        }
    }

    @Test("a site that calls itself a certificate's party cannot be issued by another site's key")
    func siteCannotIssue() async throws {
        let federation = try TestFederation()
        let other = try TestFederation(clock: federation.clock)
        let keys = try PartyKeys(random: .system)
        let forged = try other.hub.authority.issue(
            .hub, keys: keys.publicKeys, now: federation.clock.now, lifetime: .seconds(3600))
        let result = await verify(forged.encoded, federation.hub.anchor, at: federation.clock.now)
        #expect(result == .failure(.otherAuthority))
    }

    @Test("a node renews after two thirds of its certificate's life and not before")
    func renewal() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        let node = try site.open(through: federation.way)
        let first = try #require(node.certificate)
        try await node.withClient { client in
            federation.clock.advance(by: 60 * 86_400 - 1)
            try await node.renewWhereDue(client)
            #expect(node.certificate == first)
            federation.clock.advance(by: 2)
            try await node.renewWhereDue(client)
        }
        let second = try #require(node.certificate)
        #expect(second.expires > first.expires)
        #expect(try federation.hub.site(node.site)?.certificateExpires == second.expires)
        #expect(try site.open(through: federation.way).certificate == second)
    }

    @Test(
        "a node that was off line beyond its certificate's end is told so and gets a fresh one, as long as it is admitted"
    )
    func afterTheEnd() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        let party = try await site.party()
        federation.clock.advance(by: 100 * 86_400)
        // The hub runs on and renews itself.
        try federation.hub.lookAtCertificates()
        let answer = await federation.hub.answer(
            .poll, try party.request(.poll, PollBody(acknowledged: [], waitMilliseconds: 0)))
        #expect(try WireJSON.decode(SignedResponse.self, from: answer.bytes).refusal?.reason == .badCertificate)
        let node = try site.open(through: federation.way)
        try await node.withClient { try await node.renewWhereDue($0) }
        #expect(try #require(node.certificate).expires > federation.clock.now)
    }

    @Test("a node answers under the hub's renewed certificate, long after the one it had joined with has ended")
    func hubRenewedMeanwhile() async throws {
        let federation = try TestFederation()
        let hub = federation.hub
        federation.clock.advance(by: 59 * 86_400)
        let site = try await federation.admit("Alpha")
        let node = try site.open(through: federation.way, handlers: ["query": { _ in [7] }])
        let joined = try await node.hubCertificate().certificate
        federation.clock.advance(by: 2 * 86_400)
        try hub.lookAtCertificates()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await node.run() }
            while try await node.hubCertificate().certificate == joined { try await Task.sleep(for: .milliseconds(2)) }
            group.cancelAll()
        }
        federation.clock.advance(by: 34 * 86_400)
        #expect(joined.expires < federation.clock.now)
        let id = try await hub.send(kind: "query", payload: [], to: [node.site], lifetime: .seconds(600))
        let next = try site.open(through: federation.way, handlers: node.handlers)
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await next.run() }
            for await reply in hub.replies(to: id) { #expect(reply.payload == [7]) }
            group.cancelAll()
        }
        #expect(try hub.store.question(id)?.open == [])
    }

    @Test("the hub renews its own certificates in time, and a restarted hub goes on with them")
    func hubRenewal() throws {
        let federation = try TestFederation()
        let hub = federation.hub
        let first = hub.certificates.current
        federation.clock.advance(by: 59 * 86_400)
        try hub.lookAtCertificates()
        #expect(hub.certificates.current.server == first.server)
        federation.clock.advance(by: 2 * 86_400)
        try hub.lookAtCertificates()
        let second = hub.certificates.current
        #expect(second.server != first.server)
        #expect(second.party != first.party)
        #expect(second.expires == federation.clock.now.addingTimeInterval(90 * 86_400))
        #expect(try federation.restartHub().certificates.current.server == second.server)
        #expect(federation.audit.events.contains { $0.kind == .hubCertified })
    }

    @Test("certificates that run out within 30 days are warned about")
    func warning() async throws {
        let federation = try TestFederation()
        _ = try await federation.admit("Alpha")
        let log = LogRecorder()
        let hub = try FederationHub.open(
            folder: federation.hub.folder, clock: federation.clock.wallClock, logger: log.logger)
        federation.clock.advance(by: 59 * 86_400)
        try hub.lookAtCertificates()
        #expect(log.warnings.isEmpty)
        federation.clock.advance(by: 2 * 86_400)
        try hub.lookAtCertificates()
        #expect(log.warnings.count == 1)
        #expect(log.warnings.first?.hasPrefix("the certificate of Hospital alpha (alpha) runs out on 2027-") == true)
    }

    @Test("private keys are in files that only their owner reads, and a file that others can read is refused")
    func keyFiles() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        let files = PosixFileSystem()
        for (folder, names) in [
            (federation.hub.folder, ["authority.key", "signing.key", "agreement.key", "tls.key"]),
            (site.path, ["signing.key", "agreement.key"]),
        ] {
            for name in names {
                #expect(try files.attributes(folder + "/" + name)?.mode == 0o600, "\(name)")
            }
        }
        let path = site.path + "/signing.key"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: FederationError.secret(.readableByOthers(path: path))) {
            try site.open(through: federation.way)
        }
    }

    @Test("a hub is not made over another, nor opened where there is none")
    func folders() throws {
        let federation = try TestFederation()
        let folder = federation.hub.folder
        #expect(throws: FederationError.alreadySetUp(folder: folder, role: .hub)) {
            try FederationHub.create(folder: folder, name: "Other", address: "https://h")
        }
        let empty = federation.hubFolder.file("empty")
        #expect(throws: FederationError.notSetUp(folder: empty, role: .hub)) {
            try FederationHub.open(folder: empty)
        }
        #expect(throws: FederationError.notSetUp(folder: empty, role: .node)) {
            try FederationNode.open(folder: empty, handlers: [:])
        }
        #expect(try FederationNode.status(folder: empty) == nil)
    }

    @Test("a hub whose making was interrupted at any file operation can be made again", arguments: 1...24)
    func interrupted(_ operation: Int) throws {
        let folder = TemporaryFolder()
        let path = folder.file("hub")
        let faulty = FaultyFileSystem(.diskFull, at: operation)
        let first = Result {
            try FederationHub.create(folder: path, name: "T", address: "https://hub.test", files: faulty)
        }
        if case .failure = first {
            try FederationHub.create(folder: path, name: "T", address: "https://hub.test")
        }
        _ = try FederationHub.open(folder: path, logger: .quiet)
    }
}
