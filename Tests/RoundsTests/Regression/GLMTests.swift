import Rounds
import Testing

@Suite(.needsCancerTables) struct GLMTests {
    struct Cases: Decodable {
        struct Case: Decodable {
            let table: String, family: GLMFamily, formula: String, weights: String?
            let names: [String]
            let rows: Int64, residualDegrees: Double
            let deviance: Double, nullDeviance: Double, logLikelihood: Double, aic: Double, bic: Double
            let nullLogLikelihood: Double?, mcFadden: Double?, rSquared: Double?
            let estimate: [Double], standardError: [Double], statistic: [Double], p: [Double], low: [Double],
                high: [Double]
            let vif: [Double]?
        }
        let cases: [Case]
    }

    func check(_ outcome: GLM.Outcome, _ wanted: Cases.Case, _ tolerance: Double = 1e-9) {
        let what = "\(wanted.formula)"
        let terms = outcome.coefficients
        #expect(terms.map(\.name) == wanted.names)
        #expect(outcome.rows == wanted.rows)
        #expect(Golden.difference(terms.map(\.estimate), wanted.estimate) < tolerance, "\(what)")
        #expect(Golden.difference(terms.map(\.standardError), wanted.standardError) < tolerance, "\(what)")
        #expect(Golden.difference(terms.map(\.statistic), wanted.statistic) < tolerance, "\(what)")
        #expect(Golden.difference(terms.map(\.p), wanted.p) < tolerance, "\(what)")
        #expect(Golden.difference(terms.map(\.low), wanted.low) < tolerance, "\(what)")
        #expect(Golden.difference(terms.map(\.high), wanted.high) < tolerance, "\(what)")
        #expect(Golden.difference(outcome.residualDegrees, wanted.residualDegrees) < tolerance, "\(what)")
        #expect(Golden.difference(outcome.deviance, wanted.deviance) < tolerance, "\(what)")
        #expect(Golden.difference(outcome.nullDeviance, wanted.nullDeviance) < tolerance, "\(what)")
        #expect(Golden.difference(outcome.logLikelihood, wanted.logLikelihood) < tolerance, "\(what)")
        #expect(Golden.difference(outcome.aic, wanted.aic) < tolerance, "\(what)")
        #expect(Golden.difference(outcome.bic, wanted.bic) < tolerance, "\(what)")
        if let rSquared = wanted.rSquared { #expect(Golden.difference(outcome.rSquared ?? .nan, rSquared) < tolerance) }
        if let mcFadden = wanted.mcFadden { #expect(Golden.difference(outcome.mcFadden, mcFadden) < tolerance) }
        if let null = wanted.nullLogLikelihood {
            #expect(Golden.difference(outcome.nullLogLikelihood, null) < tolerance)
        }
        if let vif = wanted.vif { #expect(Golden.difference(terms.compactMap(\.vif), vif) < tolerance, "\(what)") }
    }

    @Test(arguments: splits) func modelsAreThoseOfStatsmodels(sites: Int, withEmpty: Bool) throws {
        let golden: Cases = try Golden.read("regression.json")
        for wanted in golden.cases where wanted.table != "brca" {
            let table = try CancerTables.table(wanted.table)
            let model = GLM(wanted.family, try Formula(wanted.formula), weights: wanted.weights)
            check(try LocalRun(model).run(try table.split(into: sites, withEmpty: withEmpty)).outcome, wanted)
        }
        #expect(golden.cases.count == 13)
    }

    @Test(.enabled(if: CancerTables.hasBRCA)) func theModelOfTCGAsPatientsIsThatOfStatsmodels() throws {
        let golden: Cases = try Golden.read("regression.json")
        let table = try CancerTables.brca()
        for wanted in golden.cases where wanted.table == "brca" {
            let model = GLM(wanted.family, try Formula(wanted.formula))
            check(try LocalRun(model).run(try table.split(into: 6)).outcome, wanted)
        }
    }

    @Test func splittingTheTableChangesRoundingOnly() throws {
        let table = try CancerTables.table("gbsg2")
        let model = GLM(.binomial, try Formula("cens ~ age + tsize + C(tgrade) * horTh + log(progrec + 1)"))
        let pooled = try LocalRun(model).run([table])
        let split = try LocalRun(model).run(try table.split(into: 18))
        #expect(pooled.rounds == split.rounds)
        let ours = split.outcome.coefficients.flatMap { [$0.estimate, $0.standardError] }
        #expect(
            Golden.difference(ours, pooled.outcome.coefficients.flatMap { [$0.estimate, $0.standardError] }) < 1e-12)
    }

    func message(_ model: GLM, _ table: CohortTable, _ rules: DisclosureRules? = nil) -> String {
        do throws(RoundsError) {
            var run = LocalRun(model)
            if let rules { run.rules = rules }
            _ = try run.run([table])
            return ""
        } catch { return error.description }
    }

    @Test func separationCollinearityAndConstantsAreNamed() throws {
        var x: [Double] = []
        var y: [Double] = []
        for row in 0..<40 {
            x.append(Double(row))
            y.append(row < 20 ? 0 : 1)
        }
        let noise = (0..<40).map { Double(($0 * 17) % 7) }
        let groups: [String?] = (0..<40).map { $0 % 4 == 0 ? "a" : $0 % 4 == 1 ? "b" : "c" }
        let table = try CohortTable(
            rows: 40,
            [
                "x": .numbers(x), "y": .numbers(y), "noise": .numbers(noise), "one": .numbers(x.map { _ in 3 }),
                "twice": .numbers(zip(x, noise).map { 2 * $0 - $1 }), "group": .categories(named: groups),
                "z": .numbers((0..<40).map { $0 % 4 == 1 ? 0 : Double($0 / 3 % 2) }),
                "count": .numbers(y.map { $0 * 3 }), "zero": .numbers(y.map { $0 * 0 }),
            ])
        #expect(message(GLM(.binomial, try Formula("y ~ x")), table).contains("separat"))
        #expect(message(GLM(.binomial, try Formula("y ~ noise + x")), table).contains("separat"))
        #expect(message(GLM(.binomial, try Formula("z ~ group")), table).contains("in all rows with group[T.b]"))
        #expect(message(GLM(.poisson, try Formula("count ~ x + noise")), table) == "")
        #expect(message(GLM(.gaussian, try Formula("y ~ x + one")), table).contains("one has the same value"))
        let twice = message(GLM(.gaussian, try Formula("y ~ x + noise + twice")), table)
        #expect(twice.contains("x, noise, twice depend on each other"))
        #expect(message(GLM(.binomial, try Formula("zero ~ x")), table).contains("there is no event"))
        #expect(message(GLM(.binomial, try Formula("x ~ noise")), table).contains("other than 0 and 1"))
        #expect(message(GLM(.gaussian, try Formula("one ~ x")), table).contains("the same in all complete rows"))
    }

    @Test func smallGroupsAndTooManyParametersAreWithheld() throws {
        let table = try CancerTables.table("gbsg2").picked(Array(0..<14))
        var rules = DisclosureRules(minimumCell: 5, minimumRows: 0, minimumSites: 1)
        let many = message(GLM(.gaussian, try Formula("tsize ~ age + pnodes + progrec + estrec + time")), table, rules)
        #expect(many.contains("withheld") && many.contains("parameters"))
        // Hand count: of the first 14 women, 3 have grade III.
        rules.parametersPerRow = 1
        #expect(
            message(GLM(.gaussian, try Formula("tsize ~ C(tgrade, levels=['II', 'III'])")), table, rules).contains(
                "C(tgrade)[T.III]"))
    }

    @Test func aPlanIsWrittenAsText() throws {
        let plan = try Plan(text: "glm(binomial, cens ~ age + C(tgrade, ref='II'), weights=pnodes, confidence=0.9)")
        let wanted =
            #"{"confidence":0.9,"family":"binomial","formula":"cens ~ age + C(tgrade, ref='II')","weights":"pnodes"}"#
        #expect(String(decoding: plan.json, as: UTF8.self) == wanted)
        #expect(try Plan(text: "logistic(cens ~ age)") == Plan(text: "glm(binomial, cens ~ age)"))
        #expect(throws: RoundsError.self) { try Plan(text: "glm(binomail, cens ~ age)") }
        #expect(throws: RoundsError.self) { try Plan(text: "glm(binomial, cens ~ age, weight=x)") }
    }
}
