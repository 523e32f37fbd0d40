import Cohort
import Testing

@testable import Node

/// The attacker knows the site's rule and its card, asks what is likely to single a group out, and adds and subtracts. Of
/// the two patients with a RARE scanner nothing may come out but "fewer than five": each number from none to four must
/// stay possible.
@Suite("No sequence of questions tells of a small group")
struct SequenceAttackTests {
    /// 60 patients: 34 women and 26 men; two scanned by RARE, one of each sex. No two attributes say the same.
    private static let groups: [AttackedSite.Group] = [
        .init(count: 9, sex: "F", modality: "CT", manufacturer: "SIEMENS", bodyPart: "CHEST", age: 45),
        .init(count: 9, sex: "F", modality: "CT", manufacturer: "SIEMENS", bodyPart: "ABDOMEN", age: 65),
        .init(count: 1, sex: "F", modality: "CT", manufacturer: "RARE", bodyPart: "CHEST", age: 45),
        .init(count: 8, sex: "F", modality: "MR", manufacturer: "PHILIPS", bodyPart: "BREAST", age: 55),
        .init(count: 7, sex: "F", modality: "MR", manufacturer: "GE", bodyPart: "PELVIS", age: 75),
        .init(count: 7, sex: "M", modality: "CT", manufacturer: "SIEMENS", bodyPart: "CHEST", age: 45),
        .init(count: 7, sex: "M", modality: "CT", manufacturer: "SIEMENS", bodyPart: "ABDOMEN", age: 65),
        .init(count: 1, sex: "M", modality: "CT", manufacturer: "RARE", bodyPart: "CHEST", age: 65),
        .init(count: 6, sex: "M", modality: "MR", manufacturer: "GE", bodyPart: "PELVIS", age: 75),
        .init(count: 5, sex: "M", modality: "MR", manufacturer: "PHILIPS", bodyPart: "PROSTATE", age: 55),
    ]

    /// What a sum of answers can be, from what is shown of each.
    private func implied(_ terms: [(Int, ProtectedCount)]) -> ClosedRange<Int> {
        var (low, high) = (0, 0)
        for (factor, count) in terms {
            let most = count.range.high ?? 60
            low += factor * (factor > 0 ? count.range.low : most)
            high += factor * (factor > 0 ? most : count.range.low)
        }
        return min(low, high)...max(low, high)
    }

