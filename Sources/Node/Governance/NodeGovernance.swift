public import Federation
public import Governance
import Runtime

/// What this site's committee decides and has decided: permits, approvals, the airlock, the opt-out list.
public struct NodeGovernance: Sendable {
    public let folder: GovernanceFolder
    public let site: SiteID
    public let federation: String
    public let book: PermitBook
    public let approvals: ApprovalBook
    public let audit: AuditLog
    let files: any FileSystem
    let clock: WallClock
    let random: RandomSource

    /// The list of members.
    public func committee() throws(PermitError) -> Committee { try Committee.read(folder.committee, in: files) }

    public func policy() throws(PermitError) -> SitePolicy { try SitePolicy.read(folder.policy, in: files) }

    /// A name for a permit that is made here.
    public func newPermit() -> PermitID { PermitID(random: random) }

    public var now: PermitTime { PermitTime(clock.now) }

    /// The gate, for the process that answers tasks.
    public func gate() throws -> TaskGate {
        TaskGate(
            folder: folder, book: book, approvals: approvals, ledger: try BudgetLedger(path: folder.ledger),
            audit: audit,
            clock: clock, files: files)
    }

    public func airlock() throws(PermitError) -> Airlock {
        try Airlock(folder: folder, book: book, audit: audit, clock: clock, random: random, files: files)
    }

    public func optOut() throws(PermitError) -> OptOutList {
        try OptOutList(folder: folder, random: random, files: files)
    }

    /// What was spent of a permit's budget.
    public func spent(_ permit: PermitID) throws(LedgerError) -> PrivacyBudget {
        try BudgetLedger(path: folder.ledger).spent(permit)
    }

    /// Writes down what a person did at the node.
    public func record(_ kind: AuditEvent.Kind, permit: PermitID? = nil, digest: Digest? = nil, by person: PersonID)
        throws
    {
        try audit.record(
            AuditEvent(
                kind, digest: digest, permit: permit?.message, person: Digest(sha256: Array(person.text.utf8))))
    }

    // MARK: Keys of members

    private func keyPath(_ person: PersonID) -> String {
        let name = "\(Digest(sha256: Array(person.text.utf8)))".prefix(20)
        return FilePath.join(folder.keys, "\(name).key")
    }

    /// Makes a member's key at this node and puts them on the list.
    public func add(_ person: PersonID, name: String, passphrase: String) throws -> CommitteeMember {
        var committee = try committee()
        guard committee.member(person) == nil else { throw PermitError.alreadyAMember }
        try files.createDirectory(folder.keys, mode: 0o700)
        let key = try MemberKey(person: person, random: random)
        let member = CommitteeMember(person: person, name: name, key: try key.publicKey)
        try committee.add(member)
        try key.write(to: keyPath(person), passphrase: passphrase, random: random, in: files)
        try record(.committeeChanged, digest: Digest(sha256: member.key.bytes), by: person)
        try committee.write(folder.committee, in: files)
        return member
    }

    /// Takes a member off the list; their signatures no longer count.
    public func remove(_ person: PersonID) throws {
        var committee = try committee()
        try committee.remove(person)
        try record(.committeeChanged, by: person)
        try committee.write(folder.committee, in: files)
    }

    public func key(of person: PersonID, passphrase: String) throws(PermitError) -> MemberKey {
        try MemberKey.read(keyPath(person), passphrase: passphrase, in: files)
    }
}

extension Node {
    /// Where the committee's decisions lie.
    var governanceFolder: GovernanceFolder { GovernanceFolder(FilePath.join(folder.path, "governance")) }

    /// The opt-out list, which counts without a federation too; nil where there is none.
    func optOutList() throws -> OptOutList? {
        guard try files.exists(governanceFolder.optOut) else { return nil }
        return try OptOutList(folder: governanceFolder, random: random, files: files)
    }

    /// What the committee of this node has decided.
    ///
    /// - Throws: ``NodeError/link(_:)`` where the node belongs to no federation: permits are of one.
    public func governance() throws -> NodeGovernance {
        guard let identity = try PartyIdentity(folder: folder.federation, files: files) else {
            throw NodeError.link(
                "the node in \(folder.path) belongs to no federation; permits, approvals and signatures are of one")
        }
        let place = governanceFolder
        return NodeGovernance(
            folder: place, site: identity.site, federation: identity.federation,
            book: try PermitBook(
                folder: place, site: identity.site, federation: identity.federation, files: files),
            approvals: try ApprovalBook(
                folder: place, site: identity.site, federation: identity.federation, files: files),
            audit: try AuditLog(path: folder.audit, files: files, clock: clock), files: files, clock: clock,
            random: random)
    }
}
