import FoundationEssentials
import Rounds
import Testing

/// Against Flower's own strategies and the papers' arithmetic: `Fixtures/make_strategies.py`.
@Suite struct StrategyTests {
    struct Golden: Decodable {
        struct Shape: Decodable {
            let name: String
            let shape: [Int]
        }
        let shapes: [Shape]
        let rows: [Int]
        let start: [Double]
        let deltas: [[[Double]]]
        let steps: [[Int]]
        let controlDeltas: [[[Double]]]
        let scaffoldControls: [[Double]]
        let after: [String: [[Double]]]

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

        func changes(_ round: Int) throws -> [SiteChange] {
            try rows.indices.map { site in
                SiteChange(
                    delta: try weights(deltas[round][site]), controlDelta: try weights(controlDeltas[round][site]),
                    steps: steps[round][site], rows: rows[site])
            }
        }
    }

    static let golden = Result { try LearningFixture.read("strategies.json", as: Golden.self) }

    static let strategies: [(String, Strategy)] = [
        ("fedAvg", .fedAvg), ("fedProx", .fedProx(mu: 0.1)), ("fedAvgM", .fedAvgM(momentum: 0.9, learningRate: 0.8)),
        ("fedAdam", .fedAdam(.init(biasCorrection: true))), ("fedYogi", .fedYogi(.init())),
        ("fedAdagrad", .fedAdagrad(.init(beta1: 0))), ("median", .median), ("trimmedMean", .trimmedMean(cut: 0.2)),
        ("krum", .krum(dishonest: 2)), ("multiKrum", .multiKrum(dishonest: 2, keep: 5)),
        ("bulyan", .bulyan(dishonest: 2)), ("scaffold", .scaffold(sites: 14, learningRate: 0.7)), ("fedNova", .fedNova),
    ]

    @Test(arguments: strategies) func everyStepIsTheReferences(_ name: String, _ strategy: Strategy) throws {
        let golden = try Self.golden.get()
        try strategy.check()
        let expected = try #require(golden.after[name])
        var state = ServerState(try golden.weights(golden.start), strategy: strategy)
        for (round, after) in expected.enumerated() {
            state = try strategy.step(state, try golden.changes(round))
            // Kept and read back each round, as a hub does that restarts.
            state = try JSONDecoder().decode(ServerState.self, from: JSONEncoder().encode(state))
            #expect(state.round == round + 1)
            for (mine, theirs) in zip(state.weights.values, after) {
                #expect(agree(Double(mine), theirs, within: 1e-6), "\(name) in round \(round + 1)")
            }
            if strategy.usesControls {
                let controls = try #require(state.controls)
                for (mine, theirs) in zip(controls.values, golden.scaffoldControls[round]) {
                    #expect(agree(Double(mine), theirs, within: 1e-6))
                }
            }
        }
    }

    @Test(arguments: strategies.filter { !$0.1.needsEveryChange })
    func averagingStrategiesNeedTheSumAlone(_ name: String, _ strategy: Strategy) throws {
        let golden = try Self.golden.get()
        let start = ServerState(try golden.weights(golden.start), strategy: strategy)
        var sum = ChangeSum(count: start.weights.values.count, strategy: strategy)
        for change in try golden.changes(0).reversed() { try sum.add(change, strategy, .rows) }
        let fromSum = try strategy.step(start, sum)
        for (mine, theirs) in zip(fromSum.weights.values, try #require(golden.after[name])[0]) {
            #expect(agree(Double(mine), theirs, within: 1e-6))
        }
    }

    @Test func equalWeightsGiveThePlainMean() throws {
        let start = try ModelWeights([.init("w", shape: [2], [1, 1])])
        let changes = try [([2, 0], 1), ([4, 8], 1000)].map { (values: [Float], rows) in
            SiteChange(delta: try ModelWeights(values, like: start), steps: 1, rows: rows)
        }
        let state = try Strategy.fedAvg.step(ServerState(start, strategy: .fedAvg), changes, weighting: .equal)
        #expect(state.weights.values == [4, 5])
    }

    @Test func weightsOfAnotherModelAndDivergedOnesAreRefused() throws {
        let start = try ModelWeights([.init("w", shape: [2], [1, 1])])
        let state = ServerState(start, strategy: .fedAvg)
        let other = try ModelWeights([.init("w", shape: [1, 2], [1, 1])])
        let endless = try ModelWeights([.init("w", shape: [2], [.infinity, 0])])
        for wrong in [other, endless] {
            for strategy in [Strategy.fedAvg, .median] {
                #expect(throws: RoundsError.self) {
                    try strategy.step(state, [SiteChange(delta: wrong, steps: 1, rows: 10)])
                }
            }
        }
        #expect(throws: RoundsError.self) {
            try Strategy.fedAvg.step(state, [SiteChange(delta: start, steps: 0, rows: 0)])
        }
        #expect(throws: RoundsError.self) { try Strategy.fedAvg.step(state, []) }
        #expect(throws: RoundsError.self) {
            try Strategy.bulyan(dishonest: 1).step(state, [SiteChange(delta: start, steps: 1, rows: 1)])
        }
        #expect(throws: RoundsError.self) { try Strategy.trimmedMean(cut: 0.5).check() }
    }

    @Test func theSitesOfARoundAreTheSameAfterARestartAndOthersInTheNext() {
        let all = (1...20).map { "site\($0)" }
        let some = Participation(fraction: 0.3, minimum: 2, seed: 5)
        #expect(some.sites(all, round: 1).count == 6)
        #expect(some.sites(all, round: 1) == some.sites(all.reversed(), round: 1))
        #expect(Set((1...20).map { some.sites(all, round: $0) }).count > 10)
        // Over many rounds every site has its turn: 200 draws of 6 in 20 are 60 each on average.
        var turns: [String: Int] = [:]
        for round in 1...200 { for site in some.sites(all, round: round) { turns[site, default: 0] += 1 } }
        #expect(turns.count == 20 && turns.values.allSatisfy { (30...90).contains($0) })
        #expect(Participation(fraction: 0.01, minimum: 2, seed: 1).sites(["a", "b", "c"], round: 1).count == 2)
        #expect(Participation(fraction: .nan, minimum: 9, seed: 1).sites(["b", "a"], round: 1) == ["a", "b"])
    }

    @Test func theBestModelIsKeptAndPatienceEnds() throws {
        func model(_ value: Float) throws -> ModelWeights { try ModelWeights([.init("w", shape: [1], [value])]) }
        var selection = ModelSelection(largerIsBetter: true, patience: 2)
        // Weighted by rows: (0.6 · 30 + 0.8 · 10) / 40 = 0.65.
        let first = selection.note(
            try model(1), round: 1, [.init(value: 0.6, rows: 30), .init(value: 0.8, rows: 10)])
        #expect(try agree(#require(first), 0.65, within: 1e-15))
        _ = selection.note(try model(2), round: 2, [.init(value: 0.7, rows: 30), .init(value: .nan, rows: 10)])
        #expect(selection.bestRound == 2 && !selection.shouldStop)
        _ = selection.note(try model(3), round: 3, [.init(value: 0.69, rows: 40)])
        #expect(!selection.shouldStop)
        #expect(selection.note(try model(4), round: 4, []) == nil)
        #expect(selection.shouldStop)
        #expect(try selection.best == model(2))
    }
}
