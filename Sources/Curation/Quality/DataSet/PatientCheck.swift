/// The rules about one patient: whether the series agree with each other, and with the clinical facts.
struct PatientCheck {
    let patient: String
    let facts: PatientFacts
    let clinical: ClinicalFacts.Patient?

    func run() -> [QualityFinding] {
        var findings = among()
        if let clinical { findings += against(clinical) }
        return findings
    }

    private func finding(_ rule: QualityRule, _ attribute: String, _ detail: String) -> QualityFinding {
        QualityFinding(rule, at: [QualityPlace(patient: patient, attribute: attribute)], detail)
    }

    private func among() -> [QualityFinding] {
        var findings: [QualityFinding] = []
        if facts.sexes.count > 1 {
            findings.append(
                finding(.sexConflict, "PatientSex", "Its series give \(facts.sexes.count) different sexes."))
        }
        if facts.birthDates.count > 1 {
            findings.append(
                finding(
                    .birthConflict, "PatientBirthDate", "Its series give \(facts.birthDates.count) birth dates."))
        }
        let ages = facts.ages.sorted { $0.day < $1.day }
        let jumps = zip(ages, ages.dropFirst()).filter { before, after in
            // Ages of 90 and more may have been capped.
            guard after.years < 89 else { return false }
            let lived = Double(after.day.daysSince1970 - before.day.daysSince1970) / 365.25
            return abs(after.years - before.years - lived) > 1.5
        }
        if !jumps.isEmpty {
            findings.append(
                finding(
                    .ageConflict, "PatientAge", "\(jumps.count) of \(ages.count - 1) steps between studies disagree."))
        }
        return findings
    }

    private func against(_ clinical: ClinicalFacts.Patient) -> [QualityFinding] {
        var findings: [QualityFinding] = []
        if let sex = clinical.sex, !facts.sexes.isEmpty, !facts.sexes.contains(sex) {
            findings.append(finding(.clinicalSex, "PatientSex", "The table and the images have different sexes."))
        }
        if facts.ages.contains(where: { differs($0, clinical) }) {
            findings.append(
                finding(.clinicalAge, "PatientAge", "It is more than two years away from what the table gives."))
        }
        let before = clinical.birth.map { birth in facts.days.filter { $0 < birth && !clinical.isBirthYearOnly } }
        let after = clinical.death.map { death in
            facts.days.filter { $0.daysSince1970 > death.daysSince1970 + 1 }
        }
        if before?.isEmpty == false {
            findings.append(finding(.clinicalDates, "StudyDate", "A study is dated before the birth in the table."))
        }
        if after?.isEmpty == false {
            findings.append(finding(.clinicalDates, "StudyDate", "A study is dated after the death in the table."))
        }
        let (ill, seen) = (clinical.sides, facts.sides)
        if !ill.isEmpty, !seen.isEmpty, !ill.contains("B"), !seen.contains("B"), ill.isDisjoint(with: seen) {
            findings.append(
                finding(.clinicalLaterality, "Laterality", "The images show the other side alone."))
        }
        return findings
    }

    private func differs(_ image: (years: Double, day: CivilDate), _ clinical: ClinicalFacts.Patient) -> Bool {
        let expected: Double
        if let birth = clinical.birth {
            expected = Double(image.day.daysSince1970 - birth.daysSince1970) / 365.25
        } else if let age = clinical.age, let day = clinical.ageDay {
            expected = age + Double(image.day.daysSince1970 - day.daysSince1970) / 365.25
        } else {
            return false
        }
        if image.years >= 89, expected >= 89 { return false }
        return abs(image.years - expected) > 2
    }
}
