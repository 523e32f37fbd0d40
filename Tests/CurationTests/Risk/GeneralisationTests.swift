import Curation
import Testing

@Suite("Suggestions against risk")
struct GeneralisationTests {
    @Test("reach k when they are followed, and cost what they say")
    func following() throws {
        let table = RandomTable.make(records: 120, seed: 7)
        for k in [2, 3, 5] {
            let report = RiskAssessment(gate: ReleaseGate(k: k), mostSuppressed: 0.1).report(table)
            #expect(!report.suggestions.isEmpty)
            for suggestion in report.suggestions {
                let (after, leftOut) = table.following(suggestion, k: k)
                let again = RiskAssessment(gate: ReleaseGate(k: k)).report(after)
                #expect(again.decision.passed)
                #expect(again.smallest == suggestion.smallest)
                #expect(leftOut.count == suggestion.suppressed)
                #expect(after.count + leftOut.count == table.count)
            }
        }
    }

    // The same lattice, walked through node by node with texts instead of codes.
    @Test("are the cheapest of all ways")
    func optimum() throws {
        for seed in 1...6 {
            let table = RandomTable.make(records: 60, seed: UInt64(seed))
            for (k, share) in [(3, 0.0), (3, 0.05), (5, 0.2)] {
                let report = RiskAssessment(gate: ReleaseGate(k: k), mostSuppressed: share).report(table)
                #expect(report.suggestionsAreOptimal)
                let best = RandomTable.cheapest(table, k: k, mostSuppressed: Int(share * 60))
                #expect(isNear(report.suggestions.first?.loss, best, within: 1e-9))
            }
        }
    }

    // Five ages in one band of five: nothing can be told from anything, so the age is lost whole, the sex not at all.
    @Test("lose what the ages can no longer be told from")
    func loss() {
        let rows = (30...34).map { ["\($0)", "F"] } + [["30", "F"]]
        let table = RiskTables.table([QuasiIdentifier("age", .age), QuasiIdentifier("sex", .category)], rows)
        let report = RiskAssessment(gate: ReleaseGate(k: 5), mostSuppressed: 0).report(table)
        let best = report.suggestions.first
        #expect(best?.changes.map(\.how) == ["in bands of 5"])
        #expect(best?.suppressed == 0)
        #expect(isNear(best?.loss, 0.5))
        #expect(best?.smallest == 6)
    }

    @Test("leave out one odd record rather than spoil all others, where that is allowed")
    func suppression() {
        let rows =
            Array(repeating: ["C50.1", "40"], count: 30) + Array(repeating: ["C61.9", "70"], count: 30) + [
                ["C40.0", "9"]
            ]
        let table = RiskTables.table([QuasiIdentifier("topography", .code), QuasiIdentifier("age", .age)], rows)
        let report = RiskAssessment(gate: ReleaseGate(k: 5), mostSuppressed: 0.02).report(table)
        #expect(report.suggestions.first?.suppressed == 1)
        #expect(report.suggestions.first?.changes.isEmpty == true)
        #expect(isNear(report.suggestions.first?.loss, 1.0 / 61))
        // One that leaves nobody out is among them as well.
        #expect(report.suggestions.contains { $0.suppressed == 0 })
    }

    @Test("coarsen codes to their parents, areas to fewer characters, days to months and years")
    func hierarchies() {
        let date = QuasiIdentifier("seen", .date)
        let rows = ["2021-03-01", "2021-03-30", "2021-11-05", "2021-12-24"].map { [$0] }
        let report = RiskAssessment(gate: ReleaseGate(k: 4), mostSuppressed: 0).report(RiskTables.table([date], rows))
        #expect(report.suggestions.first?.changes.first?.how == "the year")
        let codes = ["C50.1", "C50.9", "C50.1", "C50.9"].map { [$0] }
        let code = RiskAssessment(gate: ReleaseGate(k: 4), mostSuppressed: 0)
            .report(RiskTables.table([QuasiIdentifier("topography", .code)], codes))
        #expect(code.suggestions.first?.sentence.contains("the code above") == true)
        let areas = ["10115", "10117", "10119", "10179"].map { [$0] }
        let area = RiskAssessment(gate: ReleaseGate(k: 4), mostSuppressed: 0)
            .report(RiskTables.table([QuasiIdentifier("plz", .area)], areas))
        #expect(area.suggestions.first?.changes.first?.how == "the first 3 characters")
    }

