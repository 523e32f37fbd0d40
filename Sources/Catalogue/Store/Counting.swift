import Cohort
import GRDB

/// The statements that count.
///
/// One pass over `series_scan` finds what a condition selects, in the order of patients and studies, so that counting
/// distinct ones needs no sorting and no memory of them; SQLite's own `count(DISTINCT …)`, once for every facet, takes
/// several times as long.
enum Counting {
    static func count(
        _ condition: Condition, facets: [String], in db: Database
    ) throws -> (counts: Counts, facets: [String: [String: Int]]) {
        let plan = try Planner.plan(condition) { word in
            try Int64.fetchOne(db.cachedStatement(sql: "SELECT id FROM term WHERE text = ?"), arguments: [word])
        }
        let known = facets.compactMap(CohortFacet.find)
        let values = known.compactMap(value)
        guard values.count == facets.count else { throw IndexError.failed("a breakdown that the index cannot make") }
        let expressions = plan.expressions.isEmpty ? "" : "WITH \(plan.expressions.joined(separator: ",\n"))\n"
        let sql = """
            \(expressions)SELECT patient, study, images\(values.map { ", " + $0 }.joined())
            FROM \(plan.table) WHERE \(plan.condition) ORDER BY patient, study
            """
        var tally = Tally(facets: values.count)
        let rows = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(plan.arguments))
        while let row = try rows.next() {
            // None of these columns is NULL: the table or `coalesce` sees to it.
            tally.add(patient: row[0], study: row[1], images: row[2])
            for facet in values.indices { tally.add(value: row[facet + 3], of: facet) }
        }
        var cells: [String: [String: Int]] = [:]
        for (facet, numbers) in zip(known, tally.facets) { cells[facet.name] = try named(numbers, of: facet, in: db) }
        return (tally.counts, cells)
    }

    /// The number of a facet's value: 0 where it is not recorded.
    private static func value(of facet: CohortFacet) -> String? {
        guard let column = SeriesColumns.column(of: facet.attribute) else { return nil }
        return facet.attribute.kind == .age
            ? "coalesce(1 + min(\(AgeBand.all.count - 1), CAST(max(age, 0) / 10 AS INTEGER)), 0)"
            : "coalesce(\(column.name), 0)"
    }

    /// Patients by value, from patients by the value's number.
    private static func named(_ numbers: [Int], of facet: CohortFacet, in db: Database) throws -> [String: Int] {
        var cells: [String: Int] = [:]
        for (number, patients) in numbers.enumerated() where patients > 0 {
            if number == 0 {
                cells[CohortFacet.notRecorded] = patients
            } else if facet.attribute.kind == .age {
                cells[AgeBand.all[number - 1]] = patients
            } else {
                let word = try String.fetchOne(
                    db.cachedStatement(sql: "SELECT text FROM term WHERE id = ?"), arguments: [number])
                guard let word else { throw IndexError.damaged }
                cells[word] = patients
            }
        }
        return cells
    }

    /// Patients of the site none of whose series record an attribute, by its name.
    static func notRecorded(_ attributes: [CohortAttribute], in db: Database) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        var columns: [(attribute: String, name: String)] = []
        for attribute in attributes {
            guard let column = SeriesColumns.column(of: attribute) else { continue }
            counts[attribute.name] = 0
            // Every series has a number of images: there is nothing to look for.
            if attribute != .images { columns.append((attribute.name, column.name)) }
        }
        guard !columns.isEmpty else { return counts }
        let missing = columns.enumerated().map { "min(\($0.element.name) IS NULL) AS none\($0.offset)" }
        let sql = """
            SELECT \(columns.indices.map { "coalesce(sum(none\($0)), 0)" }.joined(separator: ", "))
            FROM (SELECT \(missing.joined(separator: ", ")) FROM \(Planner.scan) GROUP BY patient)
            """
        guard let row = try Row.fetchOne(db, sql: sql) else { return counts }
        for (place, column) in columns.enumerated() {
            counts[column.attribute] = try row.decode(Int.self, atIndex: place)
        }
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
