import Federation
import Governance
import Testing

@Suite struct PersonTests {
    @Test func aSitesRoleCountsAtThatSiteAlone() throws {
        let (valencia, porto) = (try #require(SiteID("valencia")), try #require(SiteID("porto")))
        let id = try #require(PersonID("local:anna"))
        let anna = Person(
            id: id, name: "Anna", roles: [try #require(RoleGrant(.committeeMember, at: valencia))])
        #expect(anna.holds(.committeeMember, at: valencia))
        #expect(!anna.holds(.committeeMember, at: porto))
        #expect(!anna.holds(.committeeMember))
        #expect(RoleGrant(.committeeMember) == nil)
        #expect(RoleGrant(.auditor, at: porto) == nil)
    }

    @Test func anIdOfAPersonPrints() {
        #expect(PersonID("") == nil)
        #expect(PersonID("local:a b") == nil)
        #expect(PersonID("local:\u{0}") == nil)
        #expect(PersonID(String(repeating: "a", count: 301)) == nil)
    }
}
