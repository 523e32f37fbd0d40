import Cohort
import Foundation
import TestSupport
import Testing

@Suite("Cards of a site's data sets")
struct DataSetPartTests {
    private let rule = DisclosureRule.standard

    /// Data sets with patients by sex, and ten more of other or unknown sex each; each patient is in one of them.
    private func dataSets(_ sexes: [(name: String, female: Int, male: Int)]) -> (sets: [RawDataSet], everything: Counts)
    {
        let (female, male) = (sexes.reduce(0) { $0 + $1.female }, sexes.reduce(0) { $0 + $1.male })
        let sets = sexes.map { entry in
            let all = entry.female + entry.male + 20
            return RawDataSet(
                name: entry.name, title: entry.name,
                counts: Counts(patients: all, studies: all, series: 2 * all, images: 10 * all),
                facets: [
                    RawFacet(
                        name: "sex",
                        cells: [
                            .init(value: "F", patients: entry.female, everywhere: female),
                            .init(value: "M", patients: entry.male, everywhere: male),
                            .init(value: "O", patients: 10, everywhere: 10 * sexes.count),
                            .init(value: CohortFacet.notRecorded, patients: 10, everywhere: 10 * sexes.count),
                        ])
                ], recorded: ["series.modality": all, "patient.sex": all], hasImages: false)
        }
        let all = female + male + 20 * sexes.count
        return (sets, Counts(patients: all, studies: all, series: 2 * all, images: 10 * all))
    }

    private func site(_ sets: [RawDataSet], _ everything: Counts) -> [Facet] {
        let cells = sets.first?.facets.first?.cells ?? []
        let raw = RawAnswer(
            counts: everything, everything: everything,
            facets: [
                RawFacet(
                    name: "sex",
                    cells: cells.map { .init(value: $0.value, patients: $0.everywhere, everywhere: $0.everywhere) })
            ])
        return rule.protect(raw, to: .everything).1
    }

    private func cell(_ part: DataSetPart, _ value: String) -> ProtectedCount? {
        part.facets.first { $0.name == "sex" }?.cells.first { $0.value == value }?.patients
    }

    @Test("large groups are shown as they are")
    func large() {
        let (sets, everything) = dataSets([("one", 60, 40), ("two", 30, 70)])
        let parts = rule.parts(of: sets, everything: everything, site: site(sets, everything))
        #expect(parts.map(\.counts.patients) == [.exact(120), .exact(120)])
        #expect(parts.map { cell($0, "F") } == [.exact(60), .exact(30)])
        #expect(parts[0].counts.images == .exact(1200))
    }

    @Test("the only data set of a site is shown like the site")
    func only() {
        let (sets, everything) = dataSets([("one", 60, 40)])
        let parts = rule.parts(of: sets, everything: everything, site: site(sets, everything))
        #expect(parts.map(\.counts.patients) == [.exact(120)])
        #expect(cell(parts[0], "F") == .exact(60))
    }

