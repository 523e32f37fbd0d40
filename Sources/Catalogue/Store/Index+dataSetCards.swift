import Cohort
import GRDB

extension Index {
    /// The site's data sets, as far as tables tell them apart: true numbers, for the card.
    ///
    /// - Parameter facets: the breakdowns of the whole site, whose values each data set's breakdowns have.
    func rawDataSets(answerable: Set<String>, facets: [String]) throws(IndexError) -> [RawDataSet] {
        guard let attribute = CohortModel.find("series.dataset"), answerable.contains(attribute.name) else { return [] }
        let (named, listed) = try read { db in (try Self.namesOfDataSets(db), try Self.dataSetsWithImages(db)) }
        let content = try content()
        let recorded = CohortModel.attributes.filter { attribute in
            answerable.contains(attribute.name) && content.patientsWithout(attribute) < content.patientCount
        }
        var found: [RawDataSet] = []
        for (word, description) in named {
            let isIn = Condition.test(Comparison(attribute, .equals(.text(word))))
            // No rule is applied yet: the card's own protection looks at all data sets together.
            let asked = CohortQuery(condition: isIn, facets: facets)
            guard case .counted(let cohort, _) = try cohort(asked, answerable: answerable, rule: .standard),
                cohort.answer.counts.series > 0
            else { continue }
            let answer = cohort.answer
            var dataSet = RawDataSet(
                name: description.name, title: description.title, counts: answer.counts, facets: answer.facets,
                recorded: [:], hasImages: listed.contains(word))
            dataSet.description = description.summary ?? ""
            dataSet.provider = description.provider ?? ""
            dataSet.keywords = description.keywords
            for attribute in recorded where attribute.name != "series.dataset" {
                let has = Condition.all([isIn, .test(Comparison(attribute, .exists))])
                dataSet.recorded[attribute.name] = try Selection(has, in: content, until: nil).counts.patients
            }
            found.append(dataSet)
        }
        return found
    }

    /// The data sets that series belong to, with what the site says of them, by the word that series bear.
    private static func namesOfDataSets(_ db: Database) throws -> [(String, DataSetDescription)] {
        let described = try described(db)
        return try Row.fetchAll(
            db,
            sql: """
                SELECT id, text FROM term WHERE id IN (SELECT DISTINCT dataset FROM series WHERE dataset IS NOT NULL)
                ORDER BY text LIMIT \(AnswerLimits.dataSets)
                """
        ).map { row in
            let word: String = try row.decode(atIndex: 1)
            return (word, described[try row.decode(atIndex: 0)] ?? DataSetDescription(name: word, title: word))
        }
    }

    /// The data sets of which images are here.
    private static func dataSetsWithImages(_ db: Database) throws -> Set<String> {
        try String.fetchSet(
            db,
            sql: """
                SELECT DISTINCT text FROM series JOIN term ON term.id = series.dataset WHERE series.listing IS NULL
                """)
    }
}
