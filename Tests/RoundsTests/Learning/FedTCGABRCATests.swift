import Rounds
import Testing

/// Real patients in six regions, with FLamby's model, split, settings and metric (`flamby/config_tcga_brca.json`).
@Suite(.enabled(if: FedTCGABRCA.isThere, "the shared data is not there")) struct FedTCGABRCATests {
    private static let settings = Strategy.AdaptiveSettings(learningRate: 0.1, beta1: 0.9, beta2: 0.999, tau: 1e-8)

    /// FedAdam's C-index on the pooled test set, for each of some seeds.
    private func fedAdam(_ model: ModelPlan, _ seeds: Range<UInt64>) throws -> [Double] {
        let data = try FedTCGABRCA.shared.get()
        return try seeds.map { seed in
            let plan = TrainingPlan(
                model, optimiser: .sgd(learningRate: 0.01), batchSize: 8, amount: .updates(100), seed: seed)
            let outcome = try TrainingRehearsal(plan, .fedAdam(Self.settings), rounds: 5).run(
                data.train, start: model.initialWeights(seed: seed))
            return try NativeTrainer().validate(model, outcome.weights, data.test).value
        }
    }

    @Test func theSplitIsTheOnePublished() throws {
        let data = try FedTCGABRCA.shared.get()
        // FLamby's paper: 1,088 patients; its split keeps 866 for training.
        #expect(data.train.values.reduce(0) { $0 + $1.rows } == 866)
        #expect(data.test.rows == 222)
        #expect(data.features.count == 39)
    }

    @Test func fedAdamReachesWhatWasPublished() throws {
        // Published for seeds 42 to 46: 0.842 on average, from 0.821 to 0.862. With age in years, as FLamby has it, single
        // seeds of ours fall below that range, as its FedAvg does; scaled by the sites' sums, none does.
        let data = try FedTCGABRCA.shared.get()
        let scaled = try fedAdam(data.scaledModel, 42..<47)
        #expect(scaled.reduce(0, +) / 5 >= 0.84)
        #expect(scaled.allSatisfy { $0 > 0.82 })
        let toTheLetter = try fedAdam(data.model, 42..<63).sorted()
        #expect((0.821...0.862).contains(toTheLetter[10]))
    }

    @Test func theSameThroughRoundsOfSumsAlone() throws {
        let data = try FedTCGABRCA.shared.get()
        let plan = TrainingPlan(
            data.model, optimiser: .sgd(learningRate: 0.01), batchSize: 8, amount: .updates(100), seed: 42)
        let tables = data.train.sorted { $0.key < $1.key }.map(\.value)
        for strategy in [
            Strategy.fedAdam(Self.settings), .fedAvg, .fedNova, .fedProx(mu: 0.1), .fedAvgM(momentum: 0.9),
        ] {
            let sums = try LocalRun(FederatedTraining(plan, strategy, rounds: 5)).run(tables)
            let each = try TrainingRehearsal(plan, strategy, rounds: 5).run(
                data.train, start: data.model.initialWeights(seed: 42))
            #expect(sums.rounds == 5)
            #expect(sums.outcome.hash == sums.outcome.weights.hash)
            for (one, other) in zip(sums.outcome.weights.values, each.weights.values) {
                #expect(agree(Double(one), Double(other), within: 1e-6))
            }
        }
    }
}
