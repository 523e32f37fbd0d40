/// Which columns stand for each term: Python `patsy`'s treatment coding, free of redundancy.
///
/// A category of a term has a column for each level but the reference where the terms before it span the reference
/// already (the intercept, a main effect), and one for each level where they do not.
enum Coding {
    /// A term's columns as products over its factors; `full` says whether a category has a column for each level.
    struct Part: Equatable {
        let term: Term
        let full: [Factor: Bool]

        /// The factors that this part has: all numbers of the term, and the categories that `full` names.
        func factors(numbers: Set<Factor>) -> [Factor] {
            term.factors.filter { numbers.contains($0) || full[$0] != nil }
        }
    }

    /// A category within a subterm: whether its columns include the constant one.
    private struct Coded: Hashable {
        let factor: Factor
        var full: Bool
    }

    /// The parts of all terms, in patsy's order: those without numbers first, then by the numbers they share, each by
    /// degree of interaction.
    ///
    /// - Throws: where one term has more categories than may interact.
    static func parts(_ terms: [Term], numbers: Set<Factor>) throws(RoundsError) -> [Part] {
        var buckets: [(numbers: Set<Factor>, terms: [Term])] = []
        for term in terms {
            let key = Set(term.factors).intersection(numbers)
            if let place = buckets.firstIndex(where: { $0.numbers == key }) {
                buckets[place].terms.append(term)
            } else if key.isEmpty {
                buckets.insert((key, [term]), at: 0)
            } else {
                buckets.append((key, [term]))
            }
        }
        var parts: [Part] = []
        for bucket in buckets {
            var used: Set<Set<Coded>> = []
            let degrees = bucket.terms.enumerated().sorted {
                ($0.element.factors.count, $0.offset) < ($1.element.factors.count, $1.offset)
            }
            for term in degrees.map(\.element) {
                let categories = term.factors.filter { !numbers.contains($0) }
                guard categories.count <= 8 else { throw .plan("more than 8 categories cannot interact in one term") }
                var subterms: [Set<Coded>] = []
                for subset in subsets(categories) {
                    let subterm = Set(subset.map { Coded(factor: $0, full: false) })
                    if used.insert(subterm).inserted { subterms.append(subterm) }
                }
                while let merged = merge(subterms) { subterms = merged }
                for subterm in subterms {
                    parts.append(
                        Part(term: term, full: Dictionary(subterm.map { ($0.factor, $0.full) }) { first, _ in first }))
                }
            }
        }
        return parts
    }

    /// `1 + a-` spans what `a` in full does: one step of that, if any is possible.
    private static func merge(_ subterms: [Set<Coded>]) -> [Set<Coded>]? {
        for (short, small) in subterms.enumerated() {
            for (long, large) in subterms.enumerated() where long > short && large.count == small.count + 1 {
                guard small.isSubset(of: large), let more = large.subtracting(small).first, !more.full else { continue }
                var merged = subterms
                merged[long] = small.union([Coded(factor: more.factor, full: true)])
                merged.remove(at: short)
                return merged
            }
        }
        return nil
    }

    /// All subsets, the small ones first, each in the factors' order.
    private static func subsets(_ factors: [Factor]) -> [[Factor]] {
        (0..<(1 << factors.count)).map { bits in factors.indices.filter { bits >> $0 & 1 == 1 } }
            .sorted { $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count < $1.count }
            .map { places in places.map { factors[$0] } }
    }
}
