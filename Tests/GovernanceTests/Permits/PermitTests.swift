import Cohort
import Federation
import FoundationEssentials
import Runtime
import TestSupport
import Testing

@testable import Governance

@Suite("A permit")
struct PermitTests {
    private let site: GovernedSite
    private let committee: Committee

    init() throws {
        site = try GovernedSite()
        committee = try Committee.read(site.folder.committee, in: PosixFileSystem())
    }

    private func signed(_ permit: Permit, by count: Int = 1) throws -> SignedPermit {
        var signed = SignedPermit(permit)
        for member in site.members.prefix(count) { try signed.sign(with: member) }
        return signed
    }

    private func full() throws -> Permit {
        let rosa = try MemberKey(person: try #require(PersonID("local:rosa")), random: .system)
        return try site.permit(
            holders: [PermitHolder(rosa.person, key: try rosa.publicKey)],
            purposes: [.algorithms, .scientificResearch],
            budget: PrivacyBudget(epsilon: 1, delta: 1e-6), placement: .alsoAt([try #require(SiteID("leonardo"))]))
    }

    @Test("goes through JSON unchanged, with its signatures")
    func json() throws {
        let made = try signed(try full(), by: 2)
        let read = try SignedPermit(json: try made.json())
        #expect(read == made)
        #expect(read.signers(of: committee).map(\.person) == site.members.prefix(2).map(\.person))
    }

    @Test("is the same, to the byte, in whatever order its lists were given")
    func order() throws {
        let (anna, bea) = (PermitHolder(site.members[0].person), PermitHolder(site.members[1].person))
        let id = PermitID(random: .system)
        let one = try site.permit(id: id, holders: [anna, bea], outputs: [.statistics, .counts, .counts])
        let other = try site.permit(id: id, holders: [bea, anna, bea], outputs: [.counts, .statistics])
        #expect(one == other && one.canonical() == other.canonical())
    }

    @Test("with one byte of its document changed is unreadable, says the same, or has lost the signature")
    func everyByte() throws {
        let made = try signed(try full())
        let bytes = try made.json()
        var lost = 0
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            guard let read = try? SignedPermit(json: changed) else { continue }
            let stands = !read.signers(of: committee).isEmpty
            #expect(!stands || read.permit == made.permit, "byte \(index)")
            if !stands { lost += 1 }
        }
        #expect(lost > 300)
    }

    @Test(
        "widened in any field has lost the signature",
        arguments: [
            ("\"2\"", "\"3\""), ("\"statistics\"", "\"models\""), ("\"mama\"", "\"mamma\""),
            ("\"rounding\" : 1", "\"rounding\" : 2"), ("\"smallestCell\" : 5", "\"smallestCell\" : 4"),
            ("\"epsilonMillionths\" : 1000000", "\"epsilonMillionths\" : 9000000"), ("leonardo", "lumi"),
            ("2027-02-14", "2028-02-14"), ("\"MR\"", "\"CT\""), ("\"asker\" : \"hub\"", "\"asker\" : \"hub2\""),
            ("\"request\" : \"R-1\"", "\"request\" : \"R-2\""), ("scientific-research", "innovation"),
            ("\"signaturesNeeded\" : 3", "\"signaturesNeeded\" : 1"), ("\"valencia\"", "\"porto\""),
        ])
    func widened(_ old: String, _ new: String) throws {
        let permit = try site.permit(
            budget: PrivacyBudget(epsilon: 1), placement: .alsoAt([try #require(SiteID("leonardo"))]),
            signaturesNeeded: 3)
        let text = String(decoding: try signed(permit, by: 3).json(), as: UTF8.self)
        #expect(text.contains(old))
        let read = try SignedPermit(json: Array(text.replacing(old, with: new).utf8))
        #expect(read.permit != permit)
        #expect(read.signers(of: committee).isEmpty)
    }

    @Test("of another version, or with a field that is not known here, is not read: it may be a restriction")
    func unknown() throws {
        let text = String(decoding: try SignedPermit(try site.permit()).json(), as: UTF8.self)
        for (old, new) in [("\"version\" : 1", "\"version\" : 2"), ("\"site\"", "\"onlyOnMondays\" : true, \"site\"")] {
            #expect(text.contains(old))
            #expect(throws: PermitError.unreadable(path: nil)) {
                try SignedPermit(json: Array(text.replacing(old, with: new).utf8))
            }
        }
    }

    @Test("that makes no sense cannot be made")
    func senseless() throws {
        #expect(throws: PermitError.self) { try site.permit(holders: []) }
        #expect(throws: PermitError.self) { try site.permit(purposes: []) }
        #expect(throws: PermitError.self) { try site.permit(outputs: []) }
        #expect(throws: PermitError.self) { try site.permit(until: site.now) }
        #expect(throws: PermitError.self) { try site.permit(until: site.now.advanced(by: 11 * 366 * 86_400)) }
        #expect(throws: PermitError.self) { try site.permit(signaturesNeeded: 0) }
        #expect(throws: PermitError.self) { try site.permit(federation: "a\nb") }
    }

    @Test("keeps no signature twice, and no more than there can be")
    func signatures() throws {
        var signed = try signed(try site.permit(), by: 3)
        try signed.sign(with: site.members[0])
        #expect(signed.signatures.count == 3)
        let one = String(decoding: try signed.json(), as: UTF8.self)
        let start = try #require(one.firstRange(of: "\"signatures\" : [")).upperBound
        let end = try #require(one.lastIndex(of: "]"))
        let list = String(one[start..<end])
        let many = one.replacing(list, with: Array(repeating: list, count: 6).joined(separator: ","))
        #expect(throws: PermitError.unreadable(path: nil)) { try SignedPermit(json: Array(many.utf8)) }
        let twice = try SignedPermit(
            json: Array(one.replacing(list, with: Array(repeating: list, count: 2).joined(separator: ",")).utf8))
        #expect(twice.signatures.count == 6 && twice.signers(of: committee).count == 3)
    }
}
