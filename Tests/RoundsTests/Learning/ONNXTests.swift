import FoundationEssentials
import Glibc
import Rounds
import Testing

/// Against PyPI `onnx`, byte by byte, and the answers of `onnxruntime`: `Fixtures/make_onnx.py`.
@Suite struct ONNXTests {
    struct Case: Decodable {
        let name: String
        let file: Data
        let centres: [Double]?
        let scales: [Double]?
        let answers: [Double]
    }

    static let cases = Result { try LearningFixture.read("onnx.json", as: [Case].self) }

    @Test(arguments: TrainerTests.names) func theFileIsTheReferencesAndItsAnswersAreOurs(_ name: String) throws {
        let known = try #require(try Self.cases.get().first { $0.name == name })
        let golden = try TrainerTests.golden.get()
        let trained = try #require(golden.cases.first { $0.name == name })
        var model = trained.model
        model.centres = known.centres
        model.scales = known.scales
        let weights = try trained.weights(trained.start)
        #expect(try ONNXModel(model, weights, name: name).bytes == Array(known.file))

        let scores = try NativeTrainer().scores(model, weights, golden.table())
        for (score, answer) in zip(scores, known.answers) {
            let mine = model.output == .logistic ? 1 / (1 + exp(-score)) : score
            #expect(agree(mine, answer, within: 1e-6))
        }
    }

    @Test func weightsOfAnotherModelAreNotExported() throws {
        let model = ModelPlan(.linear, features: ["x"], target: "y")
        let other = try ModelPlan(.linear, features: ["x", "z"], target: "y").initialWeights(seed: 1)
        #expect(throws: RoundsError.self) { try ONNXModel(model, other, name: "m") }
    }
}
