import Rounds
import TestSupport
import Testing

@Suite struct FederatedTrainingTests {
    private let model = ModelPlan(.linear, features: ["x"], target: "y")

    /// y = 3 x − 1 and a little noise.
    private func table(_ rows: Int, seed: UInt64) throws -> CohortTable {
        var bits = SeededGenerator(seed: seed)
        let x = (0..<rows).map { _ in Double.random(in: -1...1, using: &bits) }
        return try CohortTable(
            rows: rows,
            ["x": .numbers(x), "y": .numbers(x.map { 3 * $0 - 1 + Double.random(in: -0.1...0.1, using: &bits) })])
    }

    private func training(
        _ strategy: Strategy = .fedAvg, rounds: Int = 30, validation: Double = 0, patience: Int? = nil,
        rate: Double = 0.3
    ) -> FederatedTraining {
        FederatedTraining(
            TrainingPlan(model, optimiser: .sgd(learningRate: rate), batchSize: 10, amount: .epochs(1), seed: 1),
            strategy,
            rounds: rounds, validation: validation, patience: patience)
    }

    @Test(arguments: [Strategy.fedAvg, .fedNova, .scaffold(sites: 3), .fedProx(mu: 0.01), .fedAvgM(momentum: 0.5)])
    func aLineIsFoundOverThreeSites(_ strategy: Strategy) throws {
        let tables = try [table(50, seed: 1), table(120, seed: 2), table(30, seed: 3)]
        let outcome = try LocalRun(training(strategy)).run(tables).outcome
        #expect(try abs(Double(outcome.weights.tensor("layers.0.weight")[0]) - 3) < 0.1)
        #expect(try abs(Double(outcome.weights.tensor("layers.0.bias")[0]) + 1) < 0.1)
        #expect(outcome.rounds.count == 30 && outcome.rounds.allSatisfy { $0.sites == 3 && $0.rows == 200 })
    }

    @Test func theBestModelByValidationIsGivenAndThatMayBeTheLast() throws {
        let tables = try [table(50, seed: 1), table(120, seed: 2)]
        let (outcome, rounds) = try LocalRun(training(rounds: 3, validation: 0.2, rate: 0.05)).run(tables)
        // Three rounds of training, and one in which the last model is tried.
        #expect(rounds == 4)
        // It gets better in every round, so the best is the last.
        #expect(outcome.bestRound == 3)
        #expect(outcome.rounds.count == 3 && outcome.rounds.allSatisfy { $0.rows == 136 })
        let tried = outcome.rounds.compactMap(\.validation) + [try #require(outcome.validation)]
        #expect(tried.count == 4 && zip(tried, tried.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test func patienceEndsATrainingThatGetsNoBetter() throws {
        let tables = try [table(50, seed: 1), table(120, seed: 2)]
        let (outcome, rounds) = try LocalRun(training(rounds: 200, validation: 0.2, patience: 3)).run(tables)
        #expect(rounds < 100)
        #expect(outcome.bestRound == rounds - 4)
    }

    @Test func plansThatRoundsOfSumsCannotRunAreRefused() throws {
        let schema = try table(5, seed: 1).schema(minimumCell: 1)
        _ = try training().start(schema)
        var private1 = training(validation: 0.2)
        private1.plan.privacy = .init(clip: 1, noiseMultiplier: 1)
        for wrong in [
            training(.median), training(.krum(dishonest: 1)), training(rounds: 0), training(validation: 1),
            training(patience: 2), private1,
        ] { #expect(throws: RoundsError.self) { try wrong.start(schema) } }
        #expect(training().needsMasking)
        // A category where a number is needed, and a variable that no site has.
        let categories = try CohortTable(rows: 1, ["x": .categories(named: ["a"]), "y": .numbers([1])])
        #expect(throws: RoundsError.self) { try training().start(categories.schema(minimumCell: 1)) }
        #expect(throws: RoundsError.self) { try training().start(Schema([:])) }
    }

    @Test func modelsTooLargeForAllRowsAreWithheld() throws {
        var run = LocalRun(training())
        run.rules = DisclosureRules(minimumRows: 0, minimumSites: 1)
        #expect(throws: RoundsError.self) { try run.run([table(5, seed: 1)]) }
    }
}
