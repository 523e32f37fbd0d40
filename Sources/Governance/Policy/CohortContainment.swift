public import Cohort

extension CohortQuery {
    /// Whether it can be shown that every series of this cohort is one of `other`'s. Sound, not complete: false means
    /// "not shown".
    public func isShownWithin(_ other: CohortQuery) -> Bool {
        if condition == other.condition || canonicalConditionText == other.canonicalConditionText { return true }
        var proof = ContainmentProof()
        return proof.isWithin(condition, other.condition)
    }

    private var canonicalConditionText: String { CohortQuery(condition: condition, facets: []).canonicalText }
}

/// Shows that one condition is only true where another is.
///
/// Conditions are true, false or unknown; "within" is about true alone, so it does not go through `not` (that A is only
/// true where B is does not mean that A is only false where B is), which only equality takes care of.
struct ContainmentProof {
    /// Steps that are left: two large questions must not keep the node busy.
    private var steps = 20_000

    mutating func isWithin(_ inner: Condition, _ outer: Condition) -> Bool {
        guard steps > 0 else { return false }
        steps -= 1
        if inner == outer { return true }
        // Taken apart in the order in which nothing is lost: what has to hold of every part comes first.
        if case .all(let parts) = outer { return parts.allSatisfy { isWithin(inner, $0) } }
        if case .any(let parts) = inner { return parts.allSatisfy { isWithin($0, outer) } }
        if case .all(let parts) = inner, parts.contains(where: { isWithin($0, outer) }) { return true }
        if case .any(let parts) = outer, parts.contains(where: { isWithin(inner, $0) }) { return true }
        switch (inner, outer) {
        case (.test(let one), .test(let other)): return Self.isNarrower(one, other)
        case (.has(let one), .has(let other)): return isWithin(one, other)
        default: return false
        }
    }

    /// More records, of a narrower kind, over the same time.
    private mutating func isWithin(_ inner: Related, _ outer: Related) -> Bool {
        guard inner.base == outer.base, inner.entity == outer.entity, inner.window == outer.window,
            inner.atLeast >= outer.atLeast
        else { return false }
        if outer.atMost != nil { return false }
        return isWithin(inner.condition, outer.condition)
    }

    /// Of one and the same value: each that passes the first test passes the second.
    private static func isNarrower(_ inner: Comparison, _ outer: Comparison) -> Bool {
        let attribute = inner.attribute
        guard attribute == outer.attribute else { return false }
        switch (inner.operation, outer.operation) {
        case (_, .exists): return true
        case (.equals(let value), .equals(let wide)): return isMatch(value, wide, attribute)
        case (.equals(let value), .oneOf(let values)): return values.contains { isMatch(value, $0, attribute) }
        case (.oneOf(let values), .equals(let wide)): return values.allSatisfy { isMatch($0, wide, attribute) }
        case (.oneOf(let values), .oneOf(let wider)):
            return values.allSatisfy { value in wider.contains { isMatch(value, $0, attribute) } }
        default:
            guard let narrow = Interval(inner.operation), let wide = Interval(outer.operation) else { return false }
            return wide.contains(narrow)
        }
    }

    private static func isMatch(_ value: CohortValue, _ wide: CohortValue, _ attribute: CohortAttribute) -> Bool {
        if value == wide { return true }
        guard case .text(let one) = value, case .text(let other) = wide, let set = attribute.valueSet,
            attribute.kind != .text
        else { return false }
        return set.isWithin(one, other)
    }
}

/// The numbers that pass a test.
private struct Interval {
    var low = -Double.infinity
    var isLowOpen = true
    var high = Double.infinity
    var isHighOpen = true

    init?(_ operation: Comparison.Operation) {
        switch operation {
        case .equals(.number(let value)): (low, isLowOpen, high, isHighOpen) = (value, false, value, false)
        case .less(let bound): high = bound
        case .atMost(let bound): (high, isHighOpen) = (bound, false)
        case .greater(let bound): low = bound
        case .atLeast(let bound): (low, isLowOpen) = (bound, false)
        case .between(let from, let through): (low, isLowOpen, high, isHighOpen) = (from, false, through, false)
        default: return nil
        }
    }

    func contains(_ other: Interval) -> Bool {
        let isLowIn = other.low > low || (other.low == low && (!isLowOpen || other.isLowOpen))
        let isHighIn = other.high < high || (other.high == high && (!isHighOpen || other.isHighOpen))
        return isLowIn && isHighIn
    }
}
