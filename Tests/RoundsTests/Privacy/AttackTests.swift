import Glibc
import Rounds
import TestSupport
import Testing

/// Attacks on what a training or an analysis gives away, with and without what protects. Each prints what it measured;
/// docs/attacks.md has the numbers.
@Suite struct AttackTests {
    /// Rows of standard normal features whose label follows their sum, but for a tenth of the rows.
    static func table(_ rows: Int, features: Int, seed: UInt64, wrong: Double = 0.1) throws -> CohortTable {
        var bits = SeededGenerator(seed: seed)
        func normal() -> Double {
            (-2 * log(Double.random(in: 1e-12..<1, using: &bits))).squareRoot()
                * cos(2 * .pi * Double.random(in: 0..<1, using: &bits))
        }
        let columns = (0..<features).map { _ in (0..<rows).map { _ in normal() } }
        var table = CohortTable(rows: rows)
        for (place, column) in columns.enumerated() { try table.add(.numbers(column), as: "x\(place)") }
        let labels = (0..<rows).map { row in
            let sum = columns.prefix(3).reduce(0.0) { $0 + $1[row] }
            return (sum > 0) != (Double.random(in: 0..<1, using: &bits) < wrong) ? 1.0 : 0
        }
        try table.add(.numbers(labels), as: "y")
        return table
    }

    static func model(_ features: Int, hidden: [Int] = []) -> ModelPlan {
        let names = (0..<features).map { "x\($0)" }
        return ModelPlan(
            hidden.isEmpty ? .logistic : .perceptron(hidden: hidden, activation: .tanh, output: .logistic),
            features: names, target: "y")
    }

    static func row(_ table: CohortTable, _ row: Int, features: Int) throws -> [Double] {
        try (0..<features).map { try table.numbers("x\($0)")[row] }
    }

    static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    // Gradient inversion ---------------------------------------------------------------------------------------------

