import Rounds
import Testing

@Suite(.needsCancerTables) struct ComBatTests {
    struct Case: Decodable {
        let table: String, formula: String, size: Int, sites: Int
        let means: [Double], variances: [Double], shift: [[Double]], scale: [[Double]], everyFortieth: [[Double]]

        /// The sites are runs of rows; the last holds the rest.
        func tables() throws -> [CohortTable] {
            let whole = try CancerTables.table(table)
            return try (0..<sites).map { site in
                try whole.picked(Array((site * size)..<(site == sites - 1 ? whole.rows : (site + 1) * size)))
            }
        }
    }
    struct File: Decodable { let combat: [Case] }

    @Test func harmonisedFeaturesAreThoseOfNeuroCombat() throws {
        let golden: File = try Golden.read("models.json")
        for wanted in golden.combat {
            let tables = try wanted.tables()
            let outcome = try LocalRun(ComBat(try Formula(wanted.formula))).run(tables + [try tables[0].picked([])])
                .outcome
            #expect(Golden.relative(outcome.means, wanted.means) < 1e-11, "\(wanted.formula)")
            #expect(Golden.relative(outcome.variances, wanted.variances) < 1e-11, "\(wanted.formula)")
            var rows: [[Double]] = []
            for (site, table) in tables.enumerated() {
                let (harmonised, effect) = try outcome.harmonised(table)
                #expect(Golden.difference(effect.shift, wanted.shift[site]) < 1e-10, "\(wanted.formula)")
                #expect(Golden.difference(effect.scale, wanted.scale[site]) < 1e-10, "\(wanted.formula)")
                let columns = try outcome.features.map { try harmonised.numbers($0) }
                rows += (0..<table.rows).map { row in columns.map { $0[row] } }
            }
            for (place, row) in wanted.everyFortieth.enumerated() {
                #expect(Golden.difference(rows[40 * place], row) < 1e-9, "\(wanted.formula), row \(40 * place)")
            }
        }
        #expect(golden.combat.count == 3)
    }

    @Test func rowsThatAreNotCompleteAreLeftOutAndMarked() throws {
        let table = try CohortTable(
            rows: 5,
            ["a": .numbers([1, 2, .nan, 4, 7]), "b": .numbers([5, 3, 1, 8, 2]), "c": .numbers([1, 0, 1, .nan, 0])])
        let outcome = try LocalRun(ComBat(try Formula("a, b ~ c"))).run([table, table]).outcome
        #expect(outcome.rows == 6)
        #expect(outcome.missing == .exact(4))
        let harmonised = try outcome.harmonised(table).table
        #expect(try harmonised.numbers("a").map(\.isNaN) == [false, false, true, true, false])
        #expect(try harmonised.numbers("c")[0] == 1)
    }

    @Test func whatCannotBeHarmonisedIsExplained() throws {
        let schema = Schema(["a": .number, "b": .number])
        #expect(throws: RoundsError.self) { try ComBat(try Formula("a ~ b")).start(schema) }
        #expect(throws: RoundsError.self) { try ComBat(try Formula("log(a), b ~ 1")).start(schema) }
        #expect(throws: RoundsError.self) { try ComBat(try Formula("a, b ~ 0")).start(schema) }
        let constant = try CohortTable(rows: 3, ["a": .numbers([2, 2, 2]), "b": .numbers([1, 2, 3])])
        #expect(throws: RoundsError.self) { try LocalRun(ComBat(try Formula("a, b ~ 1"))).run([constant]) }
        let good = try CohortTable(rows: 3, ["a": .numbers([2, 5, 3]), "b": .numbers([1, 2, 3])])
        let outcome = try LocalRun(ComBat(try Formula("a, b ~ 1"))).run([good]).outcome
        #expect(throws: RoundsError.self) { try outcome.harmonised(try good.picked([0])) }
    }
}
