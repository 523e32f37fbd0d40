import FoundationEssentials
import Rounds
import Testing

@Suite struct ModelRegistryTests {
    private func record(_ seed: UInt64, name: String = "risk", parent: String? = nil) throws -> ModelRecord {
        let model = ModelPlan(.logistic, features: ["age", "size"], target: "event")
        let training = FederatedTraining(
            TrainingPlan(model, optimiser: .sgd(learningRate: 0.1), batchSize: 8, amount: .epochs(1), seed: seed),
            .fedAvg,
            rounds: 2, validation: 0.25)
        let table = try CohortTable(
            rows: 40,
            [
                "age": .numbers((0..<40).map { Double($0) / 40 }), "size": .numbers((0..<40).map { Double($0 % 7) }),
                "event": .numbers((0..<40).map { Double($0 % 2) }),
            ])
        let outcome = try LocalRun(training).run([table, table]).outcome
        return ModelRecord(
            name: name, outcome: outcome, training: training, run: "run-\(seed)", parent: parent,
            dataSets: [.init(identifier: "ds-1", site: "Hospital | one"), .init(identifier: "ds-2", site: "two")],
            permits: ["permit-9"], intendedUse: "Research <b>only</b>\nnot for care.", limitations: "Two sites.")
    }

    @Test func versionsCountUpAndLineageLeadsBack() throws {
        var registry = ModelRegistry()
        let first = try registry.add(record(1))
        let second = try registry.add(record(2, parent: first.weightsHash))
        let other = try registry.add(record(3, name: "other"))
        #expect((first.version, second.version, other.version) == (1, 2, 1))
        #expect(registry.record("risk") == second)
        #expect(registry.record("risk", version: 1) == first)
        #expect(registry.record("risk", version: 9) == nil)
        #expect(registry.lineage(second).map(\.run) == ["run-2", "run-1"])
        registry = try JSONDecoder().decode(ModelRegistry.self, from: JSONEncoder().encode(registry))
        #expect(registry.records == [first, second, other])
    }

    @Test func recordsWithoutAnOriginAreRefused() throws {
        var registry = ModelRegistry()
        let good = try registry.add(record(1))
        #expect(throws: RoundsError.self) { try registry.add(good) }
        for change in [
            { $0.name = "" }, { $0.weightsHash = "abc" }, { $0.dataSets = [] }, { $0.permits = [] }, { $0.run = "" },
            { $0.parent = String(repeating: "0", count: 64) },
        ] as [(inout ModelRecord) -> Void] {
            var wrong = try record(5)
            change(&wrong)
            let changed = wrong
            #expect(throws: RoundsError.self) { try registry.add(changed) }
        }
    }

    @Test func theCardSaysWhereTheModelIsFromAndKeepsNothingThatMarkdownActsOn() throws {
        var registry = ModelRegistry()
        let card = try registry.add(record(1)).card
        for piece in [
            "# risk, version 1", "logistic regression", "`age`, `size`", "`run-1`", "`permit-9`", "`ds-1`",
            "Hospital \\| one", "Research \\<b\\>only\\</b\\> not for care.", "rows over all sites | 60", "loss",
        ] { #expect(card.contains(piece), "\(piece) is not in\n\(card)") }
    }

    @Test func aTrainingThatChoosesByValidationKeepsTheBestRound() throws {
        let outcome = try record(1)
        #expect(outcome.rounds <= 2 && outcome.metrics.count == 1)
    }
}
