import Glibc

/// What a model loses on a batch of scores, and how the loss changes with each score.
enum ModelLoss {
    /// The loss of a batch, the mean over its rows, and its slope at each score.
    static func of(
        _ output: ModelPlan.Output, scores: [Double], targets: ArraySlice<Double>, events: ArraySlice<Double>
    ) -> (loss: Double, slopes: [Double]) {
        let rows = Double(max(1, scores.count))
        switch output {
        case .linear:
            let errors = zip(scores, targets).map { $0 - $1 }
            return (errors.reduce(0) { $0 + $1 * $1 } / (2 * rows), errors.map { $0 / rows })
        case .logistic:
            var loss = 0.0
            let slopes = zip(scores, targets).map { score, target in
                // log(1 + e^score) − target · score, without overflow.
                loss += max(score, 0) + log1p(exp(-abs(score))) - target * score
                return (probability(score) - target) / rows
            }
            return (loss / rows, slopes)
        case .cox: return cox(scores, Array(targets), Array(events), rows)
        }
    }

    /// The probability at some log odds.
    static func probability(_ score: Double) -> Double {
        score >= 0 ? 1 / (1 + exp(-score)) : exp(score) / (1 + exp(score))
    }

    /// At risk with a row are all rows of its time or a later one (Breslow's way with equal times). FLamby's loss, which
    /// this is otherwise, takes equal times in the order in which the batch happens to have them.
    private static func cox(
        _ scores: [Double], _ times: [Double], _ events: [Double], _ rows: Double
    ) -> (loss: Double, slopes: [Double]) {
        let order = scores.indices.sorted { times[$0] > times[$1] }
        let highest = scores.max() ?? 0
        var slopes = [Double](repeating: 0, count: scores.count)
        // What is at risk at each row's time, in descending order of time.
        var risks = [Double](repeating: 0, count: scores.count)
        var (risk, loss, start) = (0.0, 0.0, 0)
        while start < order.count {
            var end = start
            while end < order.count, times[order[end]] == times[order[start]] {
                risk += exp(scores[order[end]] - highest)
                end += 1
            }
            for row in order[start..<end] {
                risks[row] = risk
                loss += events[row] * (Glibc.log(risk) + highest - scores[row])
            }
            start = end
        }
        // A row is at risk in every event of its own time and the earlier ones.
        var earlier = 0.0
        var end = order.count
        while end > 0 {
            var start = end
            while start > 0, times[order[start - 1]] == times[order[end - 1]] {
                start -= 1
                earlier += events[order[start]] / risks[order[start]]
            }
            for row in order[start..<end] {
                slopes[row] = (exp(scores[row] - highest) * earlier - events[row]) / rows
            }
            end = start
        }
        return (loss / rows, slopes)
    }
}
