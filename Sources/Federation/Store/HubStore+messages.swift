import FoundationEssentials
import GRDB

extension HubStore {
    /// Stores a question to all its recipients in one transaction.
    func add(_ envelopes: [Envelope]) async throws(FederationError) {
        let rows = try envelopes.map { envelope throws(FederationError) in
            (envelope.header, try StoredEnvelope.write(envelope))
        }
        try await commits.write { database in
            for (header, bytes) in rows {
                try database.cachedStatement(sql: "INSERT INTO task VALUES (?, ?, ?, ?, 'waiting')").execute(
                    arguments: [header.id.text, header.recipient.text, bytes, header.expires.milliseconds])
            }
        }
    }

    /// What waits for a site, oldest first, as much as fits into one answer.
    func waiting(for site: SiteID, now: Moment) throws(FederationError) -> [Envelope] {
        try read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT envelope FROM task WHERE recipient = ? AND state = 'waiting' AND expires > ?
                        ORDER BY expires, id LIMIT ?
                        """), arguments: [site.text, now.milliseconds, MessageLimits.messagesPerPoll])
            var envelopes: [Envelope] = []
            var bytes = 0
            while let row = try rows.next() {
                let data: Data = row["envelope"]
                bytes += data.count
                if !envelopes.isEmpty, bytes > MessageLimits.bytesPerPoll { break }
                envelopes.append(try StoredEnvelope.read(data))
            }
            return envelopes
        }
    }

    /// Notes that these messages are on the site's disk.
    func acknowledge(_ ids: [MessageID], by site: SiteID) async throws(FederationError) {
        try await commits.write { database in
            for id in ids {
                try database.cachedStatement(
                    sql: "UPDATE task SET state = 'received' WHERE id = ? AND recipient = ? AND state = 'waiting'"
                ).execute(arguments: [id.text, site.text])
            }
        }
    }

    enum Acceptance: Sendable, Equatable {
        case taken
        /// The very same message had been taken before.
        case again
        case refused(RefusalReason)
    }

    /// Takes a site's message: an answer to its question, anything else to the handlers. One transaction, so that a
    /// message that is acknowledged is stored, and one that is stored is never taken again.
    ///
    /// - Parameter trace: writes the audit entry of a new message; what cannot be traced does not happen.
    func accept(
        _ message: VerifiedEnvelope, now: Moment, trace: @escaping @Sendable () throws -> Void
    ) async throws(FederationError) -> Acceptance {
        let header = message.header
        let digest = message.envelope.digest
        let bytes = try StoredEnvelope.write(message.envelope)
        return try await commits.write { database in
            let remembered = try Data.fetchOne(
                database.cachedStatement(sql: "SELECT digest FROM seen WHERE sender = ? AND id = ?"),
                arguments: [header.sender.text, header.id.text])
            switch ReplayGuard.judge(digest, remembered: remembered.map { [UInt8]($0) }) {
            case .again: return .again
            case .forged: return .refused(.replayed)
            case .new: break
            }
            if let question = header.answers {
                // The same answer for a question that was never asked, was asked of others, or is over.
                try database.cachedStatement(
                    sql: """
                        UPDATE task SET state = 'answered'
                        WHERE id = ? AND recipient = ? AND expires > ? AND state <> 'answered'
                        """
                ).execute(arguments: [question.text, header.sender.text, now.milliseconds])
                guard database.changesCount == 1 else { return .refused(.notFound) }
                try database.cachedStatement(sql: "INSERT INTO answer VALUES (?, ?, ?)").execute(arguments: [
                    question.text, header.sender.text, bytes,
                ])
            } else {
                guard try Self.hasRoom(for: bytes.count, of: header.sender, in: database) else {
                    return .refused(.tooManyWaiting)
                }
                try database.cachedStatement(sql: "INSERT INTO incoming (kind, envelope, sender) VALUES (?, ?, ?)")
                    .execute(arguments: [header.kind, bytes, header.sender.text])
            }
            try database.cachedStatement(sql: "INSERT INTO seen VALUES (?, ?, ?, ?)").execute(arguments: [
                header.sender.text, header.id.text, Data(digest),
                Freshness.remember(until: header.expires).milliseconds,
            ])
            try trace()
            return .taken
        }
    }

    /// Whether another message of the site may wait for its handler: none may fill the disk that is everybody's.
    private static func hasRoom(for bytes: Int, of site: SiteID, in database: Database) throws -> Bool {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT count(*) AS messages, total(length(envelope)) AS bytes FROM incoming WHERE sender = ?"),
            arguments: [site.text])
        let messages: Int = row?["messages"] ?? 0
        let held: Double = row?["bytes"] ?? 0
        return messages < MessageLimits.waitingMessages && held + Double(bytes) <= Double(MessageLimits.waitingBytes)
    }
}

/// Envelopes in a database: their JSON, as they travel.
enum StoredEnvelope {
    static func write(_ envelope: Envelope) throws(FederationError) -> Data {
        do { return Data(try WireJSON.encode(envelope)) } catch { throw .store("an envelope could not be written") }
    }

    static func read(_ data: Data) throws(FederationError) -> Envelope {
        do {
            return try WireJSON.decode(Envelope.self, from: [UInt8](data))
        } catch {
            throw .store("a stored envelope cannot be read")
        }
    }
}
