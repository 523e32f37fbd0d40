import Glibc

/// Adds up what releases cost, in Rényi differential privacy: sums over any events, a bound in (epsilon, delta).
///
/// Orders and conversion are those of `dp-accounting` 0.6 (proposition 12 of arXiv:2004.00010).
public struct RenyiAccountant: Sendable, Equatable {
    public static let orders: [Double] =
        (1..<100).map { 1 + Double($0) / 10 } + (11..<64).map(Double.init) + [128, 256, 512, 1024]

    /// The divergence spent at each order.
    public private(set) var spent = [Double](repeating: 0, count: orders.count)

    public init() {}

    public init(_ releases: [PrivacyRelease]) throws(RoundsError) {
        for release in releases { try compose(release) }
    }

    /// Adds a release.
    public mutating func compose(_ release: PrivacyRelease) throws(RoundsError) {
        try release.event.check()
        guard release.count >= 0 else { throw .plan("a release cannot happen \(release.count) times") }
        for (place, order) in Self.orders.enumerated() {
            spent[place] += Double(release.count) * RenyiDivergence.of(release.event, order: order)
        }
    }

    /// The smallest epsilon that holds with this delta; infinite where none does.
    public func epsilon(delta: Double) -> Double {
        guard delta > 0 else { return spent.allSatisfy { $0 == 0 } ? 0 : .infinity }
        var best = Double.infinity
        for (order, divergence) in zip(Self.orders, spent) {
            if divergence < 0 || delta * delta + expm1(-divergence) > 0 { return 0 }
            guard order > 1.01 else { continue }
            best = min(best, divergence + log1p(-1 / order) - Glibc.log(delta * order) / (order - 1))
        }
        return max(0, best)
    }

    /// The smallest delta that holds with this epsilon (at least 0).
    public func delta(epsilon: Double) -> Double {
        var best = 0.0
        for (order, divergence) in zip(Self.orders, spent) {
            guard divergence > 0 else { return 0 }
            best = min(best, 0.5 * log1p(-exp(-divergence)))
            guard order > 1.01 else { continue }
            best = min(best, (order - 1) * (divergence - epsilon + log1p(-1 / order)) - Glibc.log(order))
        }
        return min(1, exp(best))
    }
}
