import Rounds
import Testing

@Suite(.needsCancerTables) struct TableTests {
    struct Cross: Decodable {
        let first: String, second: String, counts: [[Int64]], chi2: Double, p: Double, degrees: Int, cramersV: Double
        let yates: Double?, yatesP: Double?, fisher: Double?, oddsRatio: Double?, low: Double?, high: Double?
    }
    struct Fisher: Decodable { let counts: [Int64], p: Double }
    struct Bins: Decodable { let edges: [Double], counts: [Int64] }
    struct File: Decodable { let crosstab: [Cross], fisher: [Fisher], histogram: Bins }

    @Test(arguments: splits) func tablesAndTheirTestsAreThoseOfScipy(sites: Int, withEmpty: Bool) throws {
        let golden: File = try Golden.read("describe.json")
        let tables = try CancerTables.table("gbsg2").split(into: sites, withEmpty: withEmpty)
        for wanted in golden.crosstab {
            let formula = try Formula("~ \(wanted.first) + \(wanted.second)")
            let outcome = try LocalRun(CrossTable(formula)).run(tables).outcome
            #expect(outcome.cells == wanted.counts.map { $0.map { .exact($0) } })
            let chi = try #require(outcome.chiSquared)
            #expect(chi.degrees == wanted.degrees)
            #expect(Golden.relative([chi.statistic, chi.p], [wanted.chi2, wanted.p]) < 1e-11)
            #expect(Golden.relative([outcome.cramersV ?? .nan], [wanted.cramersV]) < 1e-11)
            guard let yates = wanted.yates, let yatesP = wanted.yatesP, let fisher = wanted.fisher,
                let ratio = wanted.oddsRatio, let low = wanted.low, let high = wanted.high
            else { continue }
            #expect(
                Golden.relative([outcome.yates?.statistic ?? .nan, outcome.yates?.p ?? .nan], [yates, yatesP]) < 1e-11)
            #expect(Golden.relative([outcome.fisher ?? .nan], [fisher]) < 1e-11)
            let odds = try #require(outcome.oddsRatio)
            #expect(Golden.relative([odds.estimate, odds.low, odds.high], [ratio, low, high]) < 1e-12)
        }
        #expect(golden.crosstab.count == 3)
    }

    @Test func fishersTestIsExact() throws {
        let golden: File = try Golden.read("describe.json")
        for wanted in golden.fisher {
            let c = wanted.counts
            let p = try #require(ContingencyTests.fisher(c[0], c[1], c[2], c[3]))
            #expect(Golden.relative([p], [wanted.p]) < 1e-12, "\(c)")
        }
        #expect(ContingencyTests.fisher(-1, 2, 3, 4) == nil)
        #expect(ContingencyTests.fisher(.max, 2, 3, 4) == nil)
        #expect(ContingencyTests.chiSquared([[0, 0], [3, 4]]) == nil)
    }

    @Test(arguments: splits) func histogramsAreThoseOfNumpy(sites: Int, withEmpty: Bool) throws {
        let golden: File = try Golden.read("describe.json")
        let tables = try CancerTables.table("gbsg2").split(into: sites, withEmpty: withEmpty)
        let outcome = try LocalRun(try Histogram("age", edges: golden.histogram.edges)).run(tables).outcome
        #expect(outcome.counts == golden.histogram.counts.map { .exact($0) })
        let chosen = try LocalRun(try Histogram("age", bins: 12)).run(tables).outcome
        // Every patient is in one bin, or below or above them all.
        let all = (chosen.counts + [chosen.below, chosen.above]).reduce(0) { $0 + ($1?.value ?? .min) }
        #expect(all == 686)
        #expect(chosen.edges.allSatisfy { ($0 * 2).rounded() == $0 * 2 })
    }

    @Test func theLastEdgeBelongsToTheLastBin() throws {
        let table = try CohortTable(rows: 6, ["x": .numbers([0, 1, 2, -1, 3, .nan])])
        let outcome = try LocalRun(try Histogram("x", edges: [0, 1, 2])).run([table]).outcome
        #expect(outcome.counts == [.exact(1), .exact(2)])
        #expect(outcome.below == .exact(1) && outcome.above == .exact(1) && outcome.missing == .exact(1))
        #expect(throws: RoundsError.self) { try Histogram("x", edges: [0, 0]) }
        #expect(throws: RoundsError.self) { try Histogram("x", edges: [.nan, 1]) }
        #expect(throws: RoundsError.self) { try Histogram("x", bins: 0) }
    }

    @Test func totalsDoNotGiveSmallCellsAway() throws {
        func suppressed(_ counts: [[Int64]]) throws -> CrossTable.Outcome {
            var rows: [(String, String)] = []
            for (row, line) in counts.enumerated() {
                for (column, count) in line.enumerated() {
                    rows += Array(repeating: ("r\(row)", "c\(column)"), count: Int(count))
                }
            }
            let table = try CohortTable(
                rows: rows.count,
                ["a": .categories(named: rows.map(\.0)), "b": .categories(named: rows.map(\.1))])
            var run = LocalRun(CrossTable(try Formula("~ a + b")))
            run.rules = DisclosureRules(minimumCell: 5, minimumRows: 0, minimumSites: 1)
            return try run.run([table]).outcome
        }
        // One small cell of 2 × 2: with the totals any other cell would give it away.
        let two = try suppressed([[3, 20], [30, 40]])
        #expect(two.cells == [[.below(5), nil], [nil, nil]])
        #expect(two.rowTotals == [.exact(23), .exact(70)])
        #expect(two.chiSquared == nil && two.fisher == nil)
        // In 3 × 3 one more in its row, one in its column, and the fourth of that rectangle.
        let three = try suppressed([[3, 20, 50], [30, 40, 60], [35, 45, 55]])
        #expect(
            three.cells == [
                [.below(5), nil, .exact(50)], [nil, nil, .exact(60)], [.exact(35), .exact(45), .exact(55)],
            ])
        // Two small cells of one patient each: a total of two would give both away.
        let ones = try suppressed([[1, 1, 20], [30, 40, 60]])
        #expect(ones.cells[0] == [.below(5), .below(5), nil])
        let free = try suppressed([[5, 20], [30, 0]])
        #expect(free.cells == [[.exact(5), .exact(20)], [.exact(30), .exact(0)]])
        #expect(free.chiSquared != nil)
    }

    @Test func oneCategoryIsATableOfItsLevels() throws {
        let outcome = try LocalRun(CrossTable(try Formula("~ tgrade"))).run([try CancerTables.table("gbsg2")]).outcome
        // Schumacher et al. 1994, table 1: 81, 444 and 161 women with grades I to III.
        #expect(outcome.rowTotals == [.exact(81), .exact(444), .exact(161)])
        let plan = try Plan(text: "table(stage, C(grade, levels=[1, 2]))")
        #expect(String(decoding: plan.json, as: UTF8.self) == #"{"formula":"~ stage + C(grade, levels=[1, 2])"}"#)
        #expect(throws: RoundsError.self) { try CrossTable(try Formula("~ age")).start(Schema(["age": .number])) }
    }
}
