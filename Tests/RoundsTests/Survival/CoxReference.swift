import Rounds
import Testing

/// What `Fixtures/survival.R` writes of each fit of R's `coxph`.
struct CoxReference: Decodable {
    struct Baseline: Decodable { let time, hazard: [Double] }

    let n, events: Int
    let names: [String]
    let beta, se, loglik: [Double]
    let score, wald: Double
    let concordance: Double
    /// Concordant, discordant, tied in risk, tied in time, tied in both.
    let pairs: [Double]
    let zph: [String: [Double]]
    let baseline: Baseline?

    struct All: Decodable {
        let gbsgEfron, gbsgBreslow, gbsgMonthsEfron, gbsgMonthsBreslow, gbsgFactors, gbsgStrata: CoxReference
        let gbsgWeighted, gbsgOffset, lung, lungStrata, brca: CoxReference
    }

    private enum CodingKeys: CodingKey {
        case n, events, names, beta, se, loglik, score, wald, concordance, pairs, zph, baseline
    }

    /// One coefficient is written as a number, several as a list.
    init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        n = try keys.decode(Int.self, forKey: .n)
        events = try keys.decode(Int.self, forKey: .events)
        names = try keys.decode([String].self, forKey: .names)
        beta = try keys.decode([Double].self, forKey: .beta)
        se = try keys.decode([Double].self, forKey: .se)
        loglik = try keys.decode([Double].self, forKey: .loglik)
        score = try keys.decode(Double.self, forKey: .score)
        wald = try keys.decode(Double.self, forKey: .wald)
        concordance = try keys.decode(Double.self, forKey: .concordance)
        pairs = try keys.decode([Double].self, forKey: .pairs)
        zph = try keys.decode([String: [Double]].self, forKey: .zph)
        baseline = try keys.decodeIfPresent(Baseline.self, forKey: .baseline)
    }

    /// Compares everything that a fit has in common with R's.
    ///
    /// - Parameter order: where R's coefficients are among ours, which come in patsy's order.
    func check(
        _ outcome: CoxOutcome, order: [Int]? = nil, tolerance: Double = 1e-11,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let places = order ?? Array(outcome.coefficients.indices)
        let coefficients = places.map { outcome.coefficients[$0] }
        let proportional = (places + [places.count]).map { outcome.proportionalHazards[$0].chiSquare }
        #expect(outcome.exclusions.rows == n && outcome.exclusions.events == events, sourceLocation: location)
        #expect(
            Golden.difference(coefficients.map(\.estimate), beta) <= tolerance, sourceLocation: location)
        #expect(
            Golden.difference(coefficients.map(\.standardError), se) <= tolerance, sourceLocation: location)
        #expect(Golden.difference(outcome.logLikelihoods, loglik) <= tolerance, sourceLocation: location)
        let ratio = 2 * (loglik[1] - loglik[0])
        #expect(
            Golden.difference(outcome.tests.map(\.chiSquare), [ratio, wald, score]) <= tolerance,
            sourceLocation: location)
        #expect(
            Golden.difference(
                proportional, zph[outcome.transform.rawValue] ?? []) <= tolerance,
            sourceLocation: location)
        if let concordance = outcome.concordance {
            #expect(
                [concordance.concordant, concordance.discordant, concordance.tied].map { Double($0) }
                    == Array(pairs.prefix(3)), sourceLocation: location)
            #expect(concordance.undecided == 0 && concordance.uncertainty == 0, sourceLocation: location)
            #expect(Golden.difference(concordance.value, self.concordance) <= tolerance, sourceLocation: location)
        }
        if let baseline, let ours = outcome.baselines.first {
            let last = Dictionary(zip(baseline.time, baseline.hazard)) { _, last in last }
            #expect(!ours.steps.isEmpty, sourceLocation: location)
            for step in ours.steps {
                #expect(
                    Golden.difference(step.cumulativeHazard, last[step.time] ?? .nan) <= tolerance,
                    sourceLocation: location)
            }
        }
    }
}
