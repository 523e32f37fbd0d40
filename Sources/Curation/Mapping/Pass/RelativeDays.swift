public import Cohort

/// Days from the baseline beside the days that records have: of dates that only came as dates.
///
/// The baseline is the diagnosis of the patient's first cancer. Shifted dates of one patient are all moved alike, so that
/// what lies between them is what it was.
public enum RelativeDays {
    /// Adds what is missing to the records of all entities.
    public static func add(to records: inout [ClinicalRecord]) {
        let name = CohortEntity.condition.dateAttribute ?? ""
        var baselines: [String: Int] = [:]
        for record in records where record.entity == .condition {
            guard let day = day(record.values[name]) else { continue }
            baselines[record.patient] = min(day, baselines[record.patient] ?? day)
        }
        for index in records.indices {
            guard let baseline = baselines[records[index].patient] else { continue }
            for (date, relative) in pairs[records[index].entity] ?? [] where records[index].values[relative] == nil {
                guard let day = day(records[index].values[date]) else { continue }
                records[index].values[relative] = [.number(Double(day - baseline))]
            }
        }
    }

    private static func day(_ values: [CohortValue]?) -> Int? {
        guard case .number(let number)? = values?.first, number >= 10_000, number < 1e8 else { return nil }
        return CivilDate(dicom: String(Int(number)))?.daysSince1970
    }

    /// The attributes of dates and those of the same moments in days: lastContactDate and lastContactDay, dateOfDetection
    /// and dayOfDetection, dateOfDeath and daysToDeath.
    private static let pairs: [CohortEntity: [(date: String, day: String)]] = {
        var table: [CohortEntity: [(String, String)]] = [:]
        for attribute in CohortModel.attributes where attribute.kind == .date && !attribute.entity.isImaging {
            let name = attribute.name
            let candidates = [
                name.hasSuffix("Date") ? String(name.dropLast(4)) + "Day" : "",
                name.replacing(".dateOf", with: ".dayOf"),
                name.replacing(".dateOf", with: ".daysTo"),
                attribute.time == .date ? attribute.entity.dayAttribute ?? "" : "",
            ]
            let found = candidates.first { other in
                guard other != name, let day = CohortModel.find(other) else { return false }
                return day.name == other && day.kind == .number(unit: "days")
            }
            if let found { table[attribute.entity, default: []].append((name, found)) }
        }
        return table
    }()
}
