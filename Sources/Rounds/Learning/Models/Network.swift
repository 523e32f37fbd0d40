import Glibc

/// Layers of sums, with an activation between them, down to one score a row. Weights are 64-bit inside.
struct Network: Sendable {
    struct Layer: Sendable {
        let inputs: Int
        let outputs: Int
        /// Places of the first weight and the first bias among all parameters.
        let weight: Int
        let bias: Int
    }

    let layers: [Layer]
    let activation: ModelPlan.Activation
    let count: Int
    /// Whether each parameter is a weight (and not a bias): only those are made small by regularisation.
    let isWeight: [Bool]

    /// - Throws: ``RoundsError/shape(_:)`` where the weights are not those of the plan.
    init(_ plan: ModelPlan, _ weights: ModelWeights) throws(RoundsError) {
        var layers: [Layer] = []
        var isWeight = [Bool](repeating: false, count: weights.values.count)
        for (index, (inner, outer)) in zip(plan.widths, plan.widths.dropFirst()).enumerated() {
            let names = ModelPlan.names(layer: index)
            guard let weight = weights.entries.first(where: { $0.name == names.weight }),
                weight.shape == [outer, inner],
                let bias = weights.entries.first(where: { $0.name == names.bias }), bias.shape == [outer]
            else { throw .shape("they are weights of another model: layer \(index) is missing or of another size") }
            layers.append(Layer(inputs: inner, outputs: outer, weight: weight.offset, bias: bias.offset))
            for place in weight.range { isWeight[place] = true }
        }
        guard weights.entries.count == 2 * layers.count else {
            throw .shape("they are weights of another model: there are tensors that it does not have")
        }
        self.layers = layers
        self.activation = plan.activation
        self.count = weights.values.count
        self.isWeight = isWeight
    }

    /// The score of a row, and what each layer put out on the way.
    func forward(_ parameters: [Double], _ row: ArraySlice<Double>) -> (score: Double, outputs: [[Double]]) {
        var outputs: [[Double]] = [Array(row)]
        for (index, layer) in layers.enumerated() {
            let input = outputs[index]
            outputs.append(
                (0..<layer.outputs).map { unit in
                    var sum = parameters[layer.bias + unit]
                    let start = layer.weight + unit * layer.inputs
                    for place in 0..<layer.inputs { sum += parameters[start + place] * input[place] }
                    guard index + 1 < layers.count else { return sum }
                    return activation == .relu ? max(0, sum) : tanh(sum)
                })
        }
        return (outputs.last?.first ?? 0, outputs)
    }

    func score(_ parameters: [Double], _ row: ArraySlice<Double>) -> Double { forward(parameters, row).score }

    /// Adds the gradient of a row's score, times a factor.
    func backward(
        _ parameters: [Double], _ outputs: [[Double]], times factor: Double, into gradient: inout [Double]
    ) {
        var slopes = [factor]
        for (index, layer) in layers.enumerated().reversed() {
            let input = outputs[index]
            var inner = [Double](repeating: 0, count: index > 0 ? layer.inputs : 0)
            for unit in 0..<layer.outputs where slopes[unit] != 0 {
                gradient[layer.bias + unit] += slopes[unit]
                let start = layer.weight + unit * layer.inputs
                for place in 0..<layer.inputs { gradient[start + place] += slopes[unit] * input[place] }
                if index > 0 {
                    for place in 0..<layer.inputs { inner[place] += slopes[unit] * parameters[start + place] }
                }
            }
            // The input of this layer is what the activation of the one before put out.
            for place in inner.indices {
                inner[place] *= activation == .relu ? (input[place] > 0 ? 1 : 0) : 1 - input[place] * input[place]
            }
            slopes = inner
        }
    }
}
