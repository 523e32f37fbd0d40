import FoundationEssentials
import GRDB

extension Index {
    /// Makes these the descriptions of the site's data sets; those that are described no more lose their description, and
    /// keep their series.
    ///
    /// - Returns: whether anything changed.
    public func describe(dataSets: [DataSetDescription]) throws(IndexError) -> Bool {
        let encoder = JSONEncoder()
        return try write { db in
            var words = Terms(db)
            var wanted: [Int64: DataSetDescription] = [:]
            for dataSet in dataSets {
                if let term = try words.number(dataSet.name), wanted[term] == nil { wanted[term] = dataSet }
            }
            let known = try Self.described(db)
            guard known != wanted else { return false }
            try db.execute(sql: "DELETE FROM dataset")
            for (term, dataSet) in wanted {
                try db.execute(
                    sql: "INSERT INTO dataset (term, description) VALUES (?, ?)",
                    arguments: [term, String(decoding: try encoder.encode(dataSet), as: UTF8.self)])
            }
            try db.execute(sql: "UPDATE state SET changes = changes + 1")
            return true
        }
    }

    /// What the site says of its data sets, by name.
    public func dataSets() throws(IndexError) -> [DataSetDescription] {
        try read { db in try Self.described(db).values.sorted { $0.name < $1.name } }
    }

    static func described(_ db: Database) throws -> [Int64: DataSetDescription] {
        var found: [Int64: DataSetDescription] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT term, description FROM dataset") {
            let text: String = try row.decode(atIndex: 1)
            found[try row.decode(atIndex: 0)] = try JSONDecoder().decode(
                DataSetDescription.self, from: Data(text.utf8))
        }
        return found
    }
}
