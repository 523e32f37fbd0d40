import Cohort

/// Conditions on other records: how many there are, and when.
extension Evaluator {
    func truth(_ related: Related, of entity: CohortEntity) throws(IndexError) -> [UInt8] {
        guard let table = content.table(of: related.entity) else {
            return constant(related.atLeast == 0 ? Truth.isTrue : Truth.isFalse, entity)
        }
        var records = try recordTruth(related.condition, of: related.entity)
        if let window = related.window { Truth.and(&records, try truth(window, of: related.entity, table)) }
        guard related.base == .study, related.entity == .series else {
            return spread(count(records, table.groups, related), to: entity)
        }
        let studies = count(records, content.seriesOfStudy, related)
        return carry(studies, from: .study, to: entity, absent: related.atLeast == 0 ? Truth.isTrue : Truth.isFalse)
    }

    /// A condition on records that are there: the row of a patient without series is none.
    private func recordTruth(_ condition: Condition, of entity: CohortEntity) throws(IndexError) -> [UInt8] {
        var values = try truth(condition, of: entity)
        if entity == .series {
            for (row, study) in content.series.study.enumerated() where study < 0 { values[row] = Truth.isFalse }
        }
        return values
    }

    /// Whether each group has as many records as are asked for. What is unknown of a record leaves open whether it counts.
    private func count(_ records: [UInt8], _ groups: RecordGroups, _ related: Related) -> [UInt8] {
        let most = related.atMost ?? .max
        return (0..<groups.count).map { group in
            var sure = 0
            var open = 0
            for record in groups[group] {
                if records[record] == Truth.isTrue { sure += 1 }
                if records[record] == Truth.unknown { open += 1 }
            }
            if sure >= related.atLeast, sure + open <= most { return Truth.isTrue }
            return sure > most || sure + open < related.atLeast ? Truth.isFalse : Truth.unknown
        }
    }

    // MARK: Time

    /// Whether each record lies in the window.
    ///
    /// Of records to count from whose own day is not known, none is the first or the last as long as there are others.
    private func truth(
        _ window: TimeWindow, of entity: CohortEntity, _ table: EntityTable
    ) throws(IndexError) -> [UInt8] {
        var result = [UInt8](repeating: Truth.isFalse, count: table.count)
        guard let anchors = content.table(of: window.anchor.entity) else { return result }
        let isAnchor = try recordTruth(window.anchor.condition, of: window.anchor.entity)
        var days: [Int32] = []
        for patient in 0..<content.patientCount where !table.groups[patient].isEmpty {
            days.removeAll(keepingCapacity: true)
            var isOpen = false
            for record in anchors.groups[patient] where isAnchor[record] != Truth.isFalse {
                let day = anchors.day(record)
                if isAnchor[record] == Truth.isTrue, day != EntityTable.noDay {
                    days.append(day)
                } else {
                    isOpen = true
                }
            }
            switch window.anchor.which {
            case .first: days = days.min().map { [$0] } ?? []
            case .last: days = days.max().map { [$0] } ?? []
            case .any: days.sort()
            }
            // Another possible anchor matters only where any will do, or where there is no sure one.
            isOpen = isOpen && (window.anchor.which == .any || days.isEmpty)
            for record in table.groups[patient] {
                let day = table.day(record)
                if day == EntityTable.noDay {
                    result[record] = days.isEmpty && !isOpen ? Truth.isFalse : Truth.unknown
                } else if isNear(day, days, window) {
                    result[record] = Truth.isTrue
                } else if isOpen {
                    result[record] = Truth.unknown
                }
            }
        }
        return result
    }

    /// Whether a day lies in the window of one of `days`, which ascend.
    private func isNear(_ day: Int32, _ days: [Int32], _ window: TimeWindow) -> Bool {
        // from <= day - anchor <= through, so the anchor lies between these two.
        let earliest = window.through.map { Int(day) - $0 } ?? .min
        let latest = window.from.map { Int(day) - $0 } ?? .max
        var (low, high) = (0, days.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(days[middle]) < earliest { low = middle + 1 } else { high = middle }
        }
        return low < days.count && Int(days[low]) <= latest
    }
}
