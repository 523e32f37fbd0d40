extension ClinicalFacts {
    /// From the rows of a de-identified table.
    ///
    /// Columns are known by their names, whatever their case and punctuation: patient id, sex or gender, birth date or
    /// year, date of death, laterality or side, age at diagnosis with date of diagnosis. Nil where there is no column of
    /// patient ids.
    ///
    /// - Parameters:
    ///   - header: the names of the columns.
    ///   - patientColumn: the column of pseudonyms, where its name is another one.
    public init?(header: [String], rows: some Sequence<[String]>, patientColumn: String? = nil) {
        let names = header.map(Self.plain)
        func column(_ known: [String]) -> Int? {
            known.lazy.compactMap { name in names.firstIndex(of: name) }.first
        }
        let ids = patientColumn.map { [Self.plain($0)] } ?? ClinicalAttribute.patientID.columns
        guard let id = column(ids) else { return nil }
        let sex = column(ClinicalAttribute.sex.columns)
        let birth = column(["birthdate", "dateofbirth", "dob", "patientbirthdate"])
        let year = column(["birthyear", "yearofbirth"])
        let death = column(["deathdate", "dateofdeath", "dod"])
        let side = column(["laterality", "side", "tumourlaterality", "tumorlaterality", "primarylaterality"])
        let age = column(["ageatdiagnosis", "diagnosisage"])
        let ageDay = column(ClinicalAttribute.diagnosisDate.columns)
        var minimum: [ClinicalAttribute: Int] = [.patientID: id]
        for attribute in ClinicalAttribute.allCases where attribute != .patientID {
            minimum[attribute] = column(attribute.columns)
        }
        self.init()
        columns = Set(minimum.keys)
        for row in rows {
            func value(_ column: Int?) -> String {
                column.flatMap { row.indices.contains($0) ? row[$0] : nil }?.trimmed ?? ""
            }
            guard !value(id).isEmpty else { continue }
            var patient = Patient()
            patient.sex = Self.sex(value(sex))
            patient.birth = Self.day(value(birth))
            if patient.birth == nil, let year = Int(value(year)) ?? Int(value(birth)) {
                patient.birth = CivilDate(year: year, month: 7, day: 1)
                patient.isBirthYearOnly = true
            }
            patient.death = Self.day(value(death))
            patient.age = Double(value(age)).flatMap { (0...130).contains($0) ? $0 : nil }
            patient.ageDay = Self.day(value(ageDay))
            patient.sides = Self.sides(value(side))
            patient.attributes = Set(minimum.filter { !value($0.value).isEmpty }.keys)
            add(value(id), patient)
        }
    }

    /// Letters and digits alone, in lower case.
    private static func plain(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    private static func sex(_ text: String) -> String? {
        switch text.lowercased() {
        case "f", "female", "w", "woman", "248152002": "F"
        case "m", "male", "man", "248153007": "M"
        case "o", "other", "x", "d", "diverse", "intersex": "O"
        default: nil
        }
    }

    private static func sides(_ text: String) -> Set<String> {
        switch text.lowercased() {
        case "l", "left", "7771000": ["L"]
        case "r", "right", "24028007": ["R"]
        case "b", "both", "bilateral", "51440002": ["B"]
        default: []
        }
    }

    /// 2024-03-17, 20240317 or 17.03.2024; a time after it is left out.
    private static func day(_ text: String) -> CivilDate? {
        let date = text.split(whereSeparator: { $0 == " " || $0 == "T" }).first.map(String.init) ?? ""
        if let day = CivilDate(dicom: date) { return day }
        let parts = date.split(whereSeparator: { $0 == "-" || $0 == "." || $0 == "/" })
        let numbers = parts.compactMap { Int($0) }
        guard parts.count == 3, numbers.count == 3 else { return nil }
        if parts[0].count == 4 { return CivilDate(year: numbers[0], month: numbers[1], day: numbers[2]) }
        // Points are written after days and months; with strokes nobody knows which comes first.
        return date.contains(".") ? CivilDate(year: numbers[2], month: numbers[1], day: numbers[0]) : nil
    }
}
