import Foundation
import Rounds
import Testing

@Suite(.needsCancerTables) struct OutcomeTableTests {
    /// A whole run over JSON, as hub and sites have it.
    func run(_ text: String, _ tables: [CohortTable]) throws -> (outcome: [UInt8], tables: [ResultTable]) {
        let computation = try ComputationRegistry.computation(try Plan(text: text))
        let rules = DisclosureRules(minimumCell: 5, minimumRows: 10, minimumSites: 2)
        var state = try computation.start(
            try Schema.merged(tables.map { $0.schema(minimumCell: 5) }, sites: tables.indices.map { "\($0)" }))
        for _ in 0..<100 {
            var sum = Contribution.zero(try computation.layout(state))
            for table in tables { try sum.add(try computation.local(table, state)) }
            switch try computation.combine(sum, state, CombineContext(sites: tables.count, rules: rules)) {
            case .next(let next): state = next
            case .done(let outcome): return (outcome, try computation.tables(outcome))
            }
        }
        throw RoundsError.numerical("no end")
    }

    @Test(arguments: [
        "count()", "describe(age, tsize)", "mean(age, bounds=false)", "quantiles(age, p=[0.1, 0.5, 0.9])",
        "missing(age, horTh)", "histogram(tsize, bins=12)", "histogram(age, edges=[20, 50, 81])", "table(tgrade)",
        "table(horTh, C(tgrade, ref='II'))", "ttest(age ~ horTh)", "ttest(tsize, mean=30)", "anova(tsize ~ tgrade)",
        "correlation(age, tsize, pnodes)", "lm(tsize ~ age + tgrade)",
        "glm(binomial, cens ~ age * horTh, confidence=0.9)",
        "poisson(cens ~ tsize + offset(log(time)), weights=pnodes)", "combat(tsize, pnodes ~ age + C(menostat))",
        "roc(age, cens, from=20, to=81, bins=61)", "calibration(p, cens)",
    ])
    func everyOutcomeIsTablesForPeople(_ text: String) throws {
        var table = try CancerTables.table("gbsg2")
        try table.add(.numbers(try table.numbers("age").map { $0 / 100 }), as: "p")
        let (outcome, tables) = try run(text, try table.split(into: 3))
        #expect(!outcome.isEmpty && !tables.isEmpty)
        for shown in tables {
            #expect(!shown.title.isEmpty && !shown.rows.isEmpty)
            #expect(shown.rows.allSatisfy { $0.count == shown.columns.count }, "\(shown.title)")
            #expect(shown.rows.allSatisfy { row in row.allSatisfy { !$0.shown.contains("nan") } })
            let again = try JSONDecoder().decode(ResultTable.self, from: JSONEncoder().encode(shown))
            #expect(again.columns == shown.columns && again.rows.count == shown.rows.count)
        }
    }

    @Test func aLevelOfOneSiteAloneIsAColumnEverywhere() throws {
        let table = try CancerTables.table("gbsg2")
        guard case .categories(let codes, let levels) = try table.variable("tgrade") else {
            Issue.record("the grade is no category")
            return
        }
        // All women of grade III at one site, all others at two more: the fit is that of the pooled table.
        let third = try #require(levels.firstIndex(of: "III"))
        let isThird = codes.map { $0 == third }
        let rest = isThird.indices.filter { !isThird[$0] }
        let sites = [
            try table.picked(isThird.indices.filter { isThird[$0] }), try table.picked(Array(rest.prefix(250))),
            try table.picked(Array(rest.dropFirst(250))),
        ]
        let model = GLM(.binomial, try Formula("cens ~ tgrade + age"))
        let pooled = try LocalRun(model).run([table]).outcome.coefficients
        let split = try LocalRun(model).run(sites).outcome.coefficients
        #expect(split.map(\.name) == ["Intercept", "tgrade[T.II]", "tgrade[T.III]", "age"])
        #expect(Golden.difference(split.map(\.estimate), pooled.map(\.estimate)) < 1e-12)
    }

    @Test func sitesWithAnotherKindOfVariableAreNamed() throws {
        let number = try CohortTable(rows: 1, ["stage": .numbers([2])])
        let category = try CohortTable(rows: 1, ["stage": .categories(named: ["II"])])
        do throws(RoundsError) {
            _ = try Schema.merged(
                [number.schema(minimumCell: 1), category.schema(minimumCell: 1)], sites: ["Girona", "Lleida"])
            Issue.record("the difference was not seen")
        } catch {
            #expect(
                error
                    == .site("Lleida", "has stage as another kind of variable than the other sites: check its mapping"))
        }
    }
}