    /// Asks, adds up, and expects that every small number stays possible.
    private func attack(_ site: AttackedSite, _ steps: [(Int, String)], _ location: SourceLocation = #_sourceLocation)
        async throws
    {
        var terms: [(Int, ProtectedCount)] = []
        for (factor, question) in steps { terms.append((factor, try await site.patients(question))) }
        let range = implied(terms)
        #expect(range.lowerBound <= 0 && range.upperBound >= 4, "\(terms) tell \(range)", sourceLocation: location)
    }

    @Test("a cohort and the same without the group")
    func differencing() async throws {
        let site = try AttackedSite(Self.groups)
        try await attack(
            site, [(1, "modality = CT"), (-1, "modality = CT and not manufacturer = RARE")])
        // In the other order, at a node that has been asked nothing.
        try await attack(
            try AttackedSite(Self.groups),
            [(-1, "modality = CT and not manufacturer = RARE"), (1, "modality = CT")])
    }

    @Test("a cohort and a cell of a breakdown that another question showed")
    func differencingFromACell() async throws {
        let site = try AttackedSite(Self.groups)
        let answer = try await site.ask("modality = CT")
        let women = answer.facets.first { $0.name == "sex" }?.cells.first { $0.value == "F" }?.patients
        let without = try await site.patients("modality = CT and sex = F and not manufacturer = RARE")
        let range = implied([(1, try #require(women)), (-1, without)])
        #expect(range.lowerBound <= 0 && range.upperBound >= 4, "\(range)")
    }

    @Test("the tracker: the group with and without another attribute, less everybody")
    func tracker() async throws {
        try await attack(
            try AttackedSite(Self.groups),
            [
                (1, "manufacturer = RARE or sex = F"), (1, "manufacturer = RARE or not sex = F"), (-1, "everything"),
            ])
        try await attack(
            try AttackedSite(Self.groups),
            [
                (1, "manufacturer = RARE or age < 60"), (1, "manufacturer = RARE or age >= 60"), (-1, "age < 60"),
                (-1, "age >= 60"),
            ])
    }

    @Test("everybody less the opposite")
    func complement() async throws {
        try await attack(try AttackedSite(Self.groups), [(1, "everything"), (-1, "not manufacturer = RARE")])
        try await attack(
            try AttackedSite(Self.groups), [(1, "sex = F"), (-1, "not (sex = M or manufacturer = RARE)")])
    }

    @Test("the sum of all others, each asked for by itself, and read from a breakdown")
    func summation() async throws {
        try await attack(
            try AttackedSite(Self.groups),
            [
                (1, "everything"), (-1, "manufacturer = SIEMENS"), (-1, "manufacturer = PHILIPS"),
                (-1, "manufacturer = GE"),
            ])
        try await attack(
            try AttackedSite(Self.groups),
            [
                (1, "modality = CT"), (-1, "modality = CT and sex = F and manufacturer = SIEMENS"),
                (-1, "modality = CT and sex = M and manufacturer = SIEMENS"),
            ])
        let site = try AttackedSite(Self.groups)
        let answer = try await site.ask("modality = CT facets manufacturer, sex")
        let cells = answer.facets[0].cells.filter { $0.value != "RARE" }.map { (-1, $0.patients) }
        let range = implied([(1, try #require(answer.counts).patients)] + cells)
        #expect(range.lowerBound <= 0 && range.upperBound >= 4, "\(range)")
    }

    @Test("what is in both of two cohorts, from them and their union")
    func intersection() async throws {
        // Two women among seven whose series are of the prostate.
        let groups =
            Self.groups + [
                .init(count: 2, sex: "F", modality: "MR", manufacturer: "GE", bodyPart: "PROSTATE", age: 77)
            ]
        let terms = [(1, "sex = F"), (1, "bodyPart = PROSTATE"), (-1, "sex = F or bodyPart = PROSTATE")]
        for turn in 0..<3 {
            let steps = Array(terms[turn...] + terms[..<turn])
            try await attack(try AttackedSite(groups), steps)
        }
    }

    @Test("a new process remembers what an earlier one told; another caller is told by itself")
    func acrossTime() async throws {
        var site = try AttackedSite(Self.groups)
        let told = try await site.patients("modality = CT and sex = F")
        #expect(told == .exact(19))
        try site.restart()
        let without = try await site.patients("modality = CT and sex = F and not manufacturer = RARE")
        let range = implied([(1, told), (-1, without)])
        #expect(range.lowerBound <= 0 && range.upperBound >= 4, "\(range)")
        let other = try await site.ask("modality = CT and sex = F and not manufacturer = RARE", by: "another")
        #expect(other.counts?.patients == .exact(18))
    }

    @Test("one more patient is not seen by asking again; five more are")
    func newPatients() async throws {
        let site = try AttackedSite(Self.groups)
        let before = try await site.ask("modality = CT")
        #expect(before.counts?.patients == .exact(34))
        let one = AttackedSite.Group(
            count: 1, sex: "F", modality: "CT", manufacturer: "SIEMENS", bodyPart: "CHEST", age: 45)
        try site.add([one])
        let after = try await site.ask("modality = CT")
        #expect(after.counts == before.counts && after.counted == before.counted)
        let rewritten = try await site.ask("modality = CT and age < 100")
        #expect(rewritten.counts?.patients == .about(34, within: 4))
        for _ in 0..<4 { try site.add([one]) }
        #expect(try await site.patients("modality = CT") == .exact(39))
    }

    @Test("the same question gets the same answer, however it is written; the report says what is withheld")
    func sameAnswer() async throws {
        let site = try AttackedSite(Self.groups)
        let first = try await site.ask("modality = CT and sex = F")
        #expect(first.counts?.patients == .exact(19))
        #expect(try await site.ask("sex = F and modality = CT").counts == first.counts)
        #expect(try await site.ask("sex = F and (modality = CT and sex = F)").counts == first.counts)
        let near = try await site.ask("sex = F and modality = CT and not manufacturer = RARE")
        #expect(near.counts?.patients == .about(19, within: 4))
        #expect(
            near.conditions.contains {
                $0.status == .approximated && $0.reason?.hasPrefix("withheld: too close") == true
            })
        #expect(near.counts?.studies == .fewerThan(100) && near.counts?.images == .fewerThan(100))
    }

    @Test("averaging takes no noise away: what is asked again in other words gets the same number")
    func averaging() async throws {
        let site = try AttackedSite(
            Self.groups, disclosure: "noise: {epsilon: 0.5, budget: 100}")
        var shown: Set<Int> = []
        for limit in 100..<140 {
            guard case .about(let number, _) = try await site.patients("modality = CT and age < \(limit) facets none")
            else {
                Issue.record("not about a number")
                continue
            }
            shown.insert(number)
        }
        #expect(shown.count == 1)
    }

    @Test("a caller's budget is spent once, also across processes; what was told is told again")
    func budget() async throws {
        // An answer without breakdowns costs 0.5: there are three.
        var site = try AttackedSite(Self.groups, disclosure: "noise: {epsilon: 0.5, budget: 1.5}")
        let first = try await site.ask("modality = CT facets none")
        _ = try await site.ask("modality = MR facets none")
        try site.restart()
        _ = try await site.ask("sex = F facets none")
        await #expect(throws: (any Error).self) { try await site.ask("sex = M facets none") }
        #expect(try await site.ask("modality = CT facets none").counts == first.counts)
        #expect(try await site.ask("modality = CT facets none", by: "another").counts != nil)
    }

    @Test("rounded numbers are multiples, and bounds beside them tell no exact one")
    func rounding() async throws {
        let site = try AttackedSite(Self.groups, disclosure: "rounding: 10")
        let answer = try await site.ask("modality = CT")
        #expect(answer.counts?.patients == .about(30, within: 5))
        for cell in answer.facets.flatMap(\.cells) {
            switch cell.patients {
            case .exact(let number): Issue.record("\(number)")
            case .about(let number, _): #expect(number.isMultiple(of: 10))
            case .fewerThan(let bound): #expect(bound == 9 || bound == 100)
            case .moreThan(let bound): Issue.record("more than \(bound)")
            }
        }
    }
}
