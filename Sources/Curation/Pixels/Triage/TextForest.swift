/// How likely a line of glyphs is text, by boosted decision trees over ``LineTraits``. They were trained on rendered text and
/// on frames without any: `Benchmarks/pixels/train.py`.
enum TextForest {
    /// From 0 to 1.
    static func likelihood(_ traits: LineTraits) -> Double {
        let (nodes, ends) = (1 << depth - 1, 1 << depth)
        var sum = start
        for tree in 0..<min(features.count / nodes, leaves.count / ends) {
            var node = 0
            for _ in 0..<depth {
                // node < nodes at every level, and the table has `nodes` of them for each tree.
                let index = tree * nodes + node
                let trait = Int(features[index])
                guard traits.values.indices.contains(trait) else { return 1 }
                node = 2 * node + (traits.values[trait] <= Double(thresholds[index]) ? 1 : 2)
            }
            sum += leaves[tree * ends + node - nodes]
        }
        return logistic(Double(sum))
    }

    /// 1 / (1 + e^-x), near enough, from -8 to 8.
    private static func logistic(_ x: Double) -> Double {
        // e^-x = (1 - x / 1024)^1024.
        var power = 1 - min(max(x, -12), 12) / 1024
        for _ in 0..<10 { power *= power }
        return 1 / (1 + power)
    }
}
