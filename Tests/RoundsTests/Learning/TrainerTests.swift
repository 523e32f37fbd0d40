import Rounds
import TestSupport
import Testing

/// Against the losses, gradients and steps that `Fixtures/make_training.py` writes down in numpy.
@Suite struct TrainerTests {
    struct Golden: Decodable {
        struct Shape: Decodable {
            let name: String
            let shape: [Int]
        }
        struct Case: Decodable {
            let name: String
            let activation: String
            let shapes: [Shape]
            let start: [Double]
            let correction: [Double]
            let loss: Double
            let gradient: [Double]
            let sgd: [Double]
            let adam: [Double]
            let corrected: [Double]

            func weights(_ values: [Double]) throws -> ModelWeights {
                var tensors: [ModelWeights.Tensor] = []
                var place = 0
                for shape in shapes {
                    let count = shape.shape.reduce(1, *)
                    tensors.append(
                        .init(shape.name, shape: shape.shape, values[place..<(place + count)].map { Float($0) }))
                    place += count
                }
                return try ModelWeights(tensors)
            }

            var model: ModelPlan {
                let features = ["x0", "x1", "x2"]
                let kind: ModelPlan.Kind =
                    switch name {
                    case "linear": .linear
                    case "logistic": .logistic
                    case "cox": .cox
                    case "perceptronLinear": .perceptron(hidden: [4], activation: .relu, output: .linear)
                    case "perceptronLogistic": .perceptron(hidden: [4], activation: .tanh, output: .logistic)
                    default: .perceptron(hidden: [4], activation: .tanh, output: .cox)
                    }
                if name.lowercased().hasSuffix("cox") {
                    return ModelPlan(kind, features: features, target: "time", event: "event")
                }
                return ModelPlan(
                    kind, features: features, target: name.lowercased().hasSuffix("linear") ? "number" : "binary")
            }
        }
        struct Concordance: Decodable {
            let times: [Double]
            let events: [Double]
            let scores: [Double]
            let index: Double
        }
        let features: [[Double]]
        let number: [Double]
        let binary: [Double]
        let time: [Double]
        let event: [Double]
        let cases: [Case]
        let concordances: [Concordance]

        func table() throws -> CohortTable {
            var table = try CohortTable(
                rows: features.count,
                [
                    "number": .numbers(number), "binary": .numbers(binary), "time": .numbers(time),
                    "event": .numbers(event),
                ])
            for place in 0..<3 { try table.add(.numbers(features.map { $0[place] }), as: "x\(place)") }
            return table
        }
    }

    static let golden = Result { try LearningFixture.read("training.json", as: Golden.self) }
    static let names = ["linear", "logistic", "cox", "perceptronLinear", "perceptronLogistic", "perceptronCox"]

