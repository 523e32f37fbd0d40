import Rounds
import Testing

@Suite(.needsCancerTables) struct DescribeTests {
    struct Described: Decodable {
        struct Variable: Decodable {
            let name: String, count: Int64, missing: Int64, sum: Double, mean: Double, variance: Double
            let standardError: Double, fifth: Double, fifthLast: Double
        }
        let table: String
        let variables: [Variable]
    }
    struct QuantileCases: Decodable {
        struct Table: Decodable { let table: String, variable: String, values: [Double] }
        let probabilities: [Double]
        let tables: [Table]
    }
    struct Missing: Decodable { let names: [String], missing: [Int64], rows: Int64, complete: Int64 }
    struct File: Decodable {
        let describe: [Described]
        let quantiles: QuantileCases
        let missing: Missing
    }

    @Test(arguments: splits) func descriptionsAreThoseOfNumpy(sites: Int, withEmpty: Bool) throws {
        let golden: File = try Golden.read("describe.json")
        for wanted in golden.describe {
            var run = LocalRun(Describe(wanted.variables.map(\.name)))
            run.rules = DisclosureRules(minimumCell: 5, minimumRows: 0, minimumSites: 1)
            let (outcome, rounds) = try run.run(
                try CancerTables.table(wanted.table).split(into: sites, withEmpty: withEmpty))
            #expect(rounds == 9)
            for (ours, theirs) in zip(outcome.variables, wanted.variables) {
                #expect(ours.name == theirs.name)
                #expect(ours.count == .exact(theirs.count))
                #expect(ours.missing == ProtectedCount(theirs.missing, minimumCell: 5))
                let numbers = [ours.sum, ours.mean, ours.variance, ours.standardError].map { $0 ?? .nan }
                #expect(
                    Golden.relative(numbers, [theirs.sum, theirs.mean, theirs.variance, theirs.standardError]) < 1e-12)
                // The bounds are data values, found to the bit.
                #expect(ours.low == theirs.fifth)
                #expect(ours.high == theirs.fifthLast)
            }
        }
    }

    @Test(arguments: splits) func quantilesAreThoseOfNumpyToTheBit(sites: Int, withEmpty: Bool) throws {
        let golden: File = try Golden.read("describe.json")
        for wanted in golden.quantiles.tables {
            let quantiles = try Quantiles([wanted.variable], probabilities: golden.quantiles.probabilities)
            let tables = try CancerTables.table(wanted.table).split(into: sites, withEmpty: withEmpty)
            let outcome = try LocalRun(quantiles).run(tables).outcome
            #expect(Golden.relative(outcome.quantiles.map { $0.value ?? .nan }, wanted.values) < 1e-15)
        }
    }

    @Test func negativeNumbersAndZerosKeepTheirOrder() throws {
        // Sorted by hand: -3.5, -1e-300, 0, 0, 2, 7e300; the medians' neighbours are the two zeros.
        let table = try CohortTable(rows: 7, ["x": .numbers([2, -0.0, 7e300, -3.5, 0, .nan, -1e-300])])
        let outcome = try LocalRun(try Quantiles(["x"], probabilities: [0.2, 0.5, 0.8])).run([table]).outcome
        #expect(outcome.quantiles.map(\.value) == [-1e-300, 0, 2])
    }

    @Test func missingValuesAreCountedByVariableAndByRow() throws {
        let golden: File = try Golden.read("describe.json")
        let tables = try CancerTables.table("lung").split(into: 18)
        let outcome = try LocalRun(MissingReport(golden.missing.names)).run(tables).outcome
        #expect(outcome.rows == golden.missing.rows)
        #expect(outcome.complete == .exact(golden.missing.complete))
        #expect(outcome.variables.map(\.missing) == golden.missing.missing.map { .exact($0) })
    }

    @Test func whatIsTooSmallIsHiddenOnBothSides() throws {
        let rules = DisclosureRules(minimumCell: 5, minimumRows: 0, minimumSites: 1)
        // 100 rows: 97 missing (3 present), 2 missing, 40 missing.
        let table = try CohortTable(
            rows: 100,
            [
                "a": .numbers((0..<100).map { $0 < 3 ? 1 : .nan }), "b": .numbers((0..<100).map { $0 < 2 ? .nan : 1 }),
                "c": .numbers((0..<100).map { $0 < 40 ? .nan : 1 }),
            ])
        var run = LocalRun(MissingReport(["a", "b", "c"]))
        run.rules = rules
        #expect(try run.run([table]).outcome.variables.map(\.missing) == [.atLeast(96), .below(5), .exact(40)])
        var describe = LocalRun(Describe(["a", "c"]))
        describe.rules = rules
        let described = try describe.run([table]).outcome.variables
        #expect(described[0].count == .below(5) && described[0].mean == nil && described[0].low == nil)
        #expect(described[1].count == .exact(60))
        var quantiles = LocalRun(try Quantiles(["c"], probabilities: [0.01, 0.5]))
        quantiles.rules = rules
        #expect(try quantiles.run([table]).outcome.quantiles.map(\.value) == [nil, 1])
    }

    @Test func wrongVariablesAndProbabilitiesAreExplained() throws {
        let schema = Schema(["age": .number, "stage": .category(levels: ["I", "II"])])
        #expect(throws: RoundsError.self) { try Describe(["stage"]).start(schema) }
        #expect(throws: RoundsError.self) { try Describe(["aeg"]).start(schema) }
        #expect(throws: RoundsError.self) { try Describe([]).start(schema) }
        #expect(throws: RoundsError.self) { try Quantiles(["age"], probabilities: [0]) }
        #expect(throws: RoundsError.self) {
            try Describe(["age"]).local(
                CohortTable(rows: 1, ["age": .numbers([.infinity])]), Describe(["age"]).start(schema))
        }
    }
}