    // Eight facts of 4,000 records that all differ: more than can be looked at whole.
    @Test("are found for eight facts at once, and it is said that not every way was seen")
    func eightFacts() throws {
        var state: UInt64 = 99
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        let kinds: [QuasiIdentifier.Kind] = [.age, .category, .area, .number, .code, .code, .category, .number]
        let facts = kinds.enumerated().map { QuasiIdentifier("fact \($0.offset)", $0.element) }
        let rows = (0..<4_000).map { _ in
            [
                "\(20 + next(70))", next(2) == 0 ? "F" : "M", "\(10_000 + next(30_000))", "\(next(4_000))",
                "C\(10 + next(60)).\(next(9))", "8\(100 + next(800))/3", "\(next(4))", "\(40 + next(80))",
            ]
        }
        let table = RiskTables.table(facts, rows)
        let report = RiskAssessment(gate: ReleaseGate(k: 5)).report(table)
        #expect(!report.suggestionsAreOptimal)
        let best = try #require(report.suggestions.first)
        #expect(best.suppressedShare <= 0.05)
        #expect(RiskAssessment(suggestions: 0).report(table.following(best, k: 5).table).decision.passed)
        #expect(report.suggestions.contains { $0.suppressed == 0 })
    }

    @Test("use a site's own groups")
    func ownGroups() {
        let groups = Hierarchy(levels: [
            .exact, .groups("region", ["a": "north", "b": "north", "c": "south", "d": "south"]), .none,
        ])
        let rows = ["a", "b", "c", "d"].map { [$0] }
        let report = RiskAssessment(
            gate: ReleaseGate(k: 2), mostSuppressed: 0, hierarchies: ["place": groups]
        ).report(RiskTables.table([QuasiIdentifier("place", .category)], rows))
        #expect(report.suggestions.first?.changes.first?.how == "region")
        #expect(isNear(report.suggestions.first?.loss, 1.0 / 3))
    }

    @Test("are none where there are fewer records than k")
    func tooFew() {
        let report = RiskAssessment(gate: ReleaseGate(k: 5)).report(
            RiskTables.table([QuasiIdentifier("a", .age)], [["1"], ["2"]]))
        #expect(report.suggestions.isEmpty)
        #expect(!report.decision.passed)
    }
}

/// Tables made from a seed, and the cheapest way to k found the long way round.
private enum RandomTable {
    static let facts = [
        QuasiIdentifier("age", .age), QuasiIdentifier("sex", .category), QuasiIdentifier("topography", .code),
    ]

    static func make(records: Int, seed: UInt64) -> RiskTable {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        let rows = (0..<records).map { _ in
            ["\(40 + next(30))", next(2) == 0 ? "F" : "M", "C\(50 + next(2)).\(next(3))"]
        }
        return RiskTables.table(facts, rows)
    }

    /// What each level makes of a value, by hand: the usual hierarchies of the three facts.
    private static let levels: [[@Sendable (String) -> String]] = [
        [{ $0 }, band(5), band(10), band(20), { _ in "*" }],
        [{ $0 }, { _ in "*" }],
        [{ $0 }, { String($0.prefix(3)) }, { String($0.prefix(1)) }, { _ in "*" }],
    ]

    private static func band(_ width: Int) -> @Sendable (String) -> String { { "\((Int($0) ?? 0) / width)" } }

    static func cheapest(_ table: RiskTable, k: Int, mostSuppressed: Int) -> Double {
        let rows = (0..<table.count).map { record in (0..<3).map { table.value(record, $0) } }
        let domains = (0..<3).map { column in Set(rows.map { $0[column] }) }
        var best = Double.infinity
        for a in levels[0] {
            for b in levels[1] {
                for c in levels[2] {
                    let ways = [a, b, c]
                    let told = rows.map { row in zip(row, ways).map { $1($0) } }
                    let sizes = Dictionary(told.map { ($0, 1) }, uniquingKeysWith: +)
                    let suppressed = told.count { sizes[$0, default: 0] < k }
                    guard suppressed <= mostSuppressed else { continue }
                    let leaves = (0..<3).map { column in
                        Dictionary(domains[column].map { (ways[column]($0), 1) }, uniquingKeysWith: +)
                    }
                    var lost = Double(suppressed)
                    for row in told where sizes[row, default: 0] >= k {
                        for column in 0..<3 {
                            lost +=
                                Double(leaves[column][row[column], default: 1] - 1)
                                / Double(domains[column].count - 1) / 3
                        }
                    }
                    best = min(best, lost / Double(rows.count))
                }
            }
        }
        return best
    }
}
