import CStatistics
import Glibc

/// How the limits around a survival curve are made, point by point, from Greenwood's variance.
///
/// The scales are those of R's `survfit` (`conf.type`): Kalbfleisch and Prentice, 2002, section 1.4.
public struct ConfidenceBand: Sendable, Equatable, Codable {
    public enum Scale: String, Sendable, Equatable, Codable, CaseIterable {
        /// On log(-log S): never outside 0 and 1. The default, as in lifelines.
        case logLog
        /// On log S: R's default; cut at 1.
        case log
        /// On S itself; cut at 0 and 1.
        case plain
    }

    public var level: Double
    public var scale: Scale

    public init(level: Double = 0.95, scale: Scale = .logLog) {
        self.level = level
        self.scale = scale
    }

    func check() throws(RoundsError) {
        guard level > 0, level < 1 else { throw .plan("a confidence level lies between 0 and 1, as 0.95") }
    }

    /// The standard normal deviate of the level, as 1.96.
    var deviate: Double { atles_normal_quantile(0.5 + level / 2) }

    /// The limits at a survival `s`, where `deviation` is the standard error of its logarithm; nil where the scale gives
    /// none (nobody survives).
    func limits(_ s: Double, deviation: Double) -> (lower: Double, upper: Double)? {
        let z = deviate
        switch scale {
        case .plain:
            return (max(0, s - z * s * deviation), min(1, s + z * s * deviation))
        case .log:
            guard s > 0 else { return nil }
            return (s * exp(-z * deviation), min(1, s * exp(z * deviation)))
        case .logLog:
            guard s > 0 else { return nil }
            guard s < 1 else { return (1, 1) }
            let centre = log(-log(s))
            let spread = z * deviation / log(s)
            return (exp(-exp(centre - spread)), exp(-exp(centre + spread)))
        }
    }
}
