// learning FOLDER [SEEDS]: every strategy on Fed-TCGA-BRCA with FLamby's model, split, settings and metric; a table out.
// Twice: to the letter, and with age (the one feature that is not 0 or 1) less its mean and divided by its deviation,
// both from the sites' sums. FLamby leaves it in years, and its gradient then outweighs the other 38 together.
import FoundationEssentials
import Rounds

struct Setting {
    let name: String
    let strategy: Strategy
    let learningRate: Double
    /// FLamby's published C-index on the pooled test set: means over seeds 42 to 46 of its results files.
    let published: String
}

/// `flamby/config_tcga_brca.json`; FLamby's FedAdam has no bias correction, its FedAdagrad keeps beta1.
let server = Strategy.AdaptiveSettings(learningRate: 0.1, beta1: 0.9, beta2: 0.999, tau: 1e-8)
let adagrad = Strategy.AdaptiveSettings(learningRate: 1, beta1: 0.9, beta2: 0.999, tau: 1e-8)
let settings = [
    Setting(name: "FedAvg", strategy: .fedAvg, learningRate: 0.1, published: "0.735"),
    Setting(name: "FedProx", strategy: .fedProx(mu: 0.1), learningRate: 0.1, published: "0.717"),
    Setting(name: "SCAFFOLD", strategy: .scaffold(sites: 6), learningRate: 0.01, published: "0.700"),
    Setting(name: "FedAdam", strategy: .fedAdam(server), learningRate: 0.01, published: "0.842"),
    Setting(name: "FedYogi", strategy: .fedYogi(server), learningRate: 0.01, published: "0.842"),
    Setting(name: "FedAdagrad", strategy: .fedAdagrad(adagrad), learningRate: 0.01, published: "0.834"),
    Setting(name: "FedAvgM", strategy: .fedAvgM(momentum: 0.9), learningRate: 0.01, published: "–"),
    Setting(name: "FedNova", strategy: .fedNova, learningRate: 0.1, published: "–"),
    Setting(name: "Median", strategy: .median, learningRate: 0.1, published: "–"),
    Setting(name: "Trimmed mean", strategy: .trimmedMean(cut: 0.2), learningRate: 0.1, published: "–"),
    Setting(name: "Krum", strategy: .krum(dishonest: 1), learningRate: 0.1, published: "–"),
    Setting(name: "Multi-Krum", strategy: .multiKrum(dishonest: 1, keep: 4), learningRate: 0.1, published: "–"),
]

guard CommandLine.arguments.count > 1 else {
    print("usage: learning FOLDER [SEEDS]")
    throw RoundsError.plan("the folder with brca.csv and train_test_split.csv is needed")
}
let seeds = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 5 : 5
let data = try FedTCGABRCA(folder: CommandLine.arguments[1])
let test = try FedTCGABRCA.pooled(data.sites.map(\.test))
let toTheLetter = ModelPlan(.cox, features: data.features, target: "T", event: "E")
let scaled = try data.scaled(toTheLetter, ["age_at_index"])
let trainer = NativeTrainer()

func plan(_ model: ModelPlan, _ rate: Double, seed: Int, sites: Bool) -> TrainingPlan {
    sites
        ? TrainingPlan(
            model, optimiser: .sgd(learningRate: rate), batchSize: 8, amount: .updates(100), seed: UInt64(seed))
        : TrainingPlan(
            model, optimiser: .adam(learningRate: rate), batchSize: 8, amount: .epochs(30), seed: UInt64(seed))
}

func named(_ tables: [CohortTable]) -> [String: CohortTable] {
    Dictionary(uniqueKeysWithValues: tables.enumerated().map { ("site\($0)", $1) })
}

func digits(_ value: Double) -> String {
    let text = "\((value * 1000).rounded() / 1000)"
    return text + String(repeating: "0", count: max(0, 5 - text.count))
}

func show(_ name: String, _ values: [[Double]], _ published: String) {
    let cells = values.map { values in
        let sorted = values.sorted()
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        return "\(digits(mean)) (\(digits(sorted.first ?? .nan))–\(digits(sorted.last ?? .nan)))"
    }
    print("| \(name) | \(published) | \(cells.joined(separator: " | ")) |")
}

func concordance(_ model: ModelPlan, _ weights: ModelWeights) throws -> Double {
    try trainer.validate(model, weights, test).value
}

print("| C-index, pooled test | FLamby, mean of 5 seeds | to the letter, \(seeds) seeds | age scaled, \(seeds) seeds |")
print("|---|---|---|---|")
let clock = ContinuousClock()
let began = clock.now
let models = [toTheLetter, scaled]
let range = 42..<(42 + seeds)
for setting in settings {
    let values = try models.map { model in
        try range.map { seed in
            let run = TrainingRehearsal(
                plan(model, setting.learningRate, seed: seed, sites: true), setting.strategy, rounds: 5)
            let start = try model.initialWeights(seed: UInt64(seed))
            return try concordance(model, run.run(named(data.sites.map(\.train)), start: start).state.weights)
        }
    }
    show(setting.name, values, setting.published)
}

// What a federation can do without a look at the test set: each site keeps a fifth of its training rows, and the
// strategy and the round with the best mean over the sites are taken.
let chosen = try models.map { model in
    try range.map { seed in
        let parts = try data.sites.map { try $0.train.split(keeping: 0.2, seed: UInt64(seed)) }
        var best: (value: Double, weights: ModelWeights)?
        for setting in settings {
            let run = TrainingRehearsal(
                plan(model, setting.learningRate, seed: seed, sites: true), setting.strategy, rounds: 5,
                selection: ModelSelection(largerIsBetter: true))
            let outcome = try run.run(
                named(parts.map(\.rest)), start: model.initialWeights(seed: UInt64(seed)),
                validation: named(parts.map(\.kept)))
            if let value = outcome.selection?.bestValue, value > best?.value ?? -1 { best = (value, outcome.weights) }
        }
        return try best.map { try concordance(model, $0.weights) } ?? .nan
    }
}
show("strategy and round chosen by the sites' own validation", chosen, "–")

func alone(_ table: CohortTable) throws -> [[Double]] {
    try models.map { model in
        try range.map { seed in
            let task = TrainingTask(
                plan(model, 0.1, seed: seed, sites: false), weights: try model.initialWeights(seed: UInt64(seed)),
                round: 1)
            return try concordance(model, trainer.train(task, table).weights)
        }
    }
}
show("all rows in one place, Adam", try alone(FedTCGABRCA.pooled(data.sites.map(\.train))), "0.704")
let alones = try data.sites.map { try alone($0.train) }
let best = alones.max { $0[0].reduce(0, +) < $1[0].reduce(0, +) }
show("the best of the six sites alone, Adam", best ?? [], "0.728")
print(
    "\n\(settings.count * seeds * 4) federated trainings of 5 rounds, \(14 * seeds) central ones: \(clock.now - began)")
