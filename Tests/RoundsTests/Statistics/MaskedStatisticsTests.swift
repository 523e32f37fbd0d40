import Foundation
import Testing

@testable import Rounds

/// Every statistic over masked sums: the hub sees no site's numbers, and the results are those of the pooled table.
@Suite(.needsCancerTables) struct MaskedStatisticsTests {
    /// What the hub learns: the sum of the masked vectors, read back; those who `drop` do so in the first round.
    func masked<C: FederatedComputation>(
        _ computation: C, _ tables: [CohortTable], drop: Set<Int> = []
    ) throws -> C.Outcome {
        var federation = try MaskedFederation(tables.count)
        try federation.deal()
        let numbers = FixedPoint(sites: tables.count)
        var state = try computation.start(
            try Schema.merged(tables.map { $0.schema(minimumCell: 1) }, sites: tables.indices.map { "\($0)" }))
        let rules = DisclosureRules(minimumCell: 1, minimumRows: 0, minimumSites: 1, parametersPerRow: .infinity)
        for _ in 0..<100 {
            let layout = try computation.layout(state)
            let sum = try federation.round(
                .bits128, { try numbers.encode(try computation.local(tables[$0], state), layout) }, count: layout.count,
                notMasking: drop)
            let contribution = try numbers.decode(sum.total, layout)
            switch try computation.combine(contribution, state, CombineContext(sites: sum.sites.count, rules: rules)) {
            case .next(let next): state = next
            case .done(let outcome): return outcome
            }
        }
        throw RoundsError.numerical("no end")
    }

    /// All numbers of an outcome, by their path; in JSON, so that no field is forgotten.
    func numbers(_ outcome: some Encodable) throws -> [String: Double] {
        var found: [String: Double] = [:]
        func walk(_ value: Any, _ path: String) {
            switch value {
            case let object as [String: Any]: for (key, value) in object { walk(value, "\(path).\(key)") }
            case let array as [Any]: for (place, value) in array.enumerated() { walk(value, "\(path)[\(place)]") }
            case let number as NSNumber: found[path] = number.doubleValue
            default: break
            }
        }
        walk(try JSONSerialization.jsonObject(with: Data(try AnyComputation.write(outcome))), "")
        found[".sites"] = nil
        return found
    }

    func compare<C: FederatedComputation>(_ computation: C, _ table: CohortTable, _ sites: Int, drop: Set<Int> = [])
        throws
    {
        let tables = try table.split(into: sites)
        let remaining = try table.picked(
            (0..<table.rows).filter { !drop.contains(($0 &* 7919 &+ 13) % 1009 % sites) })
        let pooled = try numbers(try LocalRun(computation).run([remaining]).outcome)
        let ours = try numbers(try masked(computation, tables, drop: drop))
        #expect(!pooled.isEmpty && ours.keys.sorted() == pooled.keys.sorted(), "\(C.name)")
        for (path, value) in pooled where !path.hasSuffix("iterations") {
            #expect(Golden.difference(ours[path] ?? .nan, value) < 1e-11, "\(C.name)\(path)")
        }
    }

    func all(_ sites: Int, drop: Set<Int> = []) throws {
        let gbsg2 = try CancerTables.table("gbsg2")
        var wdbc = try CancerTables.table("wdbc")
        try wdbc.add(.numbers(try wdbc.numbers("radius").map { 1 / (1 + exp(-(0.8 * $0 - 11.5))) }), as: "p")
        try compare(Describe(["age", "tsize", "progrec"]), gbsg2, sites, drop: drop)
        try compare(try Quantiles(["area", "smoothness"]), wdbc, sites, drop: drop)
        try compare(MissingReport(["age", "horTh"]), gbsg2, sites, drop: drop)
        try compare(try Histogram("age", edges: [20, 40, 60, 81]), gbsg2, sites, drop: drop)
        try compare(CrossTable(try Formula("~ horTh + menostat")), gbsg2, sites, drop: drop)
        try compare(TTest(try Formula("age ~ horTh")), gbsg2, sites, drop: drop)
        try compare(AnalysisOfVariance(try Formula("tsize ~ tgrade")), gbsg2, sites, drop: drop)
        try compare(Correlation(["radius", "area", "smoothness"]), wdbc, sites, drop: drop)
        try compare(GLM(.gaussian, try Formula("area ~ radius + texture + compactness")), wdbc, sites, drop: drop)
        try compare(GLM(.binomial, try Formula("cens ~ age + C(tgrade) * horTh")), gbsg2, sites, drop: drop)
        try compare(GLM(.poisson, try Formula("cens ~ tsize + offset(log(time))")), gbsg2, sites, drop: drop)
        try compare(ROC(try Formula("malignant ~ p")), wdbc, sites, drop: drop)
        try compare(Calibration(try Formula("malignant ~ p")), wdbc, sites, drop: drop)
    }

    @Test(arguments: [2, 5]) func maskedSumsGiveThePooledResults(_ sites: Int) throws { try all(sites) }

    @Test func sitesThatDropOutAreAsIfTheyHadNeverBeenThere() throws { try all(5, drop: [3]) }

    @Test(arguments: [18, 100]) func manySitesGiveThePooledResults(_ sites: Int) throws {
        try compare(TTest(try Formula("age ~ horTh")), CancerTables.table("gbsg2"), sites)
        try compare(GLM(.binomial, try Formula("cens ~ age + C(tgrade) * horTh")), CancerTables.table("gbsg2"), sites)
    }

    @Test func comBatOverMaskedSumsIsComBat() throws {
        let table = try CancerTables.table("gbsg2")
        let tables = try table.split(into: 5)
        let computation = ComBat(try Formula("tsize, pnodes, progrec ~ age + horTh"))
        let plain = try LocalRun(computation).run(tables).outcome
        let ours = try masked(computation, tables)
        #expect(Golden.relative(ours.means + ours.variances, plain.means + plain.variances) < 1e-12)
        #expect(Golden.difference(ours.coefficients.values, plain.coefficients.values) < 1e-12)
    }
}
