/// A site's table as the numbers a model learns from.
struct TrainingData: Sendable {
    let rows: Int
    /// Row by row.
    let features: [Double]
    let targets: [Double]
    /// Empty but for Cox outputs.
    let events: [Double]
    /// Rows left out because a value is missing.
    let incomplete: Int

    init(_ table: CohortTable, _ plan: ModelPlan) throws(RoundsError) {
        try plan.check()
        var columns: [[Double]] = []
        for name in plan.features { columns.append(try table.numbers(name)) }
        let targets = try table.numbers(plan.target)
        var events: [Double] = []
        if let event = plan.event { events = try table.numbers(event) }
        func complete(_ row: Int) -> Bool {
            columns.allSatisfy { $0[row].isFinite } && targets[row].isFinite && (events.isEmpty || events[row].isFinite)
        }
        let kept = (0..<table.rows).filter(complete)
        if plan.output == .logistic, !kept.allSatisfy({ targets[$0] == 0 || targets[$0] == 1 }) {
            throw .variable(plan.target, "has values other than 0 and 1")
        }
        if let event = plan.event, !kept.allSatisfy({ events[$0] == 0 || events[$0] == 1 }) {
            throw .variable(event, "has values other than 0 and 1")
        }
        var features: [Double] = []
        features.reserveCapacity(kept.count * columns.count)
        for row in kept {
            for (place, column) in columns.enumerated() {
                features.append((column[row] - (plan.centres?[place] ?? 0)) / (plan.scales?[place] ?? 1))
            }
        }
        self.rows = kept.count
        self.features = features
        self.targets = kept.map { targets[$0] }
        self.events = events.isEmpty ? [] : kept.map { events[$0] }
        self.incomplete = table.rows - kept.count
    }

    func row(_ index: Int) -> ArraySlice<Double> {
        let width = rows > 0 ? features.count / rows : 0
        return features[(index * width)..<((index + 1) * width)]
    }
}
