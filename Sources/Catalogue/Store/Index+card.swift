public import Cohort
import GRDB
import Runtime

extension Index {
    /// The data set in brief, under the site's rule. Attributes that the site does not answer about are not in it.
    ///
    /// - Parameter known: the answer to the question for everything, where it is known already.
    public func card(
        title: String, description: String, answerable: Set<String>, rule: DisclosureRule,
        answer known: SiteAnswer? = nil
    ) throws(IndexError) -> DataSetCard {
        let answer: SiteAnswer
        if let known {
            answer = known
        } else {
            answer = try self.answer(.everything, answerable: answerable, rule: rule)
        }
        let years = try read { try Self.years(in: $0) }
        func facet(_ name: String) -> Facet {
            answer.facets.first { $0.name == name }
                ?? Facet(name: name, label: CohortFacet.find(name)?.label ?? name, cells: [])
        }
        let shown = years.filter { $0.value >= rule.threshold && answerable.contains(CohortAttribute.studyDate.name) }
            .keys
        let dataSets = try rawDataSets(answerable: answerable, facets: answer.facets.map(\.name))
        return DataSetCard(
            title: title, description: description,
            counts: answer.counts ?? rule.protect(Counts(), of: Counts(), isEverything: true),
            modalities: facet("modality"), bodyParts: facet("bodyPart"), manufacturers: facet("manufacturer"),
            sexes: facet("sex"), ageBands: facet("ageBand"),
            years: shown.min().flatMap { first in shown.max().map { DataSetCard.Years(first: first, last: $0) } },
            updated: Timestamp.text(clock.now),
            attributes: CohortModel.attributes.map(\.name).filter(answerable.contains), threshold: rule.threshold,
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
