import Cohort

extension Selection {
    /// The patients of which at least one row is selected, as places among all.
    var patients: [Int32] {
        var places: [Int32] = []
        for row in truth.indices where truth[row] == Truth.isTrue && content.series.patient[row] != places.last {
            places.append(content.series.patient[row])
        }
        return places
    }

    /// What an attribute is for each of these patients.
    ///
    /// Of series and studies, those that are selected are looked at; of clinical records, all of the patient's. The
    /// earliest record that has a value counts, and of records of one day or none the one that was recorded first.
    func values(of attribute: CohortAttribute, for patients: [Int32]) -> PatientTable.Column {
        guard let table = content.table(of: attribute.entity), let column = table.columns[attribute.name] else {
            return .numbers([Double](repeating: .nan, count: patients.count))
        }
        let chosen = patients.map { record(of: Int($0), attribute.entity, table, column) }
        switch column.values {
        case .numbers(let numbers): return .numbers(chosen.map { $0.map { numbers[$0] } ?? .nan })
        case .words(let codes):
            return .words(chosen.map { $0.map { Int(codes[$0]) - 1 } }, levels: column.words)
        }
    }

    /// The place of the value that counts for a patient, in the column.
    private func record(of patient: Int, _ entity: CohortEntity, _ table: EntityTable, _ column: Column) -> Int? {
        var best: (place: Int, day: Int32)?
        for record in table.groups[patient] where isSelected(record, of: entity) {
            guard let place = column.recorded(record) else { continue }
            let day = table.day(record) == EntityTable.noDay ? Int32.max : table.day(record)
            if best.map({ day < $0.day }) ?? true { best = (place, day) }
        }
        return best?.place
    }

    private func isSelected(_ record: Int, of entity: CohortEntity) -> Bool {
        switch entity {
        case .series: truth[record] == Truth.isTrue
        case .study: content.seriesOfStudy[record].contains { truth[$0] == Truth.isTrue }
        default: true
        }
    }
}

extension Column {
    /// The place of a record's first value; nil where nothing is recorded.
    fileprivate func recorded(_ record: Int) -> Int? {
        let places = starts.map { Int($0[record])..<Int($0[record + 1]) } ?? record..<(record + 1)
        switch values {
        case .words(let codes): return places.first { codes[$0] != 0 }
        case .numbers(let numbers): return places.first { !numbers[$0].isNaN }
        }
    }
}
