public import Cohort
import GRDB

extension Index {
    /// Everything that the site holds: true numbers, for the site's own people.
    public func totals() throws(IndexError) -> Counts {
        try read { try Self.totals($0) }
    }

    static func totals(_ db: Database) throws -> Counts {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT (SELECT count(*) FROM patient), (SELECT count(*) FROM study), count(*), coalesce(sum(images), 0) FROM series
                """)
        guard let row else { return Counts() }
        return Counts(
            patients: try row.decode(atIndex: 0), studies: try row.decode(atIndex: 1),
            series: try row.decode(atIndex: 2),
            images: try row.decode(atIndex: 3))
    }
}
