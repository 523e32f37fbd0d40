/// Kaplan–Meier curves, their tests and means, over all sites: exact, from sums of counts.
///
/// Round 1 and 2 find the distinct event times and the events at each, by group; the last round counts, by group, who
/// left between them. Everything else is arithmetic at the hub on whole numbers, so the result is the pooled one.
public struct KaplanMeier: FederatedComputation {
    public static let name = "survival"

    public var time: SurvivalTime
    /// The category whose levels are compared; nil for one curve.
    public var group: String?
    /// The levels to compare, in order; nil for all that the sites name.
    public var levels: [String]?
    public var confidence: ConfidenceBand
    /// Up to which time the restricted mean goes, in the unit of the time variable; nil for the last time at which
    /// every group still has enough patients.
    public var restrictedMean: Double?
    /// Whether steps of the published curves are merged until each stands for the least number of events that the
    /// rules allow. Nil does it where the rules say more than one; tests, medians and means are exact either way.
    public var coarsen: Bool?

    public init(
        _ time: SurvivalTime, group: String? = nil, levels: [String]? = nil, confidence: ConfidenceBand = .init(),
        restrictedMean: Double? = nil, coarsen: Bool? = nil
    ) {
        self.time = time
        self.group = group
        self.levels = levels
        self.confidence = confidence
        self.restrictedMean = restrictedMean
        self.coarsen = coarsen
    }

    public struct State: Codable, Sendable {
        /// The groups' names; one without a name where the plan has no group.
        public var levels: [String?]
        var search: EventSearch
        /// Known after the first round.
        var exclusions: Exclusions?
        /// Times at which the patients at risk are shown, in steps.
        var marks: [Int] = []
    }

    public var variables: [String] { [time.time, time.event] + (group.map { [$0] } ?? []) }
    /// The sites' own counts show single events.
    public var needsMasking: Bool { true }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        try time.check()
        try confidence.check()
        var names: [String?] = [nil]
        if let group {
            switch try schema.known(group) {
            case .category(let known): names = levels ?? known
            case .number:
                guard let levels else {
                    throw .variable(group, "is a number: to compare groups, the plan must list its `levels`")
                }
                names = levels
            }
            guard !names.isEmpty else {
                throw .variable(group, "has no level with enough patients at any site to be named")
            }
            guard names.count <= 64, Set(names).count == names.count else {
                throw .plan("`levels` names up to 64 different groups")
            }
        }
        return State(levels: names, search: EventSearch(groups: names.count))
    }

    public func layout(_ state: State) throws(RoundsError) -> Layout {
        let groups = state.levels.count
        var parts: [Layout.Part] = []
        if state.exclusions == nil {
            parts.append(.counts("excluded", 2))
            parts.append(.counts("leaving", EventSearch(groups: groups).count))
        }
        if state.search.isOver {
            parts.append(.counts("leaving between", (state.search.found.count + 1) * groups))
            parts.append(.counts("at risk", state.marks.count * groups))
        } else {
            parts.append(.counts("events", state.search.count))
        }
        return Layout(parts)
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        var rows = try SurvivalRows(table, time)
        let groups = try groups(table, state, &rows)
        let all = zip(rows.ticks, groups).map { (tick: $0, group: $1) }
        let died = zip(all, rows.events).filter(\.1).map(\.0)
        var contribution = Contribution()
        if state.exclusions == nil {
            contribution.add(counts: [Int64(rows.missing), Int64(rows.nonPositive)], as: "excluded")
            contribution.add(counts: try EventSearch(groups: state.levels.count).counts(all), as: "leaving")
        }
        if state.search.isOver {
            let ticks = state.search.found.map(\.tick)
            contribution.add(
                counts: RiskTable.leaving(all, between: ticks, groups: state.levels.count), as: "leaving between")
            var atRisk = [Int64](repeating: 0, count: state.marks.count * state.levels.count)
            for (tick, group) in all {
                for (place, mark) in state.marks.enumerated() where tick >= mark {
                    atRisk[place * state.levels.count + group] += 1
                }
            }
            contribution.add(counts: atRisk, as: "at risk")
        } else {
            contribution.add(counts: try state.search.counts(died), as: "events")
        }
        return contribution
    }

    /// The group of each row; rows of none are taken out and counted as missing.
    private func groups(
        _ table: CohortTable, _ state: State, _ rows: inout SurvivalRows
    ) throws(RoundsError) -> [Int] {
        guard let group else { return [Int](repeating: 0, count: rows.ticks.count) }
        let codes = try Design.codes(of: group, among: state.levels.compactMap(\.self), table)
        let groups = rows.rows.map { codes[$0] ?? -1 }
        rows.keep(groups.map { $0 >= 0 })
        return groups.filter { $0 >= 0 }
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, KaplanMeierOutcome> {
        var next = state
        let groups = state.levels.count
        if state.exclusions == nil {
            let leaving = try sum.people("leaving")
            let excluded = try sum.people("excluded")
            guard excluded.count == 2 else { throw .shape("there are not the counts of excluded rows") }
            let events = try sum.people("events")
            next.exclusions = Exclusions(
                rows: Int(leaving.reduce(0, +)), events: Int(events.reduce(0, +)),
                missing: ProtectedCount(excluded[0], context.rules),
                nonPositive: ProtectedCount(excluded[1], context.rules))
            try enough(leaving, events, state, context)
            next.marks = marks(leaving, context, groups: groups)
        }
        if state.search.isOver {
            let table = try RiskTable(
                state.search.found, leaving: try sum.people("leaving between"), groups: groups)
            return .done(try outcome(table, state, try sum.people("at risk"), context))
        }
        next.search = try state.search.narrowed(try sum.people("events"))
        return .next(next)
    }

    /// Throws where a group has so few patients or events that nothing may be said about it.
    private func enough(
        _ leaving: [Int64], _ events: [Int64], _ state: State, _ context: CombineContext
    ) throws(RoundsError) {
        guard events.contains(where: { $0 > 0 }) else {
            throw .numerical("there is not one event in \(time.event) among the rows that can be used")
        }
        let least = Int64(context.rules.minimumCell)
        for (place, level) in state.levels.enumerated() {
            let name = level.map { "the group \($0) of \(group ?? "")" } ?? "the cohort"
            func total(_ counts: [Int64]) -> Int64 {
                stride(from: place, to: counts.count, by: state.levels.count).reduce(0) { $0 + counts[$1] }
            }
            let rows = total(leaving)
            let happened = total(events)
            guard rows > 0 else { throw .numerical("\(name) has no patients with a time and an event") }
            guard rows >= least, happened == 0 || happened >= least else {
                throw .withheld("\(name) has fewer than \(least) patients or events")
            }
        }
    }

    /// Round times up to the last at which enough patients are at risk, from the counts of the first round.
    private func marks(_ leaving: [Int64], _ context: CombineContext, groups: Int) -> [Int] {
        var bins: [Int] = []
        for window in EventSearch.firstWindows {
            for bin in 0..<window.bins { bins.append(window.start + bin * window.step) }
        }
        var last = 0
        var stay: Int64 = 0
        for (place, start) in bins.enumerated().reversed() {
            for group in 0..<groups { stay += leaving[place * groups + group] }
            if stay >= Int64(max(1, context.rules.minimumCell)) {
                last = start
                break
            }
        }
        return NiceTicks.times(upTo: time.time(ofTick: last), unitName: time.unitName).map {
            Int(($0 / time.unit).rounded(.up))
        }
    }
}
