import FoundationEssentials
import GRDB

/// A site as it is stored.
struct StoredSite: Sendable, Equatable {
    var id: SiteID
    var name: String
    var country: String
    var state: SiteRecord.State
    var keys: PublicKeys
    var certificate: [UInt8]?
    var certificateExpires: Moment?
    var joined: Moment
    var lastSeen: Moment?
}

extension StoredSite {
    init(_ row: Row) throws {
        guard let id = SiteID(row["id"]), let state = SiteRecord.State(rawValue: row["state"]),
            let keys = PublicKeys(signing: row.bytes("signing"), agreement: row.bytes("agreement")),
            let joined = Moment(milliseconds: row["joined"])
        else { throw FederationError.store("a site's record does not hold what it should") }
        self.id = id
        self.name = row["name"]
        self.country = row["country"]
        self.state = state
        self.keys = keys
        self.certificate = (row["certificate"] as Data?).map { [UInt8]($0) }
        self.certificateExpires = (row["certificateExpires"] as Int64?).flatMap { Moment(milliseconds: $0) }
        self.joined = joined
        self.lastSeen = (row["lastSeen"] as Int64?).flatMap { Moment(milliseconds: $0) }
    }
}

extension Row {
    func bytes(_ column: String) -> [UInt8] { [UInt8](self[column] as Data) }
}

extension HubStore {
    func sites() throws(FederationError) -> [StoredSite] {
        try read { try Row.fetchAll($0, sql: "SELECT * FROM site ORDER BY id").map(StoredSite.init) }
    }

    func site(_ id: SiteID) throws(FederationError) -> StoredSite? {
        try read { try Self.site(id, in: $0) }
    }

    static func site(_ id: SiteID, in database: Database) throws -> StoredSite? {
        try Row.fetchOne(database.cachedStatement(sql: "SELECT * FROM site WHERE id = ?"), arguments: [id.text]).map(
            StoredSite.init)
    }

    /// Puts a site into `state`; false where there is no such site.
    func setState(_ state: SiteRecord.State, of site: SiteID) throws(FederationError) -> Bool {
        try write { database in
            try database.cachedStatement(sql: "UPDATE site SET state = ? WHERE id = ?").execute(arguments: [
                state.rawValue, site.text,
            ])
            return database.changesCount > 0
        }
    }

    func setCertificate(_ certificate: PartyCertificate) async throws(FederationError) {
        try await commits.write { database in
            try database.cachedStatement(sql: "UPDATE site SET certificate = ?, certificateExpires = ? WHERE id = ?")
                .execute(arguments: [
                    Data(certificate.encoded), Moment(certificate.expires).milliseconds, certificate.site.text,
                ])
        }
    }

    /// Notes when a site was last heard.
    func setLastSeen(_ site: SiteID, _ moment: Moment) async throws(FederationError) {
        try await commits.write { database in
            try database.cachedStatement(sql: "UPDATE site SET lastSeen = ? WHERE id = ?").execute(arguments: [
                moment.milliseconds, site.text,
            ])
        }
    }
}
