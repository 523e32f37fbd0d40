internal import Glibc

/// How many patients have a value within each of some bins, whose edges all sites share.
///
/// As in `numpy.histogram` a bin holds its lower edge and not its upper one, but for the last, which holds both. Without
/// edges the hub chooses round ones from mean and standard deviation; values beyond them are counted as such.
public struct Histogram: FederatedComputation {
    public static let name = "histogram"
    static let maximumBins = 10_000

    public let variable: String
    /// Rising; nil where the hub is to choose.
    public let edges: [Double]?
    /// About how many bins, where the hub is to choose.
    public let bins: Int

    /// - Throws: ``RoundsError/plan(_:)`` unless the edges rise.
    public init(_ variable: String, edges: [Double]? = nil, bins: Int = 20) throws(RoundsError) {
        self.variable = variable
        self.edges = edges
        self.bins = bins
        try check()
    }

    public var variables: [String] { [variable] }

    public struct State: Codable, Sendable {
        var edges: [Double]?
    }

    private func check() throws(RoundsError) {
        try check(edges)
        guard (1...1000).contains(bins) else { throw .plan("a histogram has 1 to 1000 bins") }
    }

    private func check(_ edges: [Double]?) throws(RoundsError) {
        if let edges {
            guard edges.count >= 2, edges.count <= Self.maximumBins + 1, edges.allSatisfy(\.isFinite),
                zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 })
            else { throw .plan("a histogram's edges are 2 to \(Self.maximumBins + 1) rising numbers") }
        }
    }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        try check()
        guard try schema.known(variable) == .number else {
            throw .variable(variable, "is a category: table(\(Factor.written(variable))) counts its levels")
        }
        return State(edges: edges)
    }

    public func layout(_ state: State) -> Layout {
        guard let edges = state.edges else { return Layout(.counts("n"), .reals("sums", 2)) }
        return Layout(.counts("bins", edges.count + 1), .counts("missing"))
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        try check(state.edges)
        let all = try Arithmetic.variable(variable).values(table)
        let values = all.filter { !$0.isNaN }
        var contribution = Contribution()
        guard let edges = state.edges else {
            contribution.add(counts: [Int64(values.count)], as: "n")
            contribution.add(reals: [values.compensatedSum, values.map { $0 * $0 }.compensatedSum], as: "sums")
            return contribution
        }
        var counts = [Int64](repeating: 0, count: edges.count + 1)
        for value in values {
            // The place of the first edge above the value: 0 lies below all edges, the last above them.
            var (low, high) = (0, edges.count)
            while low < high {
                let middle = (low + high) / 2
                if edges[middle] <= value { low = middle + 1 } else { high = middle }
            }
            if value == edges.last { low -= 1 }
            counts[low] += 1
        }
        contribution.add(counts: counts, as: "bins")
        contribution.add(counts: [Int64(all.count - values.count)], as: "missing")
        return contribution
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        guard let edges = state.edges else {
            let n = try sum.patients("n").first ?? 0
            try context.require(rows: n, for: variable)
            let sums = try sum.reals("sums")
            guard sums.count == 2 else { throw .shape("two sums are expected") }
            let mean = sums[0] / Double(n)
            return .next(State(edges: chosen(mean, max(0, sums[1] / Double(n) - mean * mean).squareRoot())))
        }
        let counts = try sum.patients("bins")
        guard counts.count == edges.count + 1 else { throw .shape("the histogram has not its bins") }
        try context.require(rows: counts.reduce(0, &+), for: variable)
        let minimum = context.rules.minimumCell
        let hidden = Suppression.line(counts, minimumCell: minimum)
        let shown = zip(counts, hidden).map { Suppression.shown($0, $1, minimum) }
        // Empty bins at both ends say nothing where the hub chose the edges.
        let full = counts.indices.filter { counts[$0] > 0 }
        let first = self.edges == nil ? max(1, full.first ?? 1) : 1
        let last = self.edges == nil ? max(first, min(edges.count - 1, full.last ?? 1)) : edges.count - 1
        return .done(
            Outcome(
                variable: variable, edges: Array(edges[(first - 1)...last]), counts: Array(shown[first...last]),
                below: shown[0], above: shown[edges.count], total: counts.reduce(0, &+),
                missing: ProtectedCount(try sum.patients("missing").first ?? 0, context.rules), sites: context.sites))
    }

    /// Round edges over three standard deviations on both sides.
    private func chosen(_ mean: Double, _ deviation: Double) -> [Double] {
        guard deviation > 1e-12 * abs(mean), deviation.isFinite else { return [mean.nextDown, mean.nextUp] }
        let wanted = 6 * deviation / Double(bins)
        let power = pow(10, floor(log10(wanted)))
        let step = power * ([1, 2, 2.5, 5].first { $0 * power >= wanted } ?? 10)
        let first = floor((mean - 3 * deviation) / step)
        let last = ceil((mean + 3 * deviation) / step)
        return (0...Int(last - first)).map { (first + Double($0)) * step }
    }

    public struct Outcome: Codable, Sendable, Equatable {
        public let variable: String
        /// One more than ``counts``.
        public let edges: [Double]
        /// Nil where a count is hidden so that it does not give away another.
        public let counts: [ProtectedCount?]
        public let below: ProtectedCount?
        public let above: ProtectedCount?
        public let total: Int64
        public let missing: ProtectedCount
        public let sites: Int
    }
}

extension Histogram.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        var rows: [[ResultTable.Cell]] = []
        if below != .exact(0), let edge = edges.first { rows.append([.empty, .number(edge), .count(below)]) }
        for (place, count) in counts.enumerated() {
            rows.append([.number(edges[place]), .number(edges[place + 1]), .count(count)])
        }
        if above != .exact(0), let edge = edges.last { rows.append([.number(edge), .empty, .count(above)]) }
        return [
            ResultTable(
                variable, columns: ["from", "to", "rows"], rows: rows,
                notes: ["\(total) rows at \(sites) sites; \(missing) with a missing value."])
        ]
    }
}

extension Histogram: WrittenPlan {
    public static var synopsis: String { "histogram(variable, bins=20) or histogram(variable, edges=[0, 10, 20])" }
    public static var aliases: [String] { ["hist"] }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        let edges = try arguments.numbers("edges")
        let bins = try arguments.whole("bins") ?? 20
        try self.init(try arguments.name("a variable"), edges: edges, bins: bins)
    }
}
