import Rounds
import TestSupport
import Testing

@Suite struct PrivateTrainingTests {
    private func table(_ rows: Int, seed: UInt64) throws -> CohortTable {
        var generator = SeededGenerator(seed: seed)
        let x = (0..<rows).map { _ in Double.random(in: -1...1, using: &generator) }
        let z = (0..<rows).map { _ in Double.random(in: -1...1, using: &generator) }
        let y = zip(x, z).map { 2 * $0 - $1 + Double.random(in: -0.5...0.5, using: &generator) > 0 ? 1.0 : 0 }
        return try CohortTable(rows: rows, ["x": .numbers(x), "z": .numbers(z), "y": .numbers(y)])
    }

    private let model = ModelPlan(.logistic, features: ["x", "z"], target: "y")

    private func plan(_ privacy: TrainingPlan.Private?) -> TrainingPlan {
        TrainingPlan(
            model, optimiser: .sgd(learningRate: 0.5), batchSize: 64, amount: .updates(200), seed: 3, privacy: privacy)
    }

    @Test func aPrivateTrainingLearnsAndSaysWhatItSpent() throws {
        let table = try table(1000, seed: 1)
        let start = try model.initialWeights(seed: 1)
        let result = try NativeTrainer().train(
            TrainingTask(plan(.init(clip: 1, noiseMultiplier: 1)), weights: start, round: 1), table)
        #expect(result.release == PrivacyRelease(.sampledGaussian(rate: 0.064, noiseMultiplier: 1), count: 200))
        #expect(result.metrics.isEmpty)
        let before = try NativeTrainer().validate(model, start, table).value
        let after = try NativeTrainer().validate(model, result.weights, table).value
        #expect(after < 0.75 * before)
    }

    @Test func withoutNoiseToSpeakOfItGoesWherePlainTrainingGoes() throws {
        // A clip that no gradient reaches and noise of a millionth of it: gradients of |score slope| ≤ 1 and features
        // within ±1 are at most √3 long.
        let table = try table(400, seed: 2)
        let start = try model.initialWeights(seed: 2)
        var quiet = plan(.init(clip: 2, noiseMultiplier: 1e-6))
        quiet.batchSize = 400
        var plain = plan(nil)
        plain.batchSize = 400
        let one = try NativeTrainer().train(TrainingTask(quiet, weights: start, round: 1), table)
        let other = try NativeTrainer().train(TrainingTask(plain, weights: start, round: 1), table)
        for (mine, theirs) in zip(one.weights.values, other.weights.values) {
            #expect(agree(Double(mine), Double(theirs), within: 1e-4))
        }
    }

    @Test func noRowMovesAStepMoreThanTheClip() throws {
        // One row with an enormous feature, one step with nearly no noise: the step is the learning rate times the clip
        // over the batch, however large the gradient.
        let table = try CohortTable(rows: 1, ["x": .numbers([1e6]), "z": .numbers([0]), "y": .numbers([1])])
        let start = ModelWeights.zeros(like: try model.initialWeights(seed: 1))
        var plan = plan(.init(clip: 0.1, noiseMultiplier: 1e-6))
        plan.amount = .updates(1)
        plan.batchSize = 1
        let result = try NativeTrainer().train(TrainingTask(plan, weights: start, round: 1), table)
        #expect(abs(result.weights.norm - 0.5 * 0.1) < 1e-5)
    }

    @Test func theRandomSourceDecidesTheNoise() throws {
        let table = try table(100, seed: 4)
        let task = TrainingTask(
            plan(.init(clip: 1, noiseMultiplier: 1)), weights: try model.initialWeights(seed: 1), round: 1)
        let first = try NativeTrainer(noise: SeededSource.make(1)).train(task, table).weights
        #expect(try NativeTrainer(noise: SeededSource.make(1)).train(task, table).weights == first)
        #expect(try NativeTrainer(noise: SeededSource.make(2)).train(task, table).weights != first)
    }

    @Test func aCoxModelCannotBeTrainedPrivatelyAndSaysWhy() throws {
        var plan = plan(.init(clip: 1, noiseMultiplier: 1))
        plan.model = ModelPlan(.cox, features: ["x"], target: "y", event: "z")
        let wrong = plan
        #expect(throws: RoundsError.self) { try wrong.check() }
    }
}
