import Federation
import Runtime
import Testing

@testable import Governance

@Suite("A permit made by other software")
struct ForeignPermitTests {
    @Test("is read, and its signature is good over the same canonical bytes")
    func signature() throws {
        let anna = try #require(PersonID("local:anna"))
        let key = try #require(VerifyingKey(ForeignPermit.key))
        let committee = try Committee([CommitteeMember(person: anna, name: "Anna", key: key)])
        let signed = try SignedPermit(json: Array(ForeignPermit.document.utf8))
        #expect(signed.signers(of: committee).map(\.person) == [anna])
        let valencia = try #require(SiteID("valencia"))
        let federation = String(repeating: "ab", count: 32)
        #expect(throws: Never.self) {
            try signed.verified(at: valencia, of: federation, by: committee, needing: 1)
        }
        #expect(throws: GateReason.notSigned) {
            try signed.verified(at: valencia, of: federation, by: committee, needing: 2)
        }
    }
}
