/// The patients of each level of one category, or of each pair of levels of two, with tests of independence.
public struct CrossTable: FederatedComputation {
    public static let name = "table"
    /// The most cells of a table.
    static let maximumCells = 10_000

    /// One or two categories: `~ stage + C(grade, levels=[1, 2, 3])`.
    public let formula: Formula

    public init(_ formula: Formula) {
        self.formula = formula
    }

    public var variables: [String] { formula.variables }

    public struct State: Codable, Sendable {
        let factors: [GroupFactor]

        var columns: Int { factors.count > 1 ? factors[1].levels.count : 1 }
        var cells: Int { (factors.first?.levels.count ?? 0) * columns }
    }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        guard formula.left.isEmpty, formula.offsets.isEmpty, formula.strata.isEmpty else {
            throw .plan("a table has categories only, as in table(stage, arm)")
        }
        let state = State(factors: try GroupFactor.all(formula, schema))
        guard state.factors.count == 1 || state.factors.count == 2 else {
            throw .plan("a table has one category or two, as in table(stage, arm)")
        }
        guard state.cells <= Self.maximumCells else { throw .plan("a table has at most \(Self.maximumCells) cells") }
        return state
    }

    public func layout(_ state: State) -> Layout { Layout(.counts("cells", state.cells), .counts("left", 2)) }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        var codes: [[Int?]] = []
        for factor in state.factors { codes.append(try factor.codes(table)) }
        guard (1...2).contains(codes.count), state.factors.allSatisfy({ $0.levels.count <= Design.maximumLevels }),
            state.cells <= Self.maximumCells
        else { throw .plan("a table has one category or two, and at most \(Self.maximumCells) cells") }
        var cells = [Int64](repeating: 0, count: state.cells)
        var left: [Int64] = [0, 0]
        for row in 0..<table.rows {
            let first = codes[0][row]
            let second = codes.count > 1 ? codes[1][row] : 0
            guard let first, let second else {
                left[0] += 1
                continue
            }
            if first < 0 || second < 0 { left[1] += 1 } else { cells[first * state.columns + second] += 1 }
        }
        var contribution = Contribution()
        contribution.add(counts: cells, as: "cells")
        contribution.add(counts: left, as: "left")
        return contribution
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        let cells = try sum.patients("cells")
        let left = try sum.patients("left")
        guard left.count == 2, cells.count == state.cells, let first = state.factors.first else {
            throw .shape("the table has not its cells")
        }
        try context.require(rows: cells.reduce(0, &+), for: "the table")
        let rows = first.levels.indices.map { Array(cells[($0 * state.columns)..<(($0 + 1) * state.columns)]) }
        let minimum = context.rules.minimumCell
        if state.factors.count == 1 {
            let hidden = Suppression.line(cells, minimumCell: minimum)
            let shown = zip(cells, hidden).map { [Suppression.shown($0, $1, minimum)] }
            return .done(
                Outcome(
                    rowVariable: first.name, rowLevels: first.levels, columnVariable: nil, columnLevels: [],
                    cells: shown,
                    rowTotals: shown.map { $0.first ?? nil }, columnTotals: [], total: cells.reduce(0, &+),
                    missing: ProtectedCount(left[0], context.rules),
                    unknownLevel: ProtectedCount(left[1], context.rules),
                    sites: context.sites))
        }
        let suppression = Suppression(rows, minimumCell: minimum)
        var outcome = Outcome(
            rowVariable: first.name, rowLevels: first.levels, columnVariable: state.factors[1].name,
            columnLevels: state.factors[1].levels,
            cells: rows.indices.map { row in (0..<state.columns).map { suppression.shown(row, $0) } },
            rowTotals: rows.indices.map { suppression.shown($0, state.columns) },
            columnTotals: (0..<state.columns).map { suppression.shown(rows.count, $0) }, total: cells.reduce(0, &+),
            missing: ProtectedCount(left[0], context.rules), unknownLevel: ProtectedCount(left[1], context.rules),
            sites: context.sites)
        // With the totals, a test's statistic would give a hidden cell away.
        if !suppression.hidesAnything { outcome.test(rows) }
        return .done(outcome)
    }
}

extension CrossTable: WrittenPlan {
    public static var synopsis: String { "table(category) or table(category, category)" }
    public static var aliases: [String] { ["crosstab", "chisq", "fisher"] }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        let terms = try arguments.written("a category, as in table(stage, arm)")
        self.init(try Formula("~ " + terms.joined(separator: " + ")))
    }
}
