import Crypto
import Foundation
import Runtime
import TestSupport
import Testing

@testable import Federation

@Suite("Envelopes")
struct EnvelopeTests {
    @Test("what was sealed and signed is opened by its recipient")
    func roundTrip() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha").party()
        let envelope = try site.envelope(site.header(), "12 patients")
        let verified = try await envelope.verify(by: federation.hub.anchor, at: federation.clock.now)
        #expect(try verified.open(as: .hub, with: federation.hub.keys) == Array("12 patients".utf8))
    }

    /// One change to each field, no larger than one bit of one character or number where the type allows it.
    static let changes: [(field: String, change: @Sendable (inout EnvelopeHeader) -> Void)] = [
        ("version", { $0.version ^= 1 }),
        ("federation", { $0.federation = flip($0.federation) }),
        ("id", { $0.id = MessageID(flip($0.id.text)) ?? $0.id }),
        ("kind", { $0.kind = flip($0.kind) }),
        ("sender", { $0.sender = SiteID(flip($0.sender.text)) ?? .hub }),
        ("recipient", { $0.recipient = SiteID(flip($0.recipient.text)) ?? $0.sender }),
        ("issued", { $0.issued = Moment(milliseconds: $0.issued.milliseconds ^ 1) ?? $0.issued }),
        ("expires", { $0.expires = Moment(milliseconds: $0.expires.milliseconds ^ 1) ?? $0.expires }),
        ("answers", { $0.answers = $0.answers.flatMap { MessageID(flip($0.text)) } }),
        ("answers (taken out)", { $0.answers = nil }),
        ("failed", { $0.failed.toggle() }),
    ]

    /// Identifiers that are still identifiers with the lowest bit of their first digit flipped.
    private static func header(of site: TestParty) throws -> EnvelopeHeader {
        let id = try #require(MessageID("00112233445566778899aabbccddeeff"))
        return site.header(kind: "bnote", answers: MessageID("2233445566778899aabbccddeeff0011")) {
            $0.id = id
        }
    }

    /// Flips the lowest bit of the first character: 'a' and 'b' and their like stay in their alphabets.
    static func flip(_ text: String) -> String {
        var bytes = Array(text.utf8)
        if let first = bytes.first { bytes[0] = first ^ 1 }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("a header with one bit changed is refused", arguments: changes.indices)
    func everyFieldIsSigned(_ index: Int) async throws {
        let (field, change) = Self.changes[index]
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha").party()
        let header = try Self.header(of: site)
        let envelope = try site.envelope(header)
        var changed = header
        change(&changed)
        try #require(changed != header, "the change to \(field) changes nothing")
        let forged = try Self.envelope(envelope, header: changed)
        await #expect(throws: Refusal.self, "\(field)") {
            try await forged.verify(by: federation.hub.anchor, at: federation.clock.now)
        }
    }

    @Test(
        "a header with one bit changed and signed anew does not open: the body is bound to it",
        arguments: changes.indices)
    func everyFieldIsBound(_ index: Int) async throws {
        let (field, change) = Self.changes[index]
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha").party()
        let header = try Self.header(of: site)
        let body = try SealedBody(Array("x".utf8), to: site.hubKeys.agreement, header: header)
        var changed = header
        change(&changed)
        try #require(changed != header, "the change to \(field) changes nothing")
        #expect(body.open(with: federation.hub.keys.agreement, header: header) != nil)
        #expect(body.open(with: federation.hub.keys.agreement, header: changed) == nil, "\(field)")
    }

    @Test("a body, a signature or a certificate with one bit changed is refused", arguments: [0, 17, 40])
    func bodyIsSigned(_ position: Int) async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha").party()
        let json = String(
            decoding: try WireJSON.encode(try site.envelope(site.header(), "some content")), as: UTF8.self)
        for field in ["encapsulated", "ciphertext", "signature", "certificate"] {
            let forged = try WireJSON.decode(Envelope.self, from: Self.flipBit(in: field, at: position, of: json))
            await #expect(throws: Refusal.self, "\(field)") {
                _ = try await forged.verify(by: federation.hub.anchor, at: federation.clock.now)
            }
        }
    }

    @Test("a message signed by one site under the name of another is refused")
    func wrongSigner() async throws {
        let federation = try TestFederation()
        let alpha = try await federation.admit("Alpha").party()
        let beta = try await federation.admit("Beta").party()
        let header = alpha.header { $0.sender = beta.site }
        let underOwnCertificate = try alpha.envelope(header)
        await #expect(throws: Refusal(.wrongSender)) {
            _ = try await underOwnCertificate.verify(by: federation.hub.anchor, at: federation.clock.now)
        }
        let underTheirs = try Envelope(
            header: header, content: [], recipient: alpha.hubKeys, sender: alpha.keys, certificate: beta.certificate)
        await #expect(throws: Refusal(.badSignature)) {
            _ = try await underTheirs.verify(by: federation.hub.anchor, at: federation.clock.now)
        }
    }

    @Test("a message to the hub does not open for another site")
    func wrongRecipient() async throws {
        let federation = try TestFederation()
        let alpha = try await federation.admit("Alpha").party()
        let beta = try await federation.admit("Beta").party()
        let envelope = try alpha.envelope(alpha.header())
        let verified = try await envelope.verify(by: beta.anchor, at: federation.clock.now)
        #expect(throws: Refusal(.wrongRecipient)) { try verified.open(as: beta.site, with: beta.keys) }
        #expect(throws: Refusal(.malformed)) { try verified.open(as: .hub, with: beta.keys) }
    }

    @Test("a message of one federation is refused in another")
    func crossFederation() async throws {
        let here = try TestFederation()
        let there = try TestFederation(name: "Elsewhere", clock: here.clock)
        let site = try await here.admit("Alpha").party()
        let envelope = try site.envelope(site.header())
        await #expect(throws: Refusal(.wrongFederation)) {
            _ = try await envelope.verify(by: there.hub.anchor, at: here.clock.now)
        }
        // Even when it names the other federation, its certificate does not lead there.
        let renamed = try site.envelope(site.header { $0.federation = there.hub.federation })
        await #expect(throws: Refusal(.badCertificate)) {
            _ = try await renamed.verify(by: there.hub.anchor, at: here.clock.now)
        }
    }

    // MARK: Forging

    /// The envelope under another header, body and signature untouched.
    static func envelope(_ envelope: Envelope, header: EnvelopeHeader) throws -> Envelope {
        struct Parts: Codable {
            var header: EnvelopeHeader
            var body: SealedBody
            var certificate: Data
            var signature: Data
        }
        var parts = try WireJSON.decode(Parts.self, from: try WireJSON.encode(envelope))
        parts.header = header
        return try WireJSON.decode(Envelope.self, from: try WireJSON.encode(parts))
    }

    /// Flips a bit of the bytes that stand in base 64 in a field of a JSON text.
    static func flipBit(in field: String, at position: Int, of json: String) throws -> [UInt8] {
        let start = try #require(json.range(of: "\"\(field)\":\"")).upperBound
        let end = try #require(json[start...].firstIndex(of: "\""))
        var bytes = try #require(Data(base64Encoded: String(json[start..<end])))
        let index = bytes.startIndex + position % bytes.count
        bytes[index] ^= 1 << (position % 8)
        return Array(json.replacingCharacters(in: start..<end, with: bytes.base64EncodedString()).utf8)
    }
}
