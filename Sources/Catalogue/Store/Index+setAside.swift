import FoundationEssentials
import GRDB
import Runtime

/// Files that are not in the index, and why. A place is listed once, with what was last found there, until a file that
/// is there is taken in.
extension Index {
    /// Lists files in one transaction, with what is wrong with them; those without a reason are not DICOM.
    public func setAside(_ entries: [(path: String, reason: String?, source: SourceKey)]) throws(IndexError) {
        guard !entries.isEmpty else { return }
        let now = Timestamp.text(clock.now)
        try write { db in
            let statement = try db.cachedStatement(
                sql: """
                    INSERT INTO set_aside (place, path, reason, recorded) VALUES (?, ?, ?, ?)
                    ON CONFLICT (place) DO UPDATE
                        SET path = excluded.path, reason = excluded.reason, recorded = excluded.recorded
                    """)
            for entry in entries {
                try statement.execute(arguments: [Data(entry.source.place), entry.path, entry.reason, now])
            }
        }
    }

    /// The files that were set aside with a reason, by path.
    public func quarantine() throws(IndexError) -> [QuarantineEntry] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT path, reason, recorded FROM set_aside WHERE reason IS NOT NULL ORDER BY path"
            ).map { row in
                QuarantineEntry(
                    path: try row.decode(atIndex: 0), reason: try row.decode(atIndex: 1),
                    recorded: try row.decode(atIndex: 2))
            }
        }
    }

    /// Takes files out of the lists, by path. What is still wrong with them is found again when they are taken in again.
    public func forgetSetAside(_ paths: [String]) throws(IndexError) {
        guard !paths.isEmpty else { return }
        try write { db in
            let statement = try db.cachedStatement(sql: "DELETE FROM set_aside WHERE path = ?")
            for path in paths { try statement.execute(arguments: [path]) }
        }
    }

    /// The files that are not DICOM, by path.
    public func notDICOM() throws(IndexError) -> [NotDICOMEntry] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT path, recorded FROM set_aside WHERE reason IS NULL ORDER BY path")
                .map { NotDICOMEntry(path: try $0.decode(atIndex: 0), recorded: try $0.decode(atIndex: 1)) }
        }
    }
}
