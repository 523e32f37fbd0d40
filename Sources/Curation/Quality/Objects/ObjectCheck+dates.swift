import DICOM

extension ObjectCheck {
    private static let examined: [Tag] = [.studyDate, .seriesDate, .acquisitionDate, .contentDate]

    func dates(_ dataSet: DataSet, _ instance: String, _ findings: inout SeriesFindings) {
        var days: [Tag: CivilDate] = [:]
        for tag in Self.examined + [.patientBirthDate] {
            guard let text = dataSet[tag]?.string else { continue }
            guard let day = CivilDate(dicom: text) else {
                findings.add(.dateInvalid, "It is no day of the calendar.", attribute: tag, instance: instance)
                continue
            }
            days[tag] = day
        }
        order(days, dataSet, instance, &findings)
        age(days, dataSet, instance, &findings)
        guard let today else { return }
        // A day of grace: the clock of a scanner may be in another time zone.
        for tag in Self.examined {
            guard let day = days[tag], day.daysSince1970 > today.daysSince1970 + 1 else { continue }
            findings.add(.dateFuture, "It lies after today.", attribute: tag, instance: instance)
        }
    }

    private func order(
        _ days: [Tag: CivilDate], _ dataSet: DataSet, _ instance: String, _ findings: inout SeriesFindings
    ) {
        let isOriginal = dataSet[.imageType]?.strings.first == "ORIGINAL"
        let pairs: [(Tag, Tag, String)] = [
            (.studyDate, .seriesDate, "The series is dated before its study."),
            (.studyDate, .acquisitionDate, "The acquisition is dated before its study."),
            (.seriesDate, .acquisitionDate, "The acquisition is dated before its series."),
        ]
        for (earlier, later, sentence) in pairs {
            // What is derived from older images may have been acquired long before its series, or its study.
            if later == .acquisitionDate, !isOriginal { continue }
            guard let first = days[earlier], let second = days[later], second < first else { continue }
            findings.add(.dateOrder, sentence, attribute: later, instance: instance)
        }
        if let birth = days[.patientBirthDate], let study = days[.studyDate], study < birth {
            findings.add(
                .dateBirth, "The study is dated before the birth.", attribute: .patientBirthDate, instance: instance)
        }
    }

    private func age(
        _ days: [Tag: CivilDate], _ dataSet: DataSet, _ instance: String, _ findings: inout SeriesFindings
    ) {
        guard let birth = days[.patientBirthDate], let study = days[.studyDate], study >= birth,
            let years = dataSet[.patientAge]?.string.flatMap(AgeText.years)
        else { return }
        let lived = Double(study.daysSince1970 - birth.daysSince1970) / 365.25
        // Ages of 90 and more may have been capped.
        if years >= 89, lived >= 89 { return }
        // A full year of age, and one for what rounding and a year of birth alone take away.
        guard lived < years - 1 || lived >= years + 2 else { return }
        findings.add(
            .dateAge, "It is more than a year away from what the dates give.", attribute: .patientAge,
            instance: instance)
    }
}
