import Glibc

/// A site's optimiser within one round; it begins anew in the next.
struct OptimiserState {
    private let optimiser: TrainingPlan.Optimiser
    private var first: [Double]
    private var second: [Double]
    private var steps = 0

    init(_ optimiser: TrainingPlan.Optimiser, count: Int) {
        self.optimiser = optimiser
        first = Array(repeating: 0, count: count)
        second = Array(repeating: 0, count: count)
    }

    /// One step down a gradient, in the conventions of PyTorch's `SGD` and `Adam`.
    mutating func step(_ parameters: inout [Double], _ gradient: [Double]) {
        steps += 1
        switch optimiser {
        case .sgd(let rate, let momentum):
            for place in parameters.indices {
                first[place] = momentum * first[place] + gradient[place]
                parameters[place] -= rate * first[place]
            }
        case .adam(let rate, let beta1, let beta2, let epsilon):
            let corrections = (1 - pow(beta1, Double(steps)), 1 - pow(beta2, Double(steps)))
            for place in parameters.indices {
                first[place] = beta1 * first[place] + (1 - beta1) * gradient[place]
                second[place] = beta2 * second[place] + (1 - beta2) * gradient[place] * gradient[place]
                parameters[place] -=
                    rate * (first[place] / corrections.0) / ((second[place] / corrections.1).squareRoot() + epsilon)
            }
        }
    }
}
