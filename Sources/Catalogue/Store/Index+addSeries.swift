import FoundationEssentials
import GRDB
import Runtime

extension Index {
    /// Makes the index hold what a table of series lists: new rows are added, changed ones updated, and series that an
    /// earlier form of the table listed and this one does not are removed. All of it or nothing, in one transaction.
    ///
    /// - Parameters:
    ///   - listing: the table's name: what is loaded under the same name again replaces what was loaded before.
    ///   - version: changes with the table's content; kept, so that ``listingVersion(of:)`` tells whether it is loaded.
    ///   - next: gives one row after the other, nil after the last. What it throws ends the load, and is thrown on.
    ///   - outcome: is told what became of each row, and which of its values contradict earlier rows.
    public func load(
        listing: String, version: [UInt8], next: () throws -> SeriesRecord?,
        outcome: (ListingOutcome, Set<ListingConflict>) -> Void
    ) throws -> ListingChanges {
        var failure: (any Error)?
        do throws(IndexError) {
            return try write { db in
                var writer = try ListingWriter(db, listing: listing)
                while true {
                    let record: SeriesRecord?
                    do { record = try next() } catch {
                        failure = error
                        throw error
                    }
                    guard let record else { break }
                    let (result, conflicts) = try writer.add(record)
                    outcome(result, conflicts)
                }
                return try writer.finish(version: version, at: Timestamp.text(clock.now))
            }
        } catch {
            throw failure ?? error
        }
    }

    /// The version under which a table was loaded last; nil where it was not.
    public func listingVersion(of listing: String) throws(IndexError) -> [UInt8]? {
        try read { db in
            try Data.fetchOne(db, sql: "SELECT version FROM listing WHERE name = ?", arguments: [listing]).map(
                Array.init)
        }
    }

    /// What was made from a table that was loaded: its series are removed, and patients and studies that have no others.
    public func remove(listing: String) throws -> ListingChanges {
        try load(listing: listing, version: [], next: { nil }, outcome: { _, _ in })
    }
}
