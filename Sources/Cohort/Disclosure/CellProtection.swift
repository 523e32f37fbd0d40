/// Numbers that add up to a known total, at most: which of them may be shown, and which bounds of the others.
struct CellProtection {
    struct Cell {
        var patients: Int
        /// More than this it cannot be, as anyone outside knows.
        var upper: Int
        /// Which cell hides first where one more has to: the smallest. Known outside, so that the choice tells nothing.
        var order: Int
    }

    /// What is shown of each cell.
    private(set) var shown: [ProtectedCount] = []
    /// The highest number that anyone outside can tell for each cell.
    private(set) var uppers: [Int] = []

    private let threshold: Int
    private let total: Int
    private let cells: [Cell]
    /// Whether the cells may add up to less than the total, by fewer than the threshold: a hidden cell that is not listed.
    private let hasRest: Bool

    private enum State { case exact, small, nearlyAll, hidden }

    /// - Parameter hasRest: the total is not known exactly: it may be less by fewer than the threshold.
    init(threshold: Int, total: Int, hasRest: Bool, cells: [Cell]) {
        self.threshold = threshold
        self.total = total
        self.hasRest = hasRest
        self.cells = cells
        guard total >= threshold else {
            shown = cells.map { _ in .fewerThan(threshold) }
            uppers = cells.map { _ in threshold - 1 }
            return
        }
        var states = cells.map(firstState)
        while isRevealed(states) {
            let exact = cells.indices.filter { states[$0] == .exact }
            guard let next = exact.min(by: { (cells[$0].order, $0) < (cells[$1].order, $1) }) else { break }
            states[next] = .hidden
        }
        if isRevealed(states) {
            // All hidden, and still only one solution: then none has a bound of its own.
            states = states.map { _ in .hidden }
            show(states, rest: nil)
        } else {
            show(states, rest: total - exactSum(states))
        }
    }

    private func upper(_ place: Int) -> Int { min(total, cells[place].upper) }

    private func firstState(_ cell: Cell) -> State {
        let upper = min(total, cell.upper)
        // Where a cell can be at most the threshold, "nearly all" would be exactly all.
        if upper == threshold { return .hidden }
        if cell.patients < threshold { return .small }
        return upper - cell.patients < threshold ? .nearlyAll : .exact
    }

    private func exactSum(_ states: [State]) -> Int {
        cells.indices.reduce(0) { $0 + (states[$1] == .exact ? cells[$1].patients : 0) }
    }

    /// What is shown of a cell bounds it like this.
    private func bounds(_ place: Int, _ state: State) -> (low: Int, high: Int) {
        switch state {
        case .exact: (cells[place].patients, cells[place].patients)
        case .small: (0, min(threshold - 1, upper(place)))
        case .nearlyAll: (upper(place) - threshold + 1, upper(place))
        case .hidden: (0, upper(place))
        }
    }

    /// Whether the numbers that are shown and the total leave one solution for a hidden cell, or tell that the hidden
    /// cells together are few, or leave out few.
    private func isRevealed(_ states: [State]) -> Bool {
        let rest = total - exactSum(states)
        var hidden = cells.indices.filter { states[$0] != .exact }.map { bounds($0, states[$0]) }
        if hasRest { hidden.append((0, threshold - 1)) }
        // More than the total: patients are in several cells, and nothing adds up to anything.
        guard !hidden.isEmpty, rest >= 0 else { return false }
        if rest < threshold { return true }
        let (low, high) = hidden.reduce((0, 0)) { ($0.0 + $1.low, $0.1 + $1.high) }
        guard (low...max(low, high)).contains(rest) else { return false }
        return hidden.contains { bound in
            let least = max(bound.low, rest - (high - bound.high))
            let most = min(bound.high, rest - (low - bound.low))
            return least >= most
        }
    }

    private mutating func show(_ states: [State], rest: Int?) {
        let extra = states.indices.filter { states[$0] == .hidden && upper($0) != threshold }
        for place in cells.indices {
            let patients = cells[place].patients
            switch states[place] {
            case .exact:
                shown.append(.exact(patients))
                uppers.append(patients)
            case .small:
                shown.append(.fewerThan(threshold))
                uppers.append(threshold - 1)
            case .nearlyAll:
                shown.append(.moreThan(upper(place) - threshold))
                uppers.append(upper(place))
            case .hidden:
                // One cell hides because the others of the hidden ones are few: it is nearly all of what is left.
                if let rest, extra == [place], rest <= upper(place), patients <= rest, rest - patients < threshold {
                    shown.append(.moreThan(rest - threshold))
                    uppers.append(rest)
                } else {
                    shown.append(.fewerThan(upper(place) + 1))
                    uppers.append(upper(place))
                }
            }
        }
    }
}
