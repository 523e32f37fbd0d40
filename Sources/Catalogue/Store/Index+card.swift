public import Cohort
import GRDB
import Runtime

extension Index {
    /// The data set in brief, under the site's rule. Attributes that the site does not answer about, or has no
    /// records of, are not in it.
    ///
    /// - Parameter answer: the answer to the question for everything.
    public func card(
        title: String, description: String, answerable: Set<String>, rule: DisclosureRule, answer: SiteAnswer
    ) throws(IndexError) -> DataSetCard {
        let years = try read { try Self.years(in: $0) }
        func facet(_ name: String) -> Facet {
            answer.facets.first { $0.name == name }
                ?? Facet(name: name, label: CohortFacet.find(name)?.label ?? name, cells: [])
        }
        let shown = years.filter { $0.value >= rule.threshold && answerable.contains(CohortAttribute.studyDate.name) }
            .keys
        let content = try content()
        let dataSets = try rawDataSets(answerable: answerable, facets: answer.facets.map(\.name))
        return DataSetCard(
            title: title, description: description,
            counts: answer.counts ?? rule.protect(Counts(), of: Counts(), isEverything: true),
            modalities: facet("modality"), bodyParts: facet("bodyPart"), manufacturers: facet("manufacturer"),
            sexes: facet("sex"), ageBands: facet("ageBand"),
            years: shown.min().flatMap { first in shown.max().map { DataSetCard.Years(first: first, last: $0) } },
            updated: Timestamp.text(clock.now),
            attributes: CohortModel.attributes.filter { answerable.contains($0.name) && content.holds($0) }.map(\.name),
            threshold: rule.threshold,
            dataSets: rule.parts(of: dataSets, everything: try totals(), site: answer.facets))
    }

    /// Patients with a study in each year.
    private static func years(in db: Database) throws -> [Int: Int] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT date / 10000, count(DISTINCT patient) FROM study WHERE date IS NOT NULL GROUP BY 1")
        var years: [Int: Int] = [:]
        for row in rows { years[try row.decode(atIndex: 0)] = try row.decode(atIndex: 1) }
        return years
    }
}
