import Cohort
import Federation
import Foundation
import Runtime
import TestSupport
import Testing

@testable import Governance

@Suite("A permit for others to read")
struct PermitExportTests {
    @Test("is an agreement of ODRL 2.2 with its parties, targets, constraints and prohibition")
    func odrl() throws {
        let site = try GovernedSite()
        let permit = try site.permit(budget: PrivacyBudget(epsilon: 1.5))
        let json = try PermitODRL(permit).json()
        let read = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
        let context = try #require(read["@context"] as? [Any])
        #expect(context.first as? String == "http://www.w3.org/ns/odrl.jsonld")
        #expect(read["@type"] as? String == "Agreement")
        #expect(read["uid"] as? String == "urn:atles:permit:\(permit.id)")
        let permission = try #require((read["permission"] as? [[String: Any]])?.first)
        #expect(
            permission["target"] as? [String] == [
                "urn:atles:data-set:valencia:mama", "urn:atles:data-set:valencia:prostata",
            ])
        #expect(permission["assigner"] as? String == "urn:atles:party:valencia")
        #expect(permission["assignee"] as? [String] == ["urn:atles:person:local:rosa"])
        #expect(permission["action"] as? String == "aggregate")
        let constraints = try #require(permission["constraint"] as? [[String: Any]])
        func right(_ left: String, _ operation: String) -> Any? {
            constraints.first { $0["leftOperand"] as? String == left && $0["operator"] as? String == operation }?[
                "rightOperand"]
        }
        #expect(right("purpose", "isAnyOf") as? [String] == ["atles:ehds-scientific-research"])
        #expect((right("dateTime", "lt") as? [String: String])?["@value"] == "2027-02-14T08:00:00Z")
        #expect(right("atles:cohort", "isPartOf") as? String == "series.modality = MR")
        #expect(right("atles:epsilon", "lteq") as? Double == 1.5)
        #expect(right("atles:computation", "isAnyOf") as? [String] == ["urn:sha256:\(site.computation.hash)"])
        let prohibition = try #require((read["prohibition"] as? [[String: Any]])?.first)
        #expect(prohibition["action"] as? String == "distribute")
    }

    @Test("is a page that names what counts, shows only signatures that count, and whose text cannot become markup")
    func page() throws {
        let site = try GovernedSite()
        let committee = try Committee.read(site.folder.committee, in: PosixFileSystem())
        let eve = try #require(PersonID("local:<script>alert(1)</script>"))
        var signed = SignedPermit(try site.permit(holders: [PermitHolder(eve)]))
        try signed.sign(with: site.members[1])
        try signed.sign(with: try MemberKey(person: site.members[0].person, random: .system))
        let html = PermitPage(signed, committee: committee).html
        #expect(!html.contains("<script"))
        #expect(html.contains("local:&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(html.contains("<li>") && html.contains("modality = MR") && html.contains("article 53(1)(e)"))
        #expect(html.contains("local:bea (local:bea)") && !html.contains("local:anna"))
        #expect(html.contains("\(signed.permit.digest)"))
        #expect(!html.contains("Revoked"))
        let revocation = try Revocation(
            signed.permit.id, of: GovernedSite.federation, at: site.site, reason: .breach, time: site.now,
            by: site.members[0])
        #expect(PermitPage(signed, committee: committee, revocation: revocation).html.contains("Revoked on 2027-01-15"))
    }
}
