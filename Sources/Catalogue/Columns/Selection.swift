import Cohort

/// What a condition selects, and what is counted of it.
struct Selection {
    let content: IndexContent
    /// A value of ``Truth`` for each row of series.
    let truth: [UInt8]

    init(_ condition: Condition, in content: IndexContent, until deadline: ContinuousClock.Instant?) throws(IndexError)
    {
        self.content = content
        truth = try Evaluator(content: content, deadline: deadline).truth(condition, of: .series)
    }

    var counts: Counts {
        var counts = Counts()
        var (patient, study): (Int32, Int32) = (-1, -1)
        for row in truth.indices where truth[row] == Truth.isTrue {
            if content.series.patient[row] != patient {
                counts.patients += 1
                patient = content.series.patient[row]
            }
            guard content.series.study[row] >= 0 else {
                // The row of a patient without series is that patient's only one.
                counts.withoutImages += 1
                continue
            }
            if content.series.study[row] != study {
                counts.studies += 1
                study = content.series.study[row]
            }
            counts.series += 1
            counts.images += content.images[row]
        }
        return counts
    }

    /// The patients of the selected rows, as rows of SQLite, ascending.
    var patientRows: [Int64] {
        var rows: [Int64] = []
        var last: Int32 = -1
        for row in truth.indices where truth[row] == Truth.isTrue && content.series.patient[row] != last {
            last = content.series.patient[row]
            rows.append(content.patientRows[Int(last)])
        }
        return rows
    }

    /// The patients with each value of an attribute in what is selected, as in ``patientRows``. A value that is not
    /// recorded is one of its own.
    func numbers(by facet: CohortFacet) -> [String: [UInt32]] {
        let home = facet.attribute.entity
        guard let table = content.table(of: home), let column = table.columns[facet.attribute.name] else {
            let all = patientRows.map { UInt32(clamping: $0) }
            return all.isEmpty ? [:] : [CohortFacet.notRecorded: all]
        }
        let (codes, names) = Self.codes(of: column)
        var patients = [[UInt32]](repeating: [], count: names.count)
        var counted = [Int32](repeating: -1, count: names.count)
        func count(_ record: Int, of patient: Int32) {
            let values =
                column.starts.map { Int($0[record])..<Int($0[record + 1]) } ?? record..<(record + 1)
            for place in values {
                let code = Int(codes[place])
                guard counted[code] != patient else { continue }
                counted[code] = patient
                patients[code].append(number(patient))
            }
        }
        func number(_ patient: Int32) -> UInt32 { UInt32(clamping: content.patientRows[Int(patient)]) }
        var lastPatient: Int32 = -1
        for row in truth.indices where truth[row] == Truth.isTrue {
            let patient = content.series.patient[row]
            switch home {
            case .series: count(row, of: patient)
            case .study:
                let study = content.series.study[row]
                if study >= 0 {
                    count(Int(study), of: patient)
                } else if counted[0] != patient {
                    counted[0] = patient
                    patients[0].append(number(patient))
                }
            default:
                guard patient != lastPatient else { continue }
                lastPatient = patient
                let records = table.groups[Int(patient)]
                if records.isEmpty { patients[0].append(number(patient)) }
                for record in records { count(record, of: patient) }
            }
        }
        var cells: [String: [UInt32]] = [:]
        for (name, numbers) in zip(names, patients) where !numbers.isEmpty { cells[name] = numbers }
        return cells
    }

    /// The value of each record as a place in a list of names, of which the first is "not recorded".
    private static func codes(of column: Column) -> (codes: [UInt32], names: [String]) {
        switch column.values {
        case .words(let codes): return (codes, [CohortFacet.notRecorded] + column.words)
        case .numbers(let numbers):
            // Numbers are broken down by age bands only.
            return (
                numbers.map { $0.isNaN ? 0 : UInt32(1 + AgeBand.place(of: $0)) },
                [CohortFacet.notRecorded] + AgeBand.all
            )
        }
    }
}

extension IndexContent {
    /// Patients none of whose records has a value of the attribute.
    func patientsWithout(_ attribute: CohortAttribute) -> Int {
        guard let table = table(of: attribute.entity), let column = table.columns[attribute.name] else {
            return patientCount
        }
        let recorded = column.perRecord(
            ColumnTest.truth(of: Comparison(attribute, .exists), in: column), absent: Truth.isFalse)
        return (0..<patientCount).count { patient in
            !table.groups[patient].contains { recorded[$0] == Truth.isTrue }
        }
    }
}
