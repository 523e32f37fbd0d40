/// One site's rows with a usable time and event, in steps of the shared grid.
struct SurvivalRows {
    /// The positions of the rows in the table.
    fileprivate(set) var rows: [Int] = []
    fileprivate(set) var ticks: [Int] = []
    fileprivate(set) var events: [Bool] = []
    /// Rows without a time or an event.
    fileprivate(set) var missing = 0
    /// Rows whose time is zero or below and which are left out for that.
    fileprivate(set) var nonPositive = 0

    /// - Throws: ``RoundsError/variable(_:_:)``; no message holds a value.
    init(_ table: CohortTable, _ plan: SurvivalTime) throws(RoundsError) {
        try plan.check()
        let times = try table.numbers(plan.time)
        let happened = try Self.events(table, plan)
        let last = plan.horizon.map { ($0 / plan.unit).rounded(.down) } ?? .infinity
        for row in 0..<min(times.count, happened.count) {
            let time = times[row]
            guard !time.isNaN, let event = happened[row] else {
                missing += 1
                continue
            }
            guard time.isFinite else { throw .variable(plan.time, "holds an infinite time") }
            if time <= 0 {
                switch plan.nonPositive {
                case .keep: break
                case .leaveOut:
                    nonPositive += 1
                    continue
                case .refuse:
                    throw .variable(plan.time, "holds times of zero or below, which the plan refuses (`nonPositive`)")
                }
            }
            let steps = time / plan.unit
            let whole = steps.rounded()
            guard plan.round || abs(steps - whole) <= 1e-9 * max(1, abs(whole)) else {
                throw .variable(
                    plan.time,
                    "holds times between the plan's steps: choose a smaller `unit`, or say `round: true`")
            }
            guard whole <= Double(SurvivalTime.maximumTick) else {
                throw .variable(plan.time, "holds times of more steps than can be counted: choose a larger `unit`")
            }
            rows.append(row)
            if whole > last {
                ticks.append(Int(last))
                events.append(false)
            } else {
                ticks.append(whole > 0 ? Int(whole) : 0)
                events.append(event)
            }
        }
    }

    /// Whether the event happened, for each row; nil where that is not known.
    private static func events(_ table: CohortTable, _ plan: SurvivalTime) throws(RoundsError) -> [Bool?] {
        switch try table.variable(plan.event) {
        case .numbers(let values):
            var events: [Bool?] = []
            events.reserveCapacity(values.count)
            for value in values {
                switch value {
                case 1: events.append(true)
                case 0: events.append(false)
                case _ where value.isNaN: events.append(nil)
                default:
                    throw .variable(
                        plan.event,
                        "says with 1 that the event happened and with 0 that it did not; it holds other numbers")
                }
            }
            return events
        case .categories(let codes, let levels):
            guard let level = plan.level else {
                throw .variable(plan.event, "is a category: the plan must say which `level` of it is the event")
            }
            return codes.map { code in code.flatMap { levels.indices.contains($0) ? levels[$0] == level : nil } }
        }
    }
}

extension SurvivalRows {
    /// Takes rows out that lack something else; they are counted as missing.
    mutating func keep(_ wanted: [Bool]) {
        let before = rows.count
        func kept<Value>(_ values: [Value]) -> [Value] { zip(values, wanted).filter(\.1).map(\.0) }
        rows = kept(rows)
        ticks = kept(ticks)
        events = kept(events)
        missing += before - rows.count
    }
}
