/// The known name that a mistyped one most likely means.
enum NearestName {
    /// The nearest of some names, if one is within two letters (and not further than half the word).
    static func of(_ name: String, among known: some Sequence<String>) -> String? {
        let word = Array(name.lowercased().prefix(64))
        var best: (name: String, distance: Int)?
        for candidate in known.sorted().prefix(4096) {
            let other = Array(candidate.lowercased().prefix(64))
            guard abs(other.count - word.count) <= 2 else { continue }
            let distance = distance(word, other)
            if distance <= min(2, max(1, word.count / 2)), distance < best?.distance ?? 3 {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    /// "; did you mean age?", or nothing.
    static func hint(_ name: String, among known: some Sequence<String>) -> String {
        of(name, among: known).map { "; did you mean \($0)?" } ?? ""
    }

    /// How many letters must be put in, taken out, changed, or swapped with their neighbour.
    private static func distance(_ first: [Character], _ second: [Character]) -> Int {
        var before: [Int] = []
        var row = Array(0...second.count)
        for (line, letter) in first.enumerated() {
            var next = [line + 1]
            for (column, other) in second.enumerated() {
                var best = min(row[column + 1] + 1, next[column] + 1, row[column] + (letter == other ? 0 : 1))
                if line > 0, column > 0, letter == second[column - 1], first[line - 1] == other {
                    best = min(best, before[column - 1] + 1)
                }
                next.append(best)
            }
            (before, row) = (row, next)
        }
        return row[second.count]
    }
}
