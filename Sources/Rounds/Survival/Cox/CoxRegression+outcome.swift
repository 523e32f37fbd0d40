import CStatistics
import Glibc

extension CoxRegression {
    /// The fit in the covariates' own units, with its tests and baselines.
    func outcome(
        _ state: State, _ concordance: Concordance?, _ context: CombineContext
    ) throws(RoundsError) -> CoxOutcome {
        guard let fit = state.fit, let scaling = state.scaling, let exclusions = state.exclusions else {
            throw .shape("there is no fit")
        }
        let names = state.covariates
        let deviate = atles_normal_quantile(0.5 + confidence / 2)
        var coefficients: [CoxOutcome.Coefficient] = []
        for (column, name) in names.enumerated() {
            let estimate = fit.scaledBeta[column] / scaling.scales[column]
            let error = fit.covariance[column, column].squareRoot() / scaling.scales[column]
            let ratio = estimate / error
            coefficients.append(
                CoxOutcome.Coefficient(
                    name: name, estimate: estimate, standardError: error, hazardRatio: exp(estimate),
                    lower: exp(estimate - deviate * error), upper: exp(estimate + deviate * error), z: ratio,
                    p: 2 * atles_normal_upper(abs(ratio))))
        }
        let least = max(1, context.rules.minimumCell)
        return CoxOutcome(
            formula: formula, time: time, ties: ties, confidence: confidence, exclusions: exclusions,
            coefficients: coefficients,
            covariance: names.indices.map { row in
                names.indices.map { fit.covariance[row, $0] / scaling.scales[row] / scaling.scales[$0] }
            },
            logLikelihoods: [fit.firstValue, fit.value],
            tests: [
                test("likelihood ratio", 2 * (fit.value - fit.firstValue), names.count),
                test("Wald", fit.wald, names.count), test("score", fit.score, names.count),
            ],
            proportionalHazards: zip(names, fit.proportionality).map { test($0, $1, 1) }
                + (fit.proportionalityOfAll.map { [test("all", $0, names.count)] } ?? []),
            transform: timeTransform, concordance: concordance, means: scaling.means,
            baselines: baselines(state, fit, least: least), eventsPerStep: least, evaluations: fit.evaluations)
    }

    private func test(_ name: String, _ chiSquare: Double, _ degrees: Int) -> CoxOutcome.Test {
        CoxOutcome.Test(
            name: name, chiSquare: chiSquare, degrees: degrees,
            p: atles_chi_squared_upper(max(0, chiSquare), Double(degrees)))
    }

    /// Steps are merged as those of curves are: see ``PublishedSteps``.
    private func baselines(_ state: State, _ fit: CoxFit, least: Int) -> [CoxOutcome.Baseline] {
        guard !isStratifiedBySite else { return [] }
        let cells = state.cells
        return zip(state.design.strata, cells.ranges).map { name, range in
            var hazard = 0.0
            let points = range.map { cell in
                hazard += fit.hazards[cell]
                return (tick: cells.ticks[cell], hazard: hazard)
            }
            let kept = PublishedSteps.merged(range.map { cells.events[$0] }, perStep: least)
            return CoxOutcome.Baseline(
                stratum: name,
                steps: kept.map { place, events in
                    CoxOutcome.Step(
                        time: time.time(ofTick: points[place].tick), events: events,
                        cumulativeHazard: points[place].hazard, survival: exp(-points[place].hazard))
                })
        }
    }
}
