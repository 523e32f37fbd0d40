import Cohort
import GRDB

/// The statements that count.
///
/// One pass over the series in the order of patients gathers what is selected into groups of one study, modality, body
/// part and manufacturer: some ten times fewer than series. Counts and facets are taken from the groups.
enum Counting {
    static func count(
        _ condition: Condition, facets: [String], in db: Database
    ) throws -> (counts: Counts, facets: [String: [String: Int]]) {
        let plan = try Planner.plan(condition) { word in
            try Int64.fetchOne(db.cachedStatement(sql: "SELECT id FROM term WHERE text = ?"), arguments: [word])
        }
        let groups = """
            chosen AS MATERIALIZED (
                SELECT patient, study, modality, body_part, manufacturer, sex, age,
                    count(*) AS series, sum(images) AS images
                FROM \(plan.table) WHERE \(plan.condition)
                GROUP BY patient, study, modality, body_part, manufacturer)
            """
        let parts =
            ["SELECT NULL, NULL, count(DISTINCT patient), count(DISTINCT study), sum(series), sum(images) FROM chosen"]
            + facets.compactMap(part)
        let sql = """
            WITH \((plan.expressions + [groups]).joined(separator: ",\n"))
            \(parts.joined(separator: "\nUNION ALL\n"))
            """
        var counts = Counts()
        var cells: [String: [String: Int]] = [:]
        let rows = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(plan.arguments))
        while let row = try rows.next() {
            let patients = try row.decode(Int.self, atIndex: 2)
            if let facet = try row.decode(String?.self, atIndex: 0) {
                let value = try row.decode(String?.self, atIndex: 1) ?? CohortFacet.notRecorded
                cells[facet, default: [:]][value] = patients
            } else {
                counts = Counts(
                    patients: patients, studies: try row.decode(atIndex: 3),
                    series: try row.decode(Int?.self, atIndex: 4) ?? 0,
                    images: try row.decode(Int?.self, atIndex: 5) ?? 0)
            }
        }
        return (counts, cells)
    }

    /// Patients by the value of a facet.
    private static func part(of facet: String) -> String? {
        guard let known = CohortFacet.find(facet), let column = SeriesColumns.column(of: known.attribute) else {
            return nil
        }
        let value: String
        let key: String
        if known.attribute.kind == .age {
            key = "min(9, CAST(max(age, 0) / 10 AS INTEGER))"
            let names = AgeBand.all.enumerated().map { "WHEN \($0.offset) THEN '\($0.element)'" }
            value = "CASE \(key) \(names.joined(separator: " ")) END"
        } else {
            key = column.name
            value = "(SELECT text FROM term WHERE id = \(column.name))"
        }
        return "SELECT '\(known.name)', \(value), count(DISTINCT patient), 0, 0, 0 FROM chosen GROUP BY \(key)"
    }

    /// Patients of the site none of whose series record an attribute, by its name.
    static func notRecorded(_ attributes: [CohortAttribute], in db: Database) throws -> [String: Int] {
        let columns = attributes.compactMap { attribute in
            SeriesColumns.column(of: attribute).map { (attribute.name, $0.name) }
        }
        guard !columns.isEmpty else { return [:] }
        let sql = """
            SELECT \(columns.indices.map { "coalesce(sum(none\($0)), 0)" }.joined(separator: ", "))
            FROM (SELECT \(columns.enumerated().map { "min(\($0.element.1) IS NULL) AS none\($0.offset)" }.joined(separator: ", "))
                FROM \(Planner.scan) GROUP BY patient)
            """
        guard let row = try Row.fetchOne(db, sql: sql) else { return [:] }
        var counts: [String: Int] = [:]
        for (place, column) in columns.enumerated() { counts[column.0] = try row.decode(Int.self, atIndex: place) }
        return counts
    }

    /// Patients with a study in each year.
    static func years(in db: Database) throws -> [Int: Int] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT date / 10000, count(DISTINCT patient) FROM study WHERE date IS NOT NULL GROUP BY 1")
        var years: [Int: Int] = [:]
        for row in rows { years[try row.decode(atIndex: 0)] = try row.decode(atIndex: 1) }
        return years
    }
}
