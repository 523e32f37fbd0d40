@testable import Cohort

/// A site so small that every site like it can be listed: patients by sex, some of them in a cohort.
struct SmallSite: Hashable {
    /// Patients of the site: female, male, other, not recorded.
    var everywhere: [Int]
    /// Those of them that are in the cohort.
    var cohort: [Int]

    /// What anyone outside sees: the site's card, the answer, and the answer to the opposite question.
    struct Seen: Hashable {
        var card: [ProtectedCount]
        var answer: [ProtectedCount]
        var opposite: [ProtectedCount]
    }

    static let values = ["F", "M", "O", CohortFacet.notRecorded]

    /// A condition that says nothing of sex, so that nothing about the breakdown is known beforehand.
    static let condition = Condition.test(Comparison(.kvp, .exists))

    var patients: Int { everywhere.reduce(0, +) }
    var cohortPatients: Int { cohort.reduce(0, +) }
    var opposite: SmallSite {
        SmallSite(everywhere: everywhere, cohort: zip(everywhere, cohort).map { $0 - $1 })
    }

    func seen(under rule: DisclosureRule) -> Seen {
        Seen(
            card: SmallSite(everywhere: everywhere, cohort: everywhere).shown(.everything, rule),
            answer: shown(Self.condition, rule), opposite: opposite.shown(.not(Self.condition), rule))
    }

    /// The cohort's patients, then the cells of the breakdown.
    func shown(_ condition: Condition, _ rule: DisclosureRule) -> [ProtectedCount] {
        let (counts, facets) = rule.protect(raw, to: condition)
        return [counts.patients] + facets.flatMap { $0.cells.map(\.patients) }
    }

    /// Whether the site could be one for which this is shown: every number is what is shown or within its bound.
    func fits(_ seen: Seen) -> Bool {
        Self.fit([patients] + everywhere, seen.card) && Self.fit([cohortPatients] + cohort, seen.answer)
            && Self.fit([opposite.cohortPatients] + opposite.cohort, seen.opposite)
    }

    /// Everything that must not come out where it is small.
    var numbers: [(String, Int)] {
        [("the cohort", cohortPatients), ("outside the cohort", patients - cohortPatients)]
            + Self.values.indices.flatMap { place in
                [
                    ("\(Self.values[place]) of the site", everywhere[place]),
                    ("\(Self.values[place]) of the cohort", cohort[place]),
                    ("\(Self.values[place]) outside the cohort", everywhere[place] - cohort[place]),
                ]
            }
    }

    private static func fit(_ numbers: [Int], _ shown: [ProtectedCount]) -> Bool {
        for (number, count) in zip(numbers, shown) {
            switch count {
            case .exact(let exact): if number != exact { return false }
            case .fewerThan(let bound): if number >= bound { return false }
            case .moreThan(let bound): if number <= bound { return false }
            case .about(let middle, let within): if abs(number - middle) > within { return false }
            }
        }
        return true
    }

    var raw: RawAnswer {
        RawAnswer(
            counts: counts(cohortPatients), everything: counts(patients),
            facets: [
                RawFacet(
                    name: "sex",
                    cells: zip(Self.values, zip(cohort, everywhere)).map {
                        RawFacet.Cell(value: $0, patients: $1.0, everywhere: $1.1)
                    })
            ])
    }

    private func counts(_ patients: Int) -> Counts {
        Counts(patients: patients, studies: patients, series: patients, images: patients)
    }

    /// Every site of so many patients.
    static func all(patients: Int) -> [SmallSite] {
        var sites: [SmallSite] = []
        for everywhere in splits(of: patients, into: values.count) {
            for cohort in below(everywhere) { sites.append(SmallSite(everywhere: everywhere, cohort: cohort)) }
        }
        return sites
    }

    private static func splits(of number: Int, into parts: Int) -> [[Int]] {
        parts == 1
            ? [[number]]
            : (0...number).flatMap { first in splits(of: number - first, into: parts - 1).map { [first] + $0 } }
    }

    private static func below(_ limits: [Int]) -> [[Int]] {
        guard let first = limits.first else { return [[]] }
        return (0...first).flatMap { value in below(Array(limits.dropFirst())).map { [value] + $0 } }
    }
}
