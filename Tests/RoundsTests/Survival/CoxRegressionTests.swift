import Rounds
import Testing

/// Against R's `coxph`, `cox.zph`, `basehaz` and `concordance` on the pooled data: `Fixtures/survival.R`.
@Suite("The Cox model over many sites", .needsCancerTables)
struct CoxRegressionTests {
    struct Lifelines: Decodable {
        struct Fit: Decodable {
            let beta, se: [Double]
            let loglik, concordance: Double
        }
        let lung: Fit
    }

    let reference: CoxReference.All
    let lifelines: Lifelines

    init() throws {
        reference = try Golden.read("survival.json")
        lifelines = try Golden.read("survival_lifelines.json")
    }

    static let gbsg = "time, cens ~ horTh + age + tsize + pnodes + progrec"

    private func fit(
        _ formula: String, _ tables: [CohortTable], ties: CoxRegression.Ties = .efron, weights: String? = nil,
        transform: CoxRegression.TimeTransform? = nil, nonPositive: SurvivalTime.NonPositive = .leaveOut
    ) throws -> (outcome: CoxOutcome, rounds: Int) {
        let formula = try Formula(formula)
        var time = try SurvivalTime(formula)
        time.nonPositive = nonPositive
        let plan = try CoxRegression(formula, time: time, ties: ties, weights: weights, transform: transform)
        return try LocalRun(plan).run(tables)
    }

    private func months() throws -> CohortTable {
        var table = try SurvivalData.gbsg()
        let days = try table.numbers("time")
        try table.add(.numbers(days.map { ($0 / 30.4375).rounded(.up) }), as: "months")
        let receptors = try table.numbers("estrec")
        try table.add(.numbers(receptors.map { 0.5 + $0.truncatingRemainder(dividingBy: 3) }), as: "w")
        return table
    }

    @Test("is R's pooled fit of GBSG2 at any number of sites", arguments: [1, 2, 3, 5, 100])
    func pooled(sites: Int) throws {
        let (outcome, rounds) = try fit(Self.gbsg, SurvivalData.gbsg().split(into: sites))
        reference.gbsgEfron.check(outcome)
        #expect(rounds < 18)
        // Computed once with numpy, on its own.
        let golden = [-0.34535196583467, 0.00065549505280, 0.00793859673267, 0.04997225322019, -0.00261662831284]
        #expect(Golden.difference(outcome.coefficients.map(\.estimate), golden) < 1e-12)
        #expect(outcome.coefficients.map(\.name) == ["horTh[T.yes]", "age", "tsize", "pnodes", "progrec"])
    }

    @Test("tests proportional hazards over each transform of time", arguments: CoxRegression.TimeTransform.allCases)
    func transforms(transform: CoxRegression.TimeTransform) throws {
        let table = try months()
        reference.gbsgEfron.check(try fit(Self.gbsg, table.split(into: 3), transform: transform).outcome)
        let ties = Self.gbsg.replacing("time,", with: "months,")
        reference.gbsgMonthsEfron.check(try fit(ties, table.split(into: 3), transform: transform).outcome)
    }

    @Test("handles ties after Efron and after Breslow, few and many")
    func ties() throws {
        let table = try months()
        let many = Self.gbsg.replacing("time,", with: "months,")
        reference.gbsgBreslow.check(try fit(Self.gbsg, table.split(into: 4), ties: .breslow).outcome)
        reference.gbsgMonthsBreslow.check(try fit(many, table.split(into: 4), ties: .breslow).outcome)
        reference.gbsgMonthsEfron.check(try fit(many, table.split(into: 4)).outcome)
    }

    @Test("has factors, interactions, offsets and weights as R has them")
    func terms() throws {
        let table = try months()
        let factors = try fit("time, cens ~ age + tgrade + menostat:tsize", table.split(into: 5)).outcome
        #expect(
            factors.coefficients.map(\.name) == [
                "tgrade[T.II]", "tgrade[T.III]", "age", "menostat[Post]:tsize", "menostat[Pre]:tsize",
            ])
        reference.gbsgFactors.check(factors, order: [2, 0, 1, 3, 4])
        reference.gbsgOffset.check(
            try fit("time, cens ~ age + pnodes + offset(tsize / 100)", table.split(into: 5)).outcome)
        let many = Self.gbsg.replacing("time,", with: "months,")
        let weighted = try fit(many, table.split(into: 5), weights: "w").outcome
        #expect(weighted.concordance == nil)
        reference.gbsgWeighted.check(weighted)
    }

    @Test("is stratified as in R")
    func strata() throws {
        let formula = "time, cens ~ age + tsize + pnodes + progrec + strata(tgrade, horTh)"
        let outcome = try fit(formula, SurvivalData.gbsg().split(into: 5)).outcome
        reference.gbsgStrata.check(outcome)
        #expect(outcome.baselines.count == 6)
        #expect(outcome.baselines.first?.stratum == "tgrade=I, horTh=no")
    }

    @Test("is R's fit of the lung data where its 18 institutions are the sites, and where each has its own baseline")
    func lung() throws {
        let table = try SurvivalData.lung()
        let codes = table.codes("inst")
        let known = try table.filtered { codes[$0] != nil }
        let institutions = known.codes("inst")
        let sites = try known.split { institutions[$0] ?? 0 }
        #expect(sites.count == 18)
        let outcome = try fit("time, status ~ age + sex + `ph.ecog`", sites).outcome
        reference.lung.check(outcome)
        #expect(Golden.difference(outcome.coefficients.map(\.estimate), lifelines.lung.beta) < 1e-9)
        #expect(Golden.difference(outcome.coefficients.map(\.standardError), lifelines.lung.se) < 1e-9)
        #expect(Golden.difference(outcome.logLikelihoods[1], lifelines.lung.loglik) < 1e-9)
        #expect(outcome.exclusions.missing == .exact(1))

        let own = try fit("time, status ~ age + sex + `ph.ecog` + strata(site)", sites)
        reference.lungStrata.check(own.outcome)
        #expect(own.outcome.baselines.isEmpty)
        #expect(try !CoxRegression(try Formula("time, status ~ age + strata(site)")).needsMasking)
    }

    @Test("is R's fit of TCGA-BRCA where its regions are the sites", .enabled(if: SurvivalData.hasBRCA))
    func brca() throws {
        var regions: [String: String] = [:]
        for line in try CancerTables.brcaLines("centers.csv").dropFirst() {
            if let code = line.first, let region = line.last { regions[code] = region }
        }
        let table = try SurvivalData.brca()
        guard case .categories(let codes, let names)? = table.variables["pid"] else { return }
        let sites = try table.split { row in
            // TCGA-E2-A9RU: the second part is the tissue source site.
            let parts = codes[row].map { names[$0].split(separator: "-") } ?? []
            let region = parts.count > 1 ? regions[String(parts[1])] ?? "" : ""
            return region.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 65_521 }
        }
        #expect(sites.count == 7)
        let formula =
            "T, E ~ age_at_index + ajcc_pathologic_n_N1 + ajcc_pathologic_n_N2 + ajcc_pathologic_t_T2 + "
            + "ajcc_pathologic_t_T3 + race_white + treatment_or_therapy_yes"
        let outcome = try fit(formula, sites, nonPositive: .keep).outcome
        reference.brca.check(outcome)
        #expect(outcome.exclusions.nonPositive == .exact(0))
        #expect(try fit(formula, sites).outcome.exclusions.nonPositive == .exact(13))
    }
}
