extension CrossTable {
    public struct Outcome: Codable, Sendable, Equatable {
        public let rowVariable: String
        public let rowLevels: [String]
        /// Nil for a table of one category.
        public let columnVariable: String?
        public let columnLevels: [String]
        /// Row by row; nil where a cell is hidden so that it does not give away another.
        public let cells: [[ProtectedCount?]]
        public let rowTotals: [ProtectedCount?]
        public let columnTotals: [ProtectedCount?]
        public let total: Int64
        public let missing: ProtectedCount
        public let unknownLevel: ProtectedCount
        public let sites: Int
        /// Nil, as the tests that follow, for one category, and where a cell is hidden.
        public private(set) var chiSquared: ContingencyTests.ChiSquared?
        /// With Yates's correction; 2 × 2 only.
        public private(set) var yates: ContingencyTests.ChiSquared?
        public private(set) var cramersV: Double?
        /// Fisher's exact p, two-sided; 2 × 2 only.
        public private(set) var fisher: Double?
        public private(set) var oddsRatio: ContingencyTests.OddsRatio?

        mutating func test(_ counts: [[Int64]]) {
            chiSquared = ContingencyTests.chiSquared(counts)
            cramersV = ContingencyTests.cramersV(counts)
            guard counts.count == 2, counts.allSatisfy({ $0.count == 2 }) else { return }
            let (a, b, c, d) = (counts[0][0], counts[0][1], counts[1][0], counts[1][1])
            yates = ContingencyTests.chiSquared(counts, yates: true)
            fisher = ContingencyTests.fisher(a, b, c, d)
            oddsRatio = ContingencyTests.oddsRatio(a, b, c, d)
        }
    }
}

extension CrossTable.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        var notes = [
            "\(total) rows at \(sites) sites; left out: \(missing) with a missing value, \(unknownLevel) with a level that "
                + "the plan does not know."
        ]
        let hidden = cells.contains { $0.contains { $0?.value == nil } }
        if hidden { notes.append("A dash is a count that is not shown because it would give away a small one.") }
        guard let columnVariable else {
            return [
                ResultTable(
                    rowVariable, columns: [rowVariable, "rows", "share"],
                    rows: zip(rowLevels, rowTotals).map { level, count in
                        [.text(level), .count(count), .number(count?.value.map { Double($0) / Double(total) })]
                    }, notes: notes)
            ]
        }
        if hidden { notes.append("No test is given: with the totals it would give a hidden count away.") }
        var rows = zip(rowLevels, zip(cells, rowTotals)).map { level, line in
            [ResultTable.Cell.text(level)] + line.0.map { .count($0) } + [.count(line.1)]
        }
        rows.append([.text("all")] + columnTotals.map { .count($0) } + [.count(total)])
        let table = ResultTable(
            "\(rowVariable) by \(columnVariable)", columns: [rowVariable] + columnLevels + ["all"], rows: rows,
            notes: notes)
        guard chiSquared != nil || fisher != nil else { return [table] }
        var tests: [[ResultTable.Cell]] = []
        if let chiSquared {
            tests.append([
                .text("chi-squared"), .number(chiSquared.statistic), .count(Int64(chiSquared.degrees)),
                .p(chiSquared.p),
            ])
        }
        if let yates {
            tests.append([
                .text("chi-squared, Yates"), .number(yates.statistic), .count(Int64(yates.degrees)), .p(yates.p),
            ])
        }
        if let fisher { tests.append([.text("Fisher, exact, two-sided"), .empty, .empty, .p(fisher)]) }
        if let cramersV { tests.append([.text("Cramér's V"), .number(cramersV), .empty, .empty]) }
        if let oddsRatio {
            tests.append([
                .text(
                    "odds ratio (95 %: \(ResultTable.Cell.shown(oddsRatio.low)) to "
                        + "\(ResultTable.Cell.shown(oddsRatio.high)))"), .number(oddsRatio.estimate), .empty, .empty,
            ])
        }
        return [table, ResultTable("Independence", columns: ["test", "value", "degrees", "p"], rows: tests)]
    }
}
