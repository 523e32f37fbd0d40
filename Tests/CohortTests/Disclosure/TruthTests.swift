import TestSupport
import Testing

@testable import Cohort

@Suite("What is shown is true")
struct TruthTests {
    /// Patients with their values of a facet (several, where it is one of series or studies), and who is in the cohort.
    private func raw(_ facet: CohortFacet, using random: inout SeededGenerator) -> RawAnswer {
        let values = facet.values ?? ["CT", "MR", "PT", "SEG", "US"]
        let most = facet.attribute.entity == .patient ? 1 : 3
        var everywhere: [String: Int] = [:]
        var cohort: [String: Int] = [:]
        var patients = 0
        let all = Int.random(in: 0...60, using: &random)
        let share = Double.random(in: 0...1, using: &random)
        // Some values are common, so that cells that are nearly everything come up, too.
        let common = Array(values.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
        for _ in 0..<all {
            var own = Set<String>()
            for _ in 0..<Int.random(in: 1...most, using: &random) {
                let pool = Int.random(in: 0..<10, using: &random) < 8 ? common : values + [CohortFacet.notRecorded]
                own.insert(pool.randomElement(using: &random) ?? "CT")
            }
            for value in own { everywhere[value, default: 0] += 1 }
            guard Double.random(in: 0...1, using: &random) < share else { continue }
            patients += 1
            // At least one of the patient's series is selected, not always every one.
            let kept = own.shuffled(using: &random).prefix(Int.random(in: 1...own.count, using: &random))
            for value in kept { cohort[value, default: 0] += 1 }
        }
        let counts = Counts(patients: patients, studies: patients, series: patients, images: patients)
        return RawAnswer(
            counts: counts, everything: Counts(patients: all, studies: all, series: all, images: all),
            facets: [
                RawFacet(
                    name: facet.name,
                    cells: everywhere.map { .init(value: $0, patients: cohort[$0] ?? 0, everywhere: $1) })
            ])
    }

    @Test(
        "no bound excludes the number that it stands for, in any kind of breakdown",
        arguments: ["sex", "ageBand", "modality"])
    func bounds(name: String) throws {
        let facet = try #require(CohortFacet.find(name))
        let asked = Condition.test(Comparison(.kvp, .exists))
        var random = SeededGenerator(seed: 6)
        for round in 0..<3000 {
            let rule = try DisclosureRule(threshold: 1 + round % 6)
            var raw = raw(facet, using: &random)
            for condition in [asked, .everything] {
                if condition == .everything {
                    raw.counts = raw.everything
                    for place in raw.facets[0].cells.indices {
                        raw.facets[0].cells[place].patients = raw.facets[0].cells[place].everywhere
                    }
                }
                let (counts, facets) = rule.protect(raw, to: condition)
                #expect(holds(counts.patients, raw.counts.patients) && holds(counts.images, raw.counts.images))
                for cell in facets.flatMap(\.cells) {
                    let patients = raw.facets[0].cells.first { $0.value == cell.value }?.patients ?? 0
                    #expect(holds(cell.patients, patients), "\(cell.value): \(cell.patients) for \(patients) in \(raw)")
                    // What is shown exactly is neither small nor nearly all of the cohort.
                    if cell.patients == .exact(patients), rule.threshold > 1 {
                        #expect(patients >= rule.threshold && raw.counts.patients - patients >= rule.threshold)
                    }
                }
            }
        }
    }

    private func holds(_ shown: ProtectedCount, _ number: Int) -> Bool {
        number >= shown.range.low && number <= shown.range.high ?? .max
    }
}