    /// What an attacker makes of a change of a linear or logistic model: the weights' change over the bias's. It is the
    /// row itself where there was one. The result is its distance to the nearest row, as a part of that row's length.
    private func reconstructionError(_ delta: ModelWeights, _ table: CohortTable, features: Int) throws -> Double {
        let bias = Double(try delta.tensor("layers.0.bias")[0])
        let guess = try delta.tensor("layers.0.weight").map { Double($0) / bias }
        var best = Double.infinity
        for row in 0..<table.rows {
            let truth = try Self.row(table, row, features: features)
            let distance = zip(guess, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            best = min(best, distance / truth.reduce(0) { $0 + $1 * $1 }.squareRoot())
        }
        return best
    }

    @Test func aSingleRecordIsReadFromAPlainUpdateAndNotFromProtectedOnes() throws {
        let features = 20
        let model = Self.model(features)
        let start = try model.initialWeights(seed: 1)
        func change(_ table: CohortTable, _ privacy: TrainingPlan.Private?) throws -> SiteChange {
            let plan = TrainingPlan(
                model, optimiser: .sgd(learningRate: 0.1), batchSize: max(1, table.rows), amount: .updates(1),
                privacy: privacy)
            let result = try NativeTrainer(noise: SeededSource.make(9)).train(
                TrainingTask(plan, weights: start, round: 1), table)
            return SiteChange(delta: try result.weights.minus(start), steps: 1, rows: result.rows)
        }
        let one = try Self.table(1, features: features, seed: 1)
        let plain = try reconstructionError(change(one, nil).delta, one, features: features)
        // The same record among others: at its own site, and in the sum of ten sites of one record each.
        let many = try Self.table(50, features: features, seed: 2)
        let amongMany = try reconstructionError(change(many, nil).delta, many, features: features)
        var sum = ChangeSum(count: start.values.count, strategy: .fedAvg)
        for seed in 1...10 {
            try sum.add(change(Self.table(1, features: features, seed: UInt64(seed)), nil), .fedAvg, .rows)
        }
        let masked = try reconstructionError(
            ModelWeights(sum.delta.mean().map { Float($0) }, like: start), one, features: features)
        let noisy = try reconstructionError(
            change(one, .init(clip: 1, noiseMultiplier: 1)).delta, one, features: features)
        print(
            "measured: error of the reconstructed record: plain \(Self.rounded(plain)), among 50 rows"
                + " \(Self.rounded(amongMany)), in the sum of 10 sites \(Self.rounded(masked)), clipped and noised"
                + " \(Self.rounded(noisy))")
        #expect(plain < 0.001)
        #expect(amongMany > 0.5)
        #expect(masked > 0.5)
        #expect(noisy > 0.5)
        // And the rules do not let a site of one row take part at all.
        #expect(throws: RoundsError.self) { try DisclosureRules().check(rows: 1, parameters: features + 1) }
    }

    // Membership inference -------------------------------------------------------------------------------------------

    /// How well a threshold on the loss tells rows that were trained on from others: the area under the curve.
    private func membership(_ hidden: [Int], rows: Int, _ privacy: TrainingPlan.Private?) throws -> Double {
        let features = 10
        let model = Self.model(features, hidden: hidden)
        let members = try Self.table(rows, features: features, seed: 21, wrong: 0.4)
        let others = try Self.table(rows, features: features, seed: 22, wrong: 0.4)
        let plan = TrainingPlan(
            model, optimiser: .adam(learningRate: 0.03), batchSize: max(8, rows / 8), amount: .updates(300),
            privacy: privacy)
        let trainer = NativeTrainer(noise: SeededSource.make(4))
        let weights = try trainer.train(
            TrainingTask(plan, weights: model.initialWeights(seed: 3), round: 1), members
        ).weights
        func gains(_ table: CohortTable) throws -> [Double] {
            // The likelihood of the row's own label.
            zip(try trainer.scores(model, weights, table), try table.numbers("y")).map { $1 == 1 ? $0 : -$0 }
        }
        let scores = try gains(members) + gains(others)
        // The index of "members first" is the area under the curve.
        let isMember = Array(repeating: 1.0, count: rows) + Array(repeating: 0, count: rows)
        return ConcordanceIndex.of(times: isMember.map { 2 - $0 }, events: isMember, scores: scores)
    }

    @Test func membersAreToldFromOthersWhereAModelIsTooLargeForItsRows() throws {
        let large = try membership([32], rows: 60, nil)
        let small = try membership([], rows: 600, nil)
        let noisy = try membership([32], rows: 60, .init(clip: 1, noiseMultiplier: 4))
        let spent = try RenyiAccountant([
            PrivacyRelease(.sampledGaussian(rate: 8.0 / 60, noiseMultiplier: 4), count: 300)
        ]).epsilon(delta: 1e-3)
        print(
            "measured: area under the curve of membership: 385 parameters on 60 rows \(Self.rounded(large)), 11 on 600"
                + " \(Self.rounded(small)), 385 on 60 with noise (epsilon \(Self.rounded(spent))) \(Self.rounded(noisy))"
        )
        #expect(large > 0.75)
        #expect(small < 0.57)
        #expect(noisy < 0.62)
        #expect(throws: RoundsError.self) { try DisclosureRules().check(rows: 60, parameters: 385) }
        try DisclosureRules().check(rows: 600, parameters: 11)
    }

    // Differencing ---------------------------------------------------------------------------------------------------

    @Test func twoExactSumsGiveOnePatientAwayWhateverTheMinimumAndTheLedgerStopsNoisyOnes() throws {
        let ages = (0..<50).map { 40 + Double($0 % 37) }
        let patient = 71.0
        // Exact: both cohorts are far above every minimum, and the difference is the patient.
        let with = ages + [patient]
        try DisclosureRules().check(rows: ages.count, parameters: 1)
        #expect(with.reduce(0, +) - ages.reduce(0, +) == patient)

        // Counts with Laplace noise, epsilon 1 each, and a budget of 2.1. An attacker repeats both questions as often as
        // the ledger allows and guesses by the mean whether the patient is in the second cohort.
        var right = 0
        var answers = 0
        let trials = 1000
        var bits = SeededBits(seed: 8)
        let mechanism = NoiseMechanism.central(.laplace, noiseMultiplier: 1, sensitivity: 1)
        for trial in 0..<trials {
            let isIn = trial.isMultiple(of: 2)
            var ledger = PrivacyLedger()
            try ledger.setBudget(.init(epsilon: 2.1, delta: 1e-5), project: "p", site: "s")
            var sum = 0.0
            var count = 0
            for question in 0..<100 {
                do {
                    _ = try ledger.spend(
                        PrivacyRelease(mechanism.event), name: "\(question)", project: "p", site: "s")
                } catch { break }
                sum += try mechanism.release([isIn ? 51 : 50], using: &bits)[0]
                count += 1
            }
            answers = count
            if (sum / Double(max(1, count)) > 50.5) == isIn { right += 1 }
        }
        let rate = Double(right) / Double(trials)
        // No test between two neighbours is right more often than this at epsilon 2.1.
        let bound = 1 / (1 + exp(-2.1))
        print(
            "measured: the patient is told from two exact sums always, from \(answers) noisy ones in"
                + " \(Self.rounded(rate)) of the cases (at most \(Self.rounded(bound)))")
        #expect(answers == 2)
        #expect(rate < bound + 0.03)
        #expect(rate > 0.5)
    }

    // Poisoning ------------------------------------------------------------------------------------------------------

    enum Attack: String, CaseIterable { case none, labelFlip, scaledUpdate }

    /// The share of right labels on new rows after ten rounds of eleven sites, two of them dishonest.
    private func accuracy(_ strategy: Strategy, _ attack: Attack) throws -> Double {
        let model = Self.model(8)
        var sites: [String: CohortTable] = [:]
        for site in 0..<11 {
            var table = try Self.table(100, features: 8, seed: UInt64(100 + site))
            if attack == .labelFlip, site < 2 {
                try table.add(.numbers(table.numbers("y").map { 1 - $0 }), as: "y")
            }
            sites["site\(site)"] = table
        }
        let plan = TrainingPlan(model, optimiser: .sgd(learningRate: 0.3), batchSize: 20, amount: .epochs(2))
        let outcome = try TrainingRehearsal(plan, strategy, rounds: 10).run(
            sites, start: model.initialWeights(seed: 1)
        ) { site, change in
            guard attack == .scaledUpdate, site == "site0" || site == "site1" else { return }
            change.delta = (try? ModelWeights.zeros(like: change.delta).plus(change.delta, times: -20)) ?? change.delta
        }
        let test = try Self.table(1000, features: 8, seed: 999, wrong: 0)
        let scores = try NativeTrainer().scores(model, outcome.weights, test)
        let right = zip(scores, try test.numbers("y")).count { ($0 > 0) == ($1 == 1) }
        return Double(right) / 1000
    }

    @Test func robustStrategiesWithstandTwoDishonestSitesOfElevenAndTheMeanDoesNot() throws {
        let robust: [(String, Strategy)] = [
            ("median", .median), ("trimmed mean", .trimmedMean(cut: 0.2)), ("Krum", .krum(dishonest: 2)),
            ("Multi-Krum", .multiKrum(dishonest: 2, keep: 7)), ("Bulyan", .bulyan(dishonest: 2)),
        ]
        for (name, strategy) in [("FedAvg", Strategy.fedAvg)] + robust {
            let rates = try Attack.allCases.map { try accuracy(strategy, $0) }
            print("measured: right labels, honest / labels flipped / update × −20: \(name) \(rates)")
            #expect(rates[0] > 0.9)
            if strategy == .fedAvg {
                #expect(rates[2] < 0.6)
            } else {
                #expect(rates[1] > 0.9)
                #expect(rates[2] > 0.9)
            }
        }
    }
}
