/// What one site learned in a round.
public struct SiteChange: Sendable, Equatable {
    /// The site's weights after training less the global ones.
    public var delta: ModelWeights
    /// SCAFFOLD: the site's new control variate less its old one.
    public var controlDelta: ModelWeights?
    /// Local optimiser steps.
    public var steps: Int
    /// Rows trained on.
    public var rows: Int

    public init(delta: ModelWeights, controlDelta: ModelWeights? = nil, steps: Int, rows: Int) {
        self.delta = delta
        self.controlDelta = controlDelta
        self.steps = steps
        self.rows = rows
    }
}

/// How much each site counts in a mean.
public enum SiteWeighting: String, Sendable, Equatable, Codable {
    case rows
    case equal

    public func weight(_ rows: Int) -> Double { self == .rows ? Double(rows) : 1 }
}

/// The sum over sites that the averaging strategies need, and all they need: it can be taken under masks.
public struct ChangeSum: Sendable, Equatable {
    public var delta: WeightedAverage
    /// SCAFFOLD: the plain sum of control changes.
    public var controls: WeightedAverage?
    /// FedNova: the weighted sum of the numbers of steps.
    public var steps: Double

    /// - Parameter count: the number of values of the model.
    public init(count: Int, strategy: Strategy) {
        delta = WeightedAverage(count: count)
        controls = strategy.usesControls ? WeightedAverage(count: count) : nil
        steps = 0
    }

    /// A sum that was taken elsewhere.
    public init(delta: WeightedAverage, controls: WeightedAverage?, steps: Double) {
        self.delta = delta
        self.controls = controls
        self.steps = steps
    }

    /// Adds one site.
    public mutating func add(
        _ change: SiteChange, _ strategy: Strategy, _ weighting: SiteWeighting
    ) throws(RoundsError) {
        guard change.delta.isFinite else { throw .shape("its weights hold what is no finite number") }
        guard change.steps > 0, change.rows > 0 else { throw .shape("it says that it trained on nothing") }
        let weight = strategy.usesControls ? 1 : weighting.weight(change.rows)
        if strategy.normalisesSteps {
            try delta.add(change.delta.values, weight: weight / Double(change.steps), counting: weight)
        } else {
            try delta.add(change.delta.values, weight: weight)
        }
        steps += weight * Double(change.steps)
        guard controls != nil else { return }
        guard let mine = change.controlDelta, mine.isFinite else {
            throw .shape("it sent no change of its control variate, or one that is no finite number")
        }
        try controls?.add(mine.values, weight: 1)
    }
}
