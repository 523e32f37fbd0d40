import Rounds
import Testing

@Suite struct ContributionTests {
    @Test func sumsKeepCountsExactAndRefuseOtherShapes() throws {
        let layout = Layout(.counts("n"), .reals("sum", 2))
        var first = Contribution()
        first.add(counts: [3], as: "n")
        first.add(reals: [0.5, 1], as: "sum")
        var total = Contribution.zero(layout)
        try total.add(first)
        try total.add(first)
        #expect(try total.counts("n") == [6])
        #expect(try total.reals("sum") == [1, 2])
        #expect(throws: RoundsError.self) { try first.check(Layout(.counts("n"), .reals("sum", 3))) }
        var wrong = Contribution()
        wrong.add(counts: [1], as: "n")
        wrong.add(reals: [.nan, 0], as: "sum")
        #expect(throws: RoundsError.self) { try wrong.check(layout) }
    }

    @Test func levelsOfFewRowsAreNotNamed() throws {
        let table = try CohortTable(rows: 7, ["stage": .categories(named: ["I", "I", "I", "I", "I", "IV", nil])])
        #expect(table.schema(minimumCell: 5).variables == ["stage": .category(levels: ["I"])])
        let merged = try Schema.merged(
            [table.schema(minimumCell: 5), table.schema(minimumCell: 1)], sites: ["one", "two"])
        #expect(merged.variables == ["stage": .category(levels: ["I", "IV"])])
    }
}
