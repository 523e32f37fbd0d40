/// Numbers that add up to a known total, at most: which of them may be shown, and which bounds of the others.
///
/// Every decision is made against someone who knows the site's card, asks a question and its opposite, and adds and
/// subtracts. Of a cell, neither the patients in the cohort nor those outside may be few and come out, nor may those of
/// several hidden cells together: they follow from the totals and from the cells that are shown.
struct CellProtection {
    struct Cell {
        var patients: Int
        /// Patients of the whole site in the cell.
        var everywhere: Int
        /// How many the cell can be at most, as anyone outside knows.
        var upper: Int
        /// Whether the card shows ``everywhere``.
        var isOnCard: Bool
    }

    /// What is shown of each cell.
    private(set) var shown: [ProtectedCount] = []
    /// The highest number that anyone outside can tell for each cell.
    private(set) var uppers: [Int] = []

    private let threshold: Int
    private let total: Int
    /// Patients of the site; the same as `total` for its card.
    private let site: Int
    private let isCard: Bool
    private let cells: [Cell]
    private let form: Form

    /// How patients and cells go together.
    enum Form {
        /// Each patient is in one cell.
        case partition
        /// Each patient is in one cell or several.
        case cover
        /// A patient may be in several cells, or in none that is listed.
        case loose
    }

    private enum State { case exact, small, nearlyAll, hidden }

    init(threshold: Int, total: Int, site: Int, isCard: Bool, form: Form, cells: [Cell]) {
        self.threshold = threshold
        self.total = total
        self.site = site
        self.isCard = isCard
        self.form = form
        self.cells = cells
        guard total >= threshold else {
            shown = cells.map { _ in .fewerThan(threshold) }
            uppers = cells.map { _ in threshold - 1 }
            return
        }
        var states = cells.indices.map(firstState)
        while isRevealed(states) {
            let exact = cells.indices.filter { states[$0] == .exact }
            // The smallest on the card: a choice that tells nothing of the cohort.
            guard let next = exact.min(by: { (cells[$0].everywhere, $0) < (cells[$1].everywhere, $1) }) else {
                // All hidden, and still it comes out: then none has a bound of its own.
                states = states.map { _ in .hidden }
                break
            }
            states[next] = .hidden
        }
        show(states)
    }

    // MARK: One cell

    private func upper(_ place: Int) -> Int { min(total, cells[place].upper) }

    private func firstState(_ place: Int) -> State {
        let cell = cells[place]
        let isUnseen = !isCard && !cell.isOnCard
        // Of two, one at most here and one at most there would tell both, where the card says "at least two".
        if isUnseen, threshold == 2, cell.upper >= threshold { return .hidden }
        let least = Smallness.threshold(threshold, within: upper(place))
        if cell.patients < least { return .small }
        if upper(place) - cell.patients < least { return .nearlyAll }
        // What the card does not show is not shown of a part either.
        return isUnseen ? .hidden : .exact
    }

    /// What is shown of a cell bounds it like this.
    private func bounds(_ place: Int, _ state: State) -> Bounds {
        let (number, upper) = (cells[place].patients, upper(place))
        let least = Smallness.threshold(threshold, within: upper)
        return switch state {
        case .exact: Bounds(low: number, high: number)
        case .small: Bounds(low: 0, high: min(least - 1, upper))
        case .nearlyAll: Bounds(low: upper - least + 1, high: upper)
        case .hidden: Bounds(low: 0, high: upper)
        }
    }

    private struct Bounds {
        var low: Int
        var high: Int
    }

    // MARK: Sums

    /// What the hidden cells add up to, if no patient is in two cells.
    private func rest(_ states: [State]) -> Int {
        cells.indices.reduce(total) { $0 - (states[$1] == .exact ? cells[$1].patients : 0) }
    }

    /// Patients of the site in the cells that are shown.
    private func shownOnBoth(_ states: [State]) -> Int {
        cells.indices.reduce(0) { $0 + (states[$1] == .exact ? cells[$1].everywhere : 0) }
    }

    /// Whether what is shown tells a hidden number, or that the hidden cells together hold few, or leave out few.
    private func isRevealed(_ states: [State]) -> Bool {
        let hidden = cells.indices.filter { states[$0] != .exact }
        guard !hidden.isEmpty else { return false }
        let inside = Side(
            total: rest(states), ranges: hidden.map { bounds($0, states[$0]) }.map { ($0.low, $0.high) },
            isOnCard: hidden.map { cells[$0].isOnCard })
        if isCard { return inside.isRevealed(threshold, unseen: nil) }
        // What the card does not show of these cells adds up to this.
        let unseen = cells.reduce(site) { $0 - ($1.isOnCard ? $1.everywhere : 0) }
        let outside = Side(
            total: site - shownOnBoth(states) - rest(states),
            ranges: hidden.map { place in
                let range = bounds(place, states[place])
                let everywhere = cells[place].everywhere
                return cells[place].isOnCard
                    ? (everywhere - range.high, everywhere - range.low) : (0, cells[place].upper)
            }, isOnCard: inside.isOnCard)
        return inside.isRevealed(threshold, unseen: unseen) || outside.isRevealed(threshold, unseen: unseen)
    }

    /// The hidden cells of the cohort, or of the patients outside it.
    private struct Side {
        var total: Int
        var ranges: [(low: Int, high: Int)]
        var isOnCard: [Bool]

        func isRevealed(_ threshold: Int, unseen: Int?) -> Bool {
            // Below zero: patients are in several cells, and nothing adds up to anything.
            guard total >= 0 else { return false }
            if total < threshold { return true }
            let low = ranges.reduce(0) { $0 + $1.low }
            var high = ranges.reduce(0) { $0 + $1.high }
            if let unseen {
                let off = zip(ranges, isOnCard).reduce(0) { $0 + ($1.1 ? 0 : $1.0.high) }
                high += min(0, max(unseen, 0) - off)
            }
            // Out of reach: there are cells that are not listed, or patients in several.
            guard low <= total, total <= high else { return false }
            return total == low || total == high || ranges.filter { $0.low < $0.high }.count < 2
        }
    }

    // MARK: Showing

    private mutating func show(_ states: [State]) {
        let rest = rest(states)
        let hidden = cells.indices.filter { states[$0] != .exact }
        let high = hidden.reduce(0) { $0 + bounds($1, states[$1]).high }
        for place in cells.indices {
            let bound = bounds(place, states[place])
            switch states[place] {
            case .exact: shown.append(.exact(cells[place].patients))
            case .small: shown.append(.fewerThan(bound.high + 1))
            case .nearlyAll: shown.append(.moreThan(bound.low - 1))
            case .hidden:
                // What anyone can work out from the rest may as well be said: it is at least what the others cannot be.
                let least = form == .loose ? 0 : rest - (high - bound.high)
                shown.append(least > 0 ? .moreThan(least - 1) : .fewerThan(bound.high + 1))
            }
            switch (states[place], form) {
            case (.exact, _): uppers.append(cells[place].patients)
            case (_, .partition): uppers.append(min(bound.high, rest))
            case (_, .cover), (_, .loose): uppers.append(bound.high)
            }
        }
    }
}
