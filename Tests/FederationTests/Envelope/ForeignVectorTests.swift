import Crypto
import Foundation
import Runtime
import Testing

@testable import Federation

@Suite("An envelope made by other software")
struct ForeignVectorTests {
    private let envelope: Envelope
    private let anchor: TrustAnchor
    private let key: Curve25519.KeyAgreement.PrivateKey
    /// One minute after it was issued.
    private let now = Date(timeIntervalSince1970: 1_800_000_120)

    init() throws {
        envelope = try WireJSON.decode(Envelope.self, from: Array(ForeignVector.envelope.utf8))
        anchor = try TrustAnchor(authority: [UInt8](try #require(Data(base64Encoded: ForeignVector.authority))))
        key = try .init(rawRepresentation: try #require(Hex.bytes(ForeignVector.recipientKey)))
    }

    @Test("its header has the canonical bytes that the other side wrote")
    func header() {
        #expect(Hex.text(envelope.header.canonical().bytes) == ForeignVector.header)
    }

    @Test("its certificate and its signature are good, and it opens")
    func opens() async throws {
        let verified = try await envelope.verify(by: anchor, at: now)
        #expect(verified.sender.site == .hub)
        let content = try #require(envelope.body.open(with: key, header: envelope.header))
        #expect(String(decoding: content, as: UTF8.self) == "¿cuántos?")
    }

    @Test("it is out of date when its sender's certificate is")
    func later() async throws {
        await #expect(throws: Refusal(.badCertificate)) {
            _ = try await envelope.verify(by: anchor, at: now.addingTimeInterval(91 * 86_400))
        }
    }
}
