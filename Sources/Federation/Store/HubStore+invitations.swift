import FoundationEssentials
import GRDB

/// An invitation as the hub keeps it: enough to check a proof, not enough to print the invitation again.
struct StoredInvitation: Sendable {
    var id: MessageID
    var site: SiteID
    var name: String
    var country: String
    var approval: Approval
    var proofKey: [UInt8]
    var expires: Moment
    var usedBy: [UInt8]?
}

extension HubStore {
    /// Stores an invitation. One for a site that was invited before replaces the earlier one.
    func add(_ invitation: StoredInvitation) throws(FederationError) {
        try write { database in
            try database.execute(
                sql: "DELETE FROM invitation WHERE site = ? AND usedBy IS NULL", arguments: [invitation.site.text])
            try database.execute(
                sql: "INSERT INTO invitation VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
                arguments: [
                    invitation.id.text, invitation.site.text, invitation.name, invitation.country,
                    invitation.approval.rawValue, Data(invitation.proofKey), invitation.expires.milliseconds,
                ])
        }
    }

    /// Whether a site or an open invitation has this identifier.
    func isTaken(_ site: SiteID) throws(FederationError) -> Bool {
        try read { database in
            try Bool.fetchOne(
                database,
                sql:
                    "SELECT EXISTS (SELECT 1 FROM site WHERE id = ?1) OR EXISTS (SELECT 1 FROM invitation WHERE site = ?1)",
                arguments: [site.text]) ?? false
        }
    }

    /// What came of a join.
    enum JoinResult: Sendable {
        case joined(StoredSite, isNew: Bool)
        case refused(RefusalReason)
    }

    /// Uses the invitation for these keys, in one transaction: two nodes with one invitation cannot both join.
    ///
    /// The same keys may come again with the same invitation, since the answer to the first may have been lost.
    ///
    /// - Parameter trace: writes the audit entries of a new site; what cannot be traced does not happen.
    func join(
        _ claim: JoinProof.Claim, proof: [UInt8], now: Moment, trace: @escaping @Sendable (StoredSite) throws -> Void
    ) async throws(FederationError) -> JoinResult {
        try await commits.write { database in
            guard let invitation = try Self.invitation(claim.invitation, in: database),
                invitation.site == claim.site,
                JoinProof.isValid(proof, of: claim, key: invitation.proofKey)
            else { return .refused(.invitationNotAccepted) }
            if let key = invitation.usedBy {
                guard key == claim.keys.signing, let site = try Self.site(claim.site, in: database) else {
                    return .refused(.invitationUsed)
                }
                // A later invitation may have given the site other keys since.
                return site.keys == claim.keys ? .joined(site, isNew: false) : .refused(.invitationUsed)
            }
            guard invitation.expires > now else { return .refused(.invitationExpired) }
            try database.execute(
                sql: "UPDATE invitation SET usedBy = ? WHERE id = ?",
                arguments: [Data(claim.keys.signing), invitation.id.text])
            let state: SiteRecord.State = invitation.approval == .automatic ? .admitted : .waiting
            try database.execute(
                sql: "INSERT OR REPLACE INTO site VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?)",
                arguments: [
                    claim.site.text, claim.name, claim.country, state.rawValue, Data(claim.keys.signing),
                    Data(claim.keys.agreement), now.milliseconds, now.milliseconds,
                ])
            guard let site = try Self.site(claim.site, in: database) else { return .refused(.unavailable) }
            try trace(site)
            return .joined(site, isNew: true)
        }
    }

    private static func invitation(_ id: MessageID, in database: Database) throws -> StoredInvitation? {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM invitation WHERE id = ?", arguments: [id.text])
        else { return nil }
        guard let site = SiteID(row["site"]), let approval = Approval(rawValue: row["approval"]),
            let expires = Moment(milliseconds: row["expires"])
        else { return nil }
        return StoredInvitation(
            id: id, site: site, name: row["name"], country: row["country"], approval: approval,
            proofKey: row.bytes("proofKey"), expires: expires, usedBy: (row["usedBy"] as Data?).map { [UInt8]($0) })
    }
}
