/// A built-in model: what it is, and which variables it reads.
public struct ModelPlan: Sendable, Equatable, Codable {
    public enum Kind: Sendable, Equatable, Codable {
        /// A sum of the features; half the mean squared error.
        case linear
        /// The log odds of `target` being 1; mean log loss.
        case logistic
        /// The log hazard; the negative log partial likelihood of each batch, divided by its rows.
        case cox
        /// Hidden layers of these widths before one of the above.
        case perceptron(hidden: [Int], activation: Activation, output: Output)
    }

    public enum Activation: String, Sendable, Equatable, Codable { case relu, tanh }
    public enum Output: String, Sendable, Equatable, Codable { case linear, logistic, cox }

    public var kind: Kind
    /// Numeric variables, in the order of the weights.
    public var features: [String]
    /// What is learnt: a number; 0 or 1 for a logistic output; a time for a Cox output.
    public var target: String
    /// 1 where the time of a Cox output ended in an event, 0 where it was censored.
    public var event: String?
    /// Taken off each feature, then divided by ``scales``: means and deviations of all sites together. The same at
    /// every site, or the weights would not mean the same.
    public var centres: [Double]?
    public var scales: [Double]?

    public init(
        _ kind: Kind, features: [String], target: String, event: String? = nil, centres: [Double]? = nil,
        scales: [Double]? = nil
    ) {
        self.kind = kind
        self.features = features
        self.target = target
        self.event = event
        self.centres = centres
        self.scales = scales
    }

    public var output: Output {
        switch kind {
        case .linear: .linear
        case .logistic: .logistic
        case .cox: .cox
        case .perceptron(_, _, let output): output
        }
    }

    public var activation: Activation {
        if case .perceptron(_, let activation, _) = kind { activation } else { .relu }
    }

    /// The widths of the layers, from the features to the one score.
    public var widths: [Int] {
        if case .perceptron(let hidden, _, _) = kind { [features.count] + hidden + [1] } else { [features.count, 1] }
    }

    /// The variables that a site's table must have.
    public var variables: [String] { features + [target] + (event.map { [$0] } ?? []) }

    /// The most parameters of a built-in model: what one message of numbers holds.
    public static let maximumParameters = Layout.maximumValues

    /// Throws where the plan describes no model.
    public func check() throws(RoundsError) {
        guard !features.isEmpty else { throw .plan("the model has no features") }
        guard Set(features).count == features.count, !features.contains(target) else {
            throw .plan("a feature of the model is named twice, or is its target")
        }
        guard (output == .cox) == (event != nil) else {
            throw .plan("a Cox model, and no other, needs the variable that says whether there was an event")
        }
        for numbers in [centres, scales] {
            if let numbers, numbers.count != features.count || !numbers.allSatisfy(\.isFinite) {
                throw .plan("the model needs as many centres and scales as features, all numbers")
            }
        }
        if let scales, !scales.allSatisfy({ $0 > 0 }) { throw .plan("a scale of the model is not above 0") }
        guard widths.count <= 64, widths.allSatisfy({ $0 > 0 }) else {
            throw .plan("the model has a layer without units, or more than 64 layers")
        }
        var parameters = 0
        for (inner, outer) in zip(widths, widths.dropFirst()) {
            let (product, overflow) = inner.multipliedReportingOverflow(by: outer)
            guard !overflow, let more = product.addingOrNil(outer), let sum = parameters.addingOrNil(more),
                sum <= Self.maximumParameters
            else { throw .plan("the model has more than \(Self.maximumParameters) parameters") }
            parameters = sum
        }
    }

    /// How many numbers are learnt.
    public var parameters: Int { zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 + $1.1 } }

    /// The weights before the first round: uniform between ±1/√inputs, as PyTorch's linear layers begin.
    public func initialWeights(seed: UInt64) throws(RoundsError) -> ModelWeights {
        try check()
        var bits = SeededBits(seed: seed)
        var tensors: [ModelWeights.Tensor] = []
        for (layer, (inner, outer)) in zip(widths, widths.dropFirst()).enumerated() {
            let limit = Float(1 / Double(inner).squareRoot())
            let names = Self.names(layer: layer)
            tensors.append(
                .init(
                    names.weight, shape: [outer, inner],
                    (0..<(inner * outer)).map { _ in Float.random(in: -limit...limit, using: &bits) }))
            tensors.append(
                .init(
                    names.bias, shape: [outer], (0..<outer).map { _ in Float.random(in: -limit...limit, using: &bits) })
            )
        }
        return try ModelWeights(tensors)
    }

    /// The names of a layer's tensors.
    public static func names(layer: Int) -> (weight: String, bias: String) {
        ("layers.\(layer).weight", "layers.\(layer).bias")
    }
}
