/// Which cells of a table are not shown: those with too few patients, and as many more as it takes that totals do not
/// give them away.
///
/// In every row and column with a total that is shown, either no cell is hidden, or at least two that together have as many
/// patients as the rule asks for. The cells that are hidden beside the small ones are the smallest.
struct Suppression {
    let minimumCell: Int
    /// Rows of cells with their total last; then a row of totals.
    private(set) var hidden: [[Bool]]
    private let counts: [[Int64]]

    /// - Parameter cells: a table without its totals; all rows of one length.
    init(_ cells: [[Int64]], minimumCell: Int) {
        self.minimumCell = minimumCell
        let columns = cells.map(\.count).min() ?? 0
        var counts = cells.map { row in Array(row.prefix(columns)) + [row.prefix(columns).reduce(0, &+)] }
        counts.append((0...columns).map { column in counts.reduce(0) { $0 &+ $1[column] } })
        self.counts = counts
        hidden = counts.map { $0.map { $0 > 0 && $0 < minimumCell } }
        // Every pass hides one cell more, or ends.
        while let more = nextToHide() { hidden[more.row][more.column] = true }
    }

    /// One line of cells with a total that is shown: which are hidden.
    static func line(_ cells: [Int64], minimumCell: Int) -> [Bool] {
        var hidden = cells.map { $0 > 0 && $0 < minimumCell }
        while let more = missing(cells, hidden, total: false, minimumCell) { hidden[more] = true }
        return hidden
    }

    var hidesAnything: Bool { hidden.contains { $0.contains(true) } }

    /// A cell as it may be shown; nil where it is hidden though it is large enough.
    func shown(_ row: Int, _ column: Int) -> ProtectedCount? {
        Self.shown(counts[row][column], hidden[row][column], minimumCell)
    }

    static func shown(_ count: Int64, _ isHidden: Bool, _ minimumCell: Int) -> ProtectedCount? {
        if !isHidden { return .exact(count) }
        return count > 0 && count < minimumCell ? .below(minimumCell) : nil
    }

    private func nextToHide() -> (row: Int, column: Int)? {
        let (rows, columns) = (counts.count - 1, (counts.first?.count ?? 1) - 1)
        guard rows > 0, columns > 0 else { return nil }
        for row in 0...rows {
            if let column = Self.missing(
                Array(counts[row].prefix(columns)), Array(hidden[row].prefix(columns)), total: hidden[row][columns],
                minimumCell)
            {
                return (row, column)
            }
        }
        for column in 0...columns {
            if let row = Self.missing(
                (0..<rows).map { counts[$0][column] }, (0..<rows).map { hidden[$0][column] },
                total: hidden[rows][column], minimumCell)
            {
                return (row, column)
            }
        }
        return nil
    }

    /// The cell of a line that must be hidden as well; nil where the line says nothing of its hidden cells.
    private static func missing(_ cells: [Int64], _ hidden: [Bool], total: Bool, _ minimumCell: Int) -> Int? {
        let concealed = zip(cells, hidden).filter(\.1).map(\.0)
        if total {
            guard concealed.isEmpty else { return nil }
        } else {
            if concealed.isEmpty || (concealed.count >= 2 && concealed.reduce(0, &+) >= minimumCell) { return nil }
        }
        let open = cells.indices.filter { !hidden[$0] }
        return open.filter { cells[$0] > 0 }.min { cells[$0] < cells[$1] } ?? open.first
    }
}