    @Test("a small data set is not shown, and does not come out of the site's number and the others'")
    func small() {
        var (sets, everything) = dataSets([("one", 60, 40), ("two", 30, 70)])
        sets.append(
            RawDataSet(
                name: "three", title: "three", counts: Counts(patients: 3, studies: 3, series: 6, images: 30),
                facets: [],
                recorded: ["series.modality": 3], hasImages: false))
        everything.patients += 3
        let parts = rule.parts(of: sets, everything: everything, site: site(sets, everything))
        #expect(parts[2].counts.patients.exactly == nil)
        #expect(parts.count { $0.counts.patients.exactly == nil } >= 2)
        for part in parts where part.counts.patients.exactly == nil { #expect(part.counts.images.exactly == nil) }
        #expect(parts[2].variables.isEmpty && parts[2].tier.missing.count == 1)
    }

    @Test("a hidden cell of one data set does not come out of the site's cell and those of the other data sets")
    func cells() {
        // "Two" has three men: hidden. Of the 43 men of the site, 40 would be left to "one".
        let (sets, everything) = dataSets([("one", 60, 40), ("two", 30, 3)])
        let shown = site(sets, everything)
        let parts = rule.parts(of: sets, everything: everything, site: shown)
        #expect(shown.first?.cells.first { $0.value == "M" }?.patients == .exact(43))
        #expect(cell(parts[1], "M")?.exactly == nil)
        #expect(cell(parts[0], "M")?.exactly == nil)
    }

    @Test("whatever the numbers, no hidden cell follows from a row of the table")
    func attack() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<500 {
            let table = (0..<Int.random(in: 2...5, using: &random)).map { number in
                (
                    name: "set\(number)", female: Int.random(in: 0...20, using: &random),
                    male: Int.random(in: 0...20, using: &random)
                )
            }
            let (sets, everything) = dataSets(table)
            let card = site(sets, everything)
            let parts = rule.parts(of: sets, everything: everything, site: card)
            for value in ["F", "M", "O", CohortFacet.notRecorded] {
                guard let total = card.first?.cells.first(where: { $0.value == value })?.patients.exactly else {
                    continue
                }
                let row = parts.map { cell($0, value)?.exactly }
                let rest = total - row.reduce(0) { $0 + ($1 ?? 0) }
                let hidden = row.count { $0 == nil }
                // What is left for the hidden cells is a group that may be told, and not of one cell alone; or all of
                // the row is hidden, and the site's number is all that is known.
                #expect(
                    hidden == 0 || (hidden > 1 && rest >= rule.threshold) || hidden == row.count,
                    "\(table) \(value)")
            }
        }
    }

    @Test("completeness is told in steps that are no smaller than a group that may be told")
    func completeness() {
        var (sets, everything) = dataSets([("one", 60, 40), ("two", 30, 70)])
        sets[0].recorded = ["series.bodyPart": 117, "series.kvp": 3, "patient.ageAtStudy": 52, "series.modality": 120]
        let part = rule.parts(of: sets, everything: everything, site: site(sets, everything))[0]
        let shares = Dictionary(uniqueKeysWithValues: part.variables.map { ($0.attribute, $0.percent) })
        // Of 120, three are as good as none, 117 as good as all, and 52 are about 40 %.
        #expect(shares == ["series.bodyPart": 100, "patient.ageAtStudy": 40, "series.modality": 100])
    }

    @Test("the tier says what is missing for the next")
    func tier() {
        let (sets, everything) = dataSets([("one", 60, 40), ("two", 30, 70)])
        let tier = rule.parts(of: sets, everything: everything, site: site(sets, everything))[0].tier
        #expect(tier.level == 2)
        #expect(tier.missing.contains("body part") && !tier.missing.contains("modality"))
        #expect(tier.missing.contains { $0.hasPrefix("the images") })
    }

    @Test("a card with data sets is read as it was written, and one of an earlier version has none")
    func coding() throws {
        let (sets, everything) = dataSets([("one", 60, 40), ("two", 30, 70)])
        let empty = Facet(name: "modality", label: "Modality", cells: [])
        func named(_ name: String) -> Facet { Facet(name: name, label: name, cells: []) }
        var card = DataSetCard(
            title: "t", description: "", counts: rule.protect(everything, of: everything, isEverything: true),
            modalities: empty, bodyParts: named("bodyPart"), manufacturers: named("manufacturer"), sexes: named("sex"),
            ageBands: named("ageBand"), years: nil, updated: "2026-01-01T00:00:00Z", attributes: [], threshold: 5)
        card.dataSets = rule.parts(of: sets, everything: everything, site: site(sets, everything))
        let json = try JSONEncoder().encode(card)
        #expect(try JSONDecoder().decode(DataSetCard.self, from: json) == card)
        var object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        object["dataSets"] = nil
        let old = try JSONDecoder().decode(DataSetCard.self, from: JSONSerialization.data(withJSONObject: object))
        #expect(old.dataSets.isEmpty && old.title == "t")
    }
}
