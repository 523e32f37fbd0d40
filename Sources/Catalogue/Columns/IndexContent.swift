import Cohort

/// What the index holds, in memory: what questions are counted over.
///
/// A value for one state of the content. The tables in SQLite are what is kept; this is made from them when a question
/// comes after a change. Patients, studies and series are in one order throughout, so that what belongs together lies
/// together and counting distinct patients needs no memory of them.
struct IndexContent: Sendable {
    /// The state that it was made from.
    let token: Int64
    let patients: EntityTable
    let studies: EntityTable
    /// One row a series, and one for each patient who has none: nothing is recorded there, and no image.
    let series: EntityTable
    /// The series of each study.
    let seriesOfStudy: RecordGroups
    /// The images of each series.
    let images: [Int]
    /// What the site's clinical tables said.
    let clinical: [CohortEntity: EntityTable]
    /// The row of each patient in SQLite: the same patient through all states.
    let patientRows: [Int64]

    var patientCount: Int { patients.count }

    func table(of entity: CohortEntity) -> EntityTable? {
        switch entity {
        case .patient: patients
        case .study: studies
        case .series: series
        default: clinical[entity]
        }
    }

    /// Whether there is anything that a test of the attribute could look at.
    func holds(_ attribute: CohortAttribute) -> Bool {
        table(of: attribute.entity)?.columns[attribute.name] != nil
    }

    /// What a condition asks about and the site has nothing of: attributes and kinds of records, by name.
    ///
    /// The index of the images has its columns whether or not an image fills them; clinical attributes are there when a
    /// table brought them.
    func missing(in condition: Condition) -> Set<String> {
        var missing: Set<String> = []
        for attribute in condition.comparisons.map(\.attribute)
        where !holds(attribute) {
            missing.insert(attribute.name)
        }
        for entity in condition.entities where table(of: entity) == nil { missing.insert(entity.rawValue) }
        return missing
    }
}
