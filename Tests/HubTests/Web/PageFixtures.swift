import Cohort
import FoundationEssentials

@testable import Hub

/// A small federation, and answers as sites send them, for tests of the pages.
enum PageFixtures {
    /// What a hostile site might call itself. The second quotation mark carries a combining accent.
    static let hostileName = "<script>alert(1)</script>\" onload=\"x \"\u{301} onfocus=y \u{0}'"

    static func counts(_ patients: ProtectedCount, _ images: ProtectedCount) -> ProtectedCounts {
        ProtectedCounts(patients: patients, studies: patients, series: images, images: images)
    }

    static func modalities(_ cells: (String, ProtectedCount)...) -> Facet {
        Facet(
            name: "modality", label: "Modality",
            cells: cells.map { FacetCell(value: $0.0, label: "label of \($0.0)", patients: $0.1) })
    }

    static func card(_ counts: ProtectedCounts, modalities: Facet) -> DataSetCard {
        func empty(_ name: String) -> Facet { Facet(name: name, label: name, cells: []) }
        return DataSetCard(
            title: "Images & more", description: "", counts: counts, modalities: modalities,
            bodyParts: empty("bodyPart"), manufacturers: empty("manufacturer"), sexes: empty("sex"),
            ageBands: empty("ageBand"), years: .init(first: 2015, last: 2019), updated: "2026-11-24T06:00:00Z",
            attributes: [], threshold: 5)
    }

    static func federation(_ name: String = "Test federation") -> FederationOverview {
        FederationOverview(
            name: name,
            sites: [
                SiteOverview(
                    id: "one", name: "Hospital One", country: "ES", isOnline: true,
                    card: card(
                        counts(.exact(1200), .exact(45_000)),
                        modalities: modalities(("MR", .exact(34)), ("CT", .exact(900))))),
                SiteOverview(
                    id: "two", name: "Hospital Two", country: "DE", isOnline: false,
                    card: card(counts(.fewerThan(5), .fewerThan(5)), modalities: modalities(("MR", .fewerThan(5))))),
                SiteOverview(id: "three", name: "Hospital Three", country: "es", isOnline: true, card: nil),
            ])
    }

    static func answered(_ counts: ProtectedCounts, facets: [Facet] = [], conditions: [ConditionReport] = [])
        -> SiteAnswer
    {
        SiteAnswer(outcome: .counted, conditions: conditions, counts: counts, facets: facets, threshold: 5)
    }

    static func result(
        _ name: String, _ state: SiteResult.State, reason: String? = nil, answer: SiteAnswer? = nil
    ) -> SiteResult {
        SiteResult(site: .init(id: name, name: name, country: "FR"), state: state, reason: reason, answer: answer)
    }

    static func question(_ text: String, _ results: [SiteResult]) throws -> Question {
        let query = try CohortQuery(text: text)
        let moment = Date(timeIntervalSince1970: 1_800_000_000)
        return Question(
            id: "0123456789abcdef0123456789abcdef", query: query, text: query.text, asked: moment,
            expires: moment.addingTimeInterval(600), message: "message", results: results, isDone: false)
    }
}