    @Test(arguments: names) func lossAndGradientAreTheReferences(_ name: String) throws {
        let golden = try Self.golden.get()
        let known = try #require(golden.cases.first { $0.name == name })
        let found = try NativeTrainer().gradient(known.model, known.weights(known.start), golden.table())
        #expect(agree(found.loss, known.loss, within: 1e-12))
        for (mine, theirs) in zip(found.gradient, known.gradient) { #expect(agree(mine, theirs, within: 1e-9)) }
    }

    @Test(arguments: names) func wholeBatchStepsAreTheReferences(_ name: String) throws {
        let golden = try Self.golden.get()
        let known = try #require(golden.cases.first { $0.name == name })
        let start = try known.weights(known.start)
        let sgd = TrainingPlan(
            known.model, optimiser: .sgd(learningRate: 0.1, momentum: 0.5), batchSize: 12, amount: .epochs(8), l2: 0.3)
        let adam = TrainingPlan(
            known.model, optimiser: .adam(learningRate: 0.05), batchSize: 12, amount: .updates(8), l2: 0.1)
        var plain = sgd
        plain.l2 = 0
        let runs = [
            (TrainingTask(sgd, weights: start, round: 1, proximalMu: 0.2), known.sgd),
            (TrainingTask(adam, weights: start, round: 1), known.adam),
            (
                TrainingTask(plain, weights: start, round: 1, correction: try known.weights(known.correction)),
                known.corrected
            ),
        ]
        for (task, expected) in runs {
            let result = try NativeTrainer().train(task, golden.table())
            #expect(result.steps == 8 && result.rows == 12)
            for (mine, theirs) in zip(result.weights.values, expected) {
                #expect(agree(Double(mine), theirs, within: 2e-7))
            }
        }
    }

    @Test func concordanceIsWhatCountingPairsGives() throws {
        for known in try Self.golden.get().concordances {
            let index = ConcordanceIndex.of(times: known.times, events: known.events, scores: known.scores)
            #expect(agree(index, known.index, within: 1e-14))
        }
        #expect(ConcordanceIndex.of(times: [1, 2], events: [0, 0], scores: [1, 2]).isNaN)
        #expect(ConcordanceIndex.of(times: [], events: [], scores: []).isNaN)
        #expect(ConcordanceIndex.of(times: [1, 2], events: [1, 1], scores: [.nan, 2]).isNaN)
    }

    @Test func aTrainingIsTheSameForTheSameSeedAndRoundAndAnotherOtherwise() throws {
        let golden = try Self.golden.get()
        let known = golden.cases[0]
        var plan = TrainingPlan(known.model, optimiser: .sgd(learningRate: 0.1), batchSize: 4, amount: .updates(5))
        func trained(_ plan: TrainingPlan, round: Int) throws -> ModelWeights {
            try NativeTrainer().train(
                TrainingTask(plan, weights: known.weights(known.start), round: round), golden.table()
            ).weights
        }
        let first = try trained(plan, round: 1)
        #expect(try trained(plan, round: 1) == first)
        #expect(try trained(plan, round: 2) != first)
        plan.seed = 1
        #expect(try trained(plan, round: 1) != first)
    }

    @Test func regularisedLinearTrainingEndsAtTheNormalEquations() throws {
        // One feature, values by hand: x −1, 0, 1 and y 0, 1, 5. Without a penalty the slope is 2.5 and the bias 2;
        // with l2 = 1 the slope is Σxy/n / (Σx²/n + 1) = (5/3) / (2/3 + 1) = 1 and the bias stays 2.
        let table = try CohortTable(rows: 3, ["x": .numbers([-1, 0, 1]), "y": .numbers([0, 1, 5])])
        let model = ModelPlan(.linear, features: ["x"], target: "y")
        for (l2, slope) in [(0.0, 2.5), (1, 1)] {
            let plan = TrainingPlan(
                model, optimiser: .sgd(learningRate: 0.3), batchSize: 3, amount: .updates(400), l2: l2)
            let result = try NativeTrainer().train(
                TrainingTask(plan, weights: model.initialWeights(seed: 1), round: 1), table)
            #expect(try agree(Double(result.weights.tensor("layers.0.weight")[0]), slope, within: 1e-6))
            #expect(try agree(Double(result.weights.tensor("layers.0.bias")[0]), 2, within: 1e-6))
        }
    }

    @Test func incompleteRowsAreLeftOutAndImpossibleOnesRefused() throws {
        let model = ModelPlan(.logistic, features: ["x"], target: "y", centres: [1], scales: [2])
        let plan = TrainingPlan(model, optimiser: .sgd(learningRate: 0.1), batchSize: 8, amount: .epochs(1))
        let start = try model.initialWeights(seed: 1)
        func train(_ x: [Double], _ y: [Double]) throws -> TrainingResult {
            let table = try CohortTable(rows: x.count, ["x": .numbers(x), "y": .numbers(y)])
            return try NativeTrainer().train(TrainingTask(plan, weights: start, round: 1), table)
        }
        #expect(try train([1, .nan, 2, .infinity], [0, 1, 1, 0]).rows == 2)
        #expect(throws: RoundsError.self) { try train([.nan], [1]) }
        #expect(throws: RoundsError.self) { try train([1, 2], [0, 2]) }
        #expect(throws: RoundsError.self) { try train([], []) }
        // Weights of another model.
        let other = try ModelPlan(.linear, features: ["a", "b"], target: "y").initialWeights(seed: 1)
        let table = try CohortTable(rows: 1, ["x": .numbers([1]), "y": .numbers([1])])
        #expect(throws: RoundsError.self) {
            try NativeTrainer().train(TrainingTask(plan, weights: other, round: 1), table)
        }
        // A learning rate that drives the weights out of every number.
        var wild = plan
        wild.model = ModelPlan(.linear, features: ["x"], target: "y")
        wild.optimiser = .sgd(learningRate: 1e30)
        wild.amount = .updates(50)
        #expect(throws: RoundsError.self) {
            try NativeTrainer().train(TrainingTask(wild, weights: start, round: 1), table)
        }
    }

    @Test func plansThatMeanNothingAreRefused() {
        let good = ModelPlan(.linear, features: ["x"], target: "y")
        let models = [
            ModelPlan(.linear, features: [], target: "y"), ModelPlan(.linear, features: ["x", "x"], target: "y"),
            ModelPlan(.linear, features: ["y"], target: "y"), ModelPlan(.cox, features: ["x"], target: "y"),
            ModelPlan(.linear, features: ["x"], target: "y", event: "e"),
            ModelPlan(.linear, features: ["x"], target: "y", centres: [1, 2]),
            ModelPlan(.linear, features: ["x"], target: "y", scales: [0]),
            ModelPlan(.perceptron(hidden: [0], activation: .relu, output: .linear), features: ["x"], target: "y"),
            ModelPlan(
                .perceptron(hidden: [Int.max, Int.max], activation: .relu, output: .linear), features: ["x"],
                target: "y"),
        ]
        for model in models { #expect(throws: RoundsError.self) { try model.check() } }
        for change in [
            { $0.batchSize = 0 }, { $0.optimiser = .sgd(learningRate: .nan) }, { $0.amount = .updates(0) },
            { $0.amount = .epochs(Int.max) }, { $0.l2 = -1 }, { $0.privacy = .init(clip: 0, noiseMultiplier: 1) },
        ] as [(inout TrainingPlan) -> Void] {
            var plan = TrainingPlan(good, optimiser: .sgd(learningRate: 0.1), batchSize: 4, amount: .updates(1))
            change(&plan)
            let changed = plan
            #expect(throws: RoundsError.self) { try changed.check() }
        }
    }
}
