extension Condition {
    /// The text of the question, the same for questions that differ in the order of their parts and in repetitions.
    var canonical: String { QueryText.text(simplified.sorted.simplified) }

    private var sorted: Condition {
        switch self {
        case .all(let parts): .all(Self.sorted(parts))
        case .any(let parts): .any(Self.sorted(parts))
        case .not(let part): .not(part.sorted)
        case .test(let comparison):
            if case .oneOf(let values) = comparison.operation {
                .test(Comparison(comparison.attribute, .oneOf(values.sorted { "\($0)" < "\($1)" })))
            } else {
                self
            }
        case .has: self
        }
    }

    private static func sorted(_ parts: [Condition]) -> [Condition] {
        let written = parts.map(\.sorted).map { (text: QueryText.text($0), part: $0) }.sorted { $0.text < $1.text }
        var kept: [(text: String, part: Condition)] = []
        for one in written where kept.last?.text != one.text { kept.append(one) }
        return kept.map(\.part)
    }
}

extension CohortQuery {
    /// The text of the question with its breakdowns, the same for questions that differ in nothing but order.
    public var canonicalText: String { condition.canonical + " facets " + facets.sorted().joined(separator: ", ") }
}

extension CohortFacet {
    /// The question for which a cell of this breakdown is the answer: those of `condition` with the value.
    func question(for value: String, of condition: Condition) -> Condition {
        .all([condition, self.condition(selecting: value)]).simplified
    }
}
