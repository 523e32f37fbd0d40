/// How near two words are, for suggestions.
public enum Nearness {
    /// The candidates that `word` may have meant: few edits away in relation to its length, or one inside the other.
    public static func nearest(to word: String, among candidates: [String]) -> [String] {
        let wanted = Array(word.lowercased().prefix(80))
        guard !wanted.isEmpty else { return [] }
        var scored: [(distance: Int, order: Int, candidate: String)] = []
        for (order, candidate) in candidates.enumerated() {
            let other = Array(candidate.lowercased())
            let allowed = max(1, min(wanted.count, other.count) / 3)
            let distance = edits(wanted, other)
            if distance <= allowed {
                scored.append((distance, order, candidate))
            } else if wanted.count >= 4, candidate.lowercased().contains(word.lowercased()) {
                scored.append((allowed + 1, order, candidate))
            }
        }
        return scored.sorted { ($0.distance, $0.order) < ($1.distance, $1.order) }.map(\.candidate)
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one into the other
    /// (optimal string alignment distance).
    static func edits(_ one: [Character], _ other: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for (row, left) in one.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(other.count + 1)
            for (column, right) in other.enumerated() {
                var best = min(last[column] + (left == right ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left == other[column - 1], right == one[row - 1] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[other.count]
    }
}
