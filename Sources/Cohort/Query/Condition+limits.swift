extension Condition {
    /// Groups inside groups; 0 for a test.
    var depth: Int {
        switch self {
        case .all(let parts), .any(let parts): 1 + (parts.map(\.depth).max() ?? 0)
        case .not(let part): 1 + part.depth
        case .test: 0
        case .has(let related): 1 + max(related.condition.depth, related.window?.anchor.condition.depth ?? 0)
        }
    }

    /// Groups, tests and listed values.
    var nodes: Int {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(1) { $0 + $1.nodes }
        case .not(let part): 1 + part.nodes
        case .test(let comparison):
            if case .oneOf(let values) = comparison.operation { 1 + values.count } else { 1 }
        case .has(let related): 1 + related.condition.nodes + (related.window?.anchor.condition.nodes ?? 0)
        }
    }

    /// Throws where a question with this condition would be too large to ask.
    func requireLimits() throws(QueryError) {
        guard depth <= QueryLimits.depth else {
            throw QueryError(.size, "the question has more than \(QueryLimits.depth) groups inside each other")
        }
        guard nodes <= QueryLimits.nodes else {
            throw QueryError(.size, "the question has more than \(QueryLimits.nodes) parts")
        }
    }
}
