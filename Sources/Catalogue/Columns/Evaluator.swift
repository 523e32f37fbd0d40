import Cohort

/// Says of every record of an entity whether a condition is true, false or unknown.
///
/// Tests are made where their attribute is at home, once for each record, and then carried to the records that are asked
/// about: a patient's value holds for all of the patient's records; of several records of a patient, one for which the
/// test is true is enough.
struct Evaluator {
    let content: IndexContent
    let deadline: ContinuousClock.Instant?

    /// - Returns: a value of ``Truth`` for each record of `entity`.
    func truth(_ condition: Condition, of entity: CohortEntity) throws(IndexError) -> [UInt8] {
        if let deadline, ContinuousClock.now >= deadline { throw .tookTooLong }
        switch condition {
        case .test(let comparison): return carried(of: comparison, to: entity)
        case .has(let related): return try truth(related, of: entity)
        case .not(let part):
            var values = try truth(part, of: entity)
            Truth.not(&values)
            return values
        case .all(let parts):
            guard let first = parts.first else { return constant(Truth.isTrue, entity) }
            var values = try truth(first, of: entity)
            for part in parts.dropFirst() { Truth.and(&values, try truth(part, of: entity)) }
            return values
        case .any(let parts):
            guard let first = parts.first else { return constant(Truth.isFalse, entity) }
            var values = try truth(first, of: entity)
            for part in parts.dropFirst() { Truth.or(&values, try truth(part, of: entity)) }
            return values
        }
    }

    func constant(_ value: UInt8, _ entity: CohortEntity) -> [UInt8] {
        [UInt8](repeating: value, count: content.table(of: entity)?.count ?? 0)
    }

    private func carried(of comparison: Comparison, to entity: CohortEntity) -> [UInt8] {
        // Whether something is recorded is never unknown.
        let absent = comparison.operation == .exists ? Truth.isFalse : Truth.unknown
        let home = comparison.attribute.entity
        guard let table = content.table(of: home), let column = table.columns[comparison.attribute.name] else {
            return constant(absent, entity)
        }
        let values = column.perRecord(ColumnTest.truth(of: comparison, in: column), absent: absent)
        return carry(values, from: home, to: entity, absent: absent)
    }

    // MARK: From one kind of record to another

    /// - Parameter absent: what is the case where there is no record to look at.
    func carry(_ values: [UInt8], from home: CohortEntity, to entity: CohortEntity, absent: UInt8) -> [UInt8] {
        if home == entity { return values }
        switch (home, entity) {
        case (.study, .series):
            return content.series.study.map { $0 >= 0 ? values[Int($0)] : absent }
        case (.series, .study): return most(values, content.seriesOfStudy, absent)
        case (.patient, _): return spread(values, to: entity)
        default: return spread(most(values, content.table(of: home)?.groups, absent), to: entity)
        }
    }

    /// What is true of patients, for all their records.
    func spread(_ values: [UInt8], to entity: CohortEntity) -> [UInt8] {
        if entity == .patient { return values }
        return (content.table(of: entity)?.patient ?? []).map { values[Int($0)] }
    }

    /// The largest value of each group, and `absent` for a group of none.
    private func most(_ values: [UInt8], _ groups: RecordGroups?, _ absent: UInt8) -> [UInt8] {
        guard let groups else { return [UInt8](repeating: absent, count: content.patientCount) }
        return (0..<groups.count).map { group in
            let records = groups[group]
            if records.isEmpty { return absent }
            var most: UInt8 = 0
            for record in records { most = max(most, values[record]) }
            return most
        }
    }
}
