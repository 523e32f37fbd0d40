/// A built-in model as an ONNX file: the features in, in the plan's order and units, and the answer out.
///
/// The answer is the value of a linear output, the probability of a logistic one, the log hazard of a Cox one. Field
/// numbers are those of `onnx/onnx.proto`; operators those of opset 13.
public struct ONNXModel: Sendable, Equatable {
    public let bytes: [UInt8]

    /// - Throws: ``RoundsError/shape(_:)`` where the weights are not those of the model.
    public init(_ plan: ModelPlan, _ weights: ModelWeights, name: String) throws(RoundsError) {
        try plan.check()
        _ = try Network(plan, weights)
        var graph = Graph()
        var current = "features"
        for (values, operation) in [(plan.centres, "Sub"), (plan.scales, "Div")] {
            guard let values else { continue }
            let constant = operation == "Sub" ? "centres" : "scales"
            graph.constant(constant, [values.count], values.map { Float($0) })
            current = graph.node(operation, [current, constant])
        }
        let layers = plan.widths.count - 1
        for layer in 0..<layers {
            let names = ModelPlan.names(layer: layer)
            for name in [names.weight, names.bias] {
                guard let entry = weights.entries.first(where: { $0.name == name }) else { continue }
                graph.constant(name, entry.shape, try weights.tensor(name))
            }
            current = graph.node("Gemm", [current, names.weight, names.bias], integers: ["transB": 1])
            if layer + 1 < layers { current = graph.node(plan.activation == .relu ? "Relu" : "Tanh", [current]) }
        }
        let answer =
            switch plan.output {
            case .linear: "value"
            case .logistic: "probability"
            case .cox: "log_hazard"
            }
        graph.node(plan.output == .logistic ? "Sigmoid" : "Identity", [current], output: answer)

        var file = ProtobufWriter()
        file.number(1, 8)  // ir_version
        file.text(2, "atles")  // producer_name
        file.message(7) { writer in
            graph.write(
                &writer, name: name, input: ("features", plan.features.count), output: (answer, 1))
        }
        file.message(8) { opset in
            opset.text(1, "")
            opset.number(2, 13)
        }
        let notes = [
            ("features", plan.features.joined(separator: ",")), ("target", plan.target), ("weights", weights.hash),
        ]
        for (key, value) in notes {
            file.message(14) { note in
                note.text(1, key)
                note.text(2, value)
            }
        }
        bytes = file.bytes
    }

    /// Nodes and constants in the order of their use.
    private struct Graph {
        private var nodes: [ProtobufWriter] = []
        private var constants: [ProtobufWriter] = []

        @discardableResult
        mutating func node(
            _ operation: String, _ inputs: [String], integers: [String: Int] = [:], output: String? = nil
        ) -> String {
            let output = output ?? "step\(nodes.count)"
            var node = ProtobufWriter()
            for input in inputs { node.text(1, input) }
            node.text(2, output)
            node.text(4, operation)
            for (name, value) in integers.sorted(by: { $0.key < $1.key }) {
                node.message(5) { attribute in
                    attribute.text(1, name)
                    attribute.number(3, value)
                    attribute.number(20, 2)  // type: INT
                }
            }
            nodes.append(node)
            return output
        }

        mutating func constant(_ name: String, _ shape: [Int], _ values: [Float]) {
            var tensor = ProtobufWriter()
            for side in shape { tensor.number(1, side) }
            tensor.number(2, 1)  // data_type: FLOAT
            tensor.text(8, name)
            tensor.data(9, values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } })
            constants.append(tensor)
        }

        func write(
            _ graph: inout ProtobufWriter, name: String, input: (name: String, width: Int),
            output: (name: String, width: Int)
        ) {
            for node in nodes { graph.data(1, node.bytes) }
            graph.text(2, name)
            for constant in constants { graph.data(5, constant.bytes) }
            for (field, value) in [(11 as UInt64, input), (12, output)] {
                graph.message(field) { info in
                    info.text(1, value.name)
                    info.message(2) { type in
                        type.message(1) { tensor in
                            tensor.number(1, 1)  // elem_type: FLOAT
                            tensor.message(2) { shape in
                                shape.message(1) { $0.text(2, "rows") }
                                shape.message(1) { $0.number(1, value.width) }
                            }
                        }
                    }
                }
            }
        }
    }
}
