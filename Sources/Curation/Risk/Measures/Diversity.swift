import Glibc

/// Whether somebody who finds a patient's class learns the sensitive attribute from it.
public struct Diversity: Sendable, Codable, Equatable {
    public var attribute: String
    /// The fewest different values in a class: distinct l-diversity (Machanavajjhala et al. 2007).
    public var distinct: Int
    /// e to the least entropy of a class: entropy l-diversity, of the same paper.
    public var entropy: Double
    /// The greatest distance between the values of a class and those of all: t-closeness (Li et al. 2007), by the ordered
    /// distance where all values are numbers, else by the equal one.
    ///
    /// nil where it would take too long: very many classes and values.
    public var closeness: Double?
    /// Records in classes that have one value alone.
    public var revealed: Int

    /// - Parameter codes: for each record the value as a place in `values`.
    init(_ attribute: String, codes: [Int32], values: [String], classes: EquivalenceClasses) {
        self.attribute = attribute
        let order = Diversity.order(values)
        var all = [Int](repeating: 0, count: values.count)
        for code in codes { all[Int(code)] += 1 }
        let isMeasured = order == nil || classes.sizes.count * values.count <= Diversity.mostSteps
        var (fewest, least, farthest, revealed) = (Int.max, Double.infinity, 0.0, 0)
        for members in classes.members where !members.isEmpty {
            var counts: [Int32: Int] = [:]
            for record in members { counts[codes[record], default: 0] += 1 }
            fewest = min(fewest, counts.count)
            if counts.count == 1 { revealed += members.count }
            let n = Double(members.count)
            // In the order of codes: sums of floating-point numbers do not depend on the seed of a dictionary.
            let shares = counts.sorted { $0.key < $1.key }.map { Double($0.value) / n }
            least = min(least, shares.reduce(0) { $0 - $1 * log($1) })
            if isMeasured {
                farthest = max(farthest, Diversity.distance(counts, n, all, Double(codes.count), order))
            }
        }
        distinct = fewest == .max ? 0 : fewest
        entropy = least.isFinite ? exp(least) : 0
        closeness = isMeasured ? farthest : nil
        self.revealed = revealed
    }

    /// Classes times values that the ordered distance is worked out for.
    private static let mostSteps = 200_000_000

    /// The places of numeric values in rising order; nil where one is no number.
    private static func order(_ values: [String]) -> [Int]? {
        let numbers = values.map { Double($0) }
        guard !numbers.isEmpty, !numbers.contains(nil) else { return nil }
        return values.indices.sorted { (numbers[$0] ?? 0, $0) < (numbers[$1] ?? 0, $1) }
    }

    private static func distance(
        _ counts: [Int32: Int], _ n: Double, _ all: [Int], _ total: Double, _ order: [Int]?
    ) -> Double {
        func difference(_ place: Int) -> Double {
            Double(counts[Int32(clamping: place)] ?? 0) / n - Double(all[place]) / total
        }
        guard let order else {
            // Values that the class does not have add their share of all: only those that it has are looked at.
            return counts.sorted { $0.key < $1.key }.reduce(1) { sum, value in
                sum + abs(difference(Int(value.key))) - Double(all[Int(value.key)]) / total
            } / 2
        }
        guard order.count > 1 else { return 0 }
        var (sum, carried) = (0.0, 0.0)
        for place in order {
            carried += difference(place)
            sum += abs(carried)
        }
        return sum / Double(order.count - 1)
    }
}
