import FoundationEssentials
import GRDB
import Runtime

/// An object's place among others: pseudonyms and new UIDs.
public struct ObjectPlace: Sendable, Equatable {
    /// The patient's pseudonym.
    public let patient: String
    public let study: String
    public let series: String
    /// The SOP Instance UID.
    public let instance: String
    public let sopClass: String?
    /// SHA-256 of the object, in hexadecimal.
    public let digest: String
    /// Bytes in it.
    public let size: Int
    /// Grows with every object that is added.
    public let number: Int64
}

extension Index {
    /// Where the object with that digest belongs; nil where it is not in the index.
    public func place(of digest: String) throws(IndexError) -> ObjectPlace? {
        guard let bytes = Hex.bytes(digest) else { return nil }
        return try read { db in
            try Row.fetchOne(db, sql: Self.places + " WHERE instance.digest = ?", arguments: [Data(bytes)])
                .map(ObjectPlace.init)
        }
    }

    /// The objects that were added after the one with that number, in the order in which they were added.
    public func places(after number: Int64, limit: Int) throws(IndexError) -> [ObjectPlace] {
        try read { db in
            try Row.fetchAll(
                db, sql: Self.places + " WHERE instance.id > ? ORDER BY instance.id LIMIT ?",
                arguments: [number, limit]
            ).map(ObjectPlace.init)
        }
    }

    private static let places = """
        SELECT pseudonym, study.uid, series.uid, instance.uid, term.text, digest, size, instance.id
        FROM instance
            JOIN series ON series.id = instance.series
            JOIN study ON study.id = series.study
            JOIN patient ON patient.id = series.patient
            LEFT JOIN term ON term.id = instance.sop_class
        """
}

extension ObjectPlace {
    fileprivate init(_ row: Row) throws {
        patient = try row.decode(atIndex: 0)
        study = try row.decode(atIndex: 1)
        series = try row.decode(atIndex: 2)
        instance = try row.decode(atIndex: 3)
        sopClass = try row.decode(atIndex: 4)
        digest = Hex.text(Array(try row.decode(Data.self, atIndex: 5)))
        size = try row.decode(atIndex: 6)
        number = try row.decode(atIndex: 7)
    }
}
