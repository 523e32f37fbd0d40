import Catalogue
import Curation
import DICOM

/// Makes rows of a table into series of the index: pseudonyms and new UIDs, dates moved, values in their units.
struct SeriesRowReader {
    /// A row that cannot be a series.
    struct Refusal: Error, Equatable {
        let column: String
        let problem: String
    }

    private let names: [String]
    private let places: [SeriesTableColumn: Int]
    private let rules: SeriesColumnRules
    private let dates: SeriesColumnRules.Dates
    /// Columns of which the profile keeps nothing.
    private let removed: Set<SeriesTableColumn>
    private let pseudonyms: Pseudonymizer
    private let patientsOfDataSet: Bool
    private var patient: Patient?
    /// What is left of a value, by column: few values stand in many rows.
    private var kept: [SeriesTableColumn: [String: String?]] = [:]
    private var studies = Remembered()
    /// Problems of the row read last: the column, and what is wrong.
    private(set) var problems: [(column: String, problem: String)] = []

    private struct Patient {
        let issuer, id: String
        let pseudonym: String
        let shift: DateShift
    }

    /// The UID read last and its replacement.
    private struct Remembered { var original = "", new = "" }

    private static let remembered = 16_384

    /// - Parameter patientsOfDataSet: the same PatientID in two data sets is two patients.
    init(
        columns: [String], profile: ConfidentialityProfile, pseudonyms: Pseudonymizer, patientsOfDataSet: Bool
    ) throws(TableError) {
        names = columns
        var places: [SeriesTableColumn: Int] = [:]
        for (index, name) in columns.enumerated() {
            guard let column = SeriesTableColumn.find(name) else { continue }
            if let other = places.updateValue(index, forKey: column) {
                throw TableError(
                    .header, row: 1, column: name,
                    "it means the same as column \(other + 1); remove or rename one of the two")
            }
        }
        for column in SeriesTableColumn.required where places[column] == nil {
            throw TableError(
                .header, row: 1, column: column.rawValue,
                "there is no such column; a table of series has one row a series, and the DICOM keywords as names of its columns"
            )
        }
        self.places = places
        self.pseudonyms = pseudonyms
        self.patientsOfDataSet = patientsOfDataSet && places[.issuerOfPatientID] == nil
        rules = SeriesColumnRules(profile: profile)
        dates = rules.dates
        var removed: Set<SeriesTableColumn> = dates == .removed ? [.studyDate] : []
        if rules.kept("F", as: .patientSex) == nil { removed.insert(.patientSex) }
        if rules.kept("045Y", as: .patientAge) == nil { removed.insert(.patientAge) }
        self.removed = removed
    }

    /// The columns that the index has no use for.
    var unusedColumns: [String] { names.filter { SeriesTableColumn.find($0) == nil } }

    /// The columns that the profile does not keep, whatever stands in them.
    var removedColumns: [String] {
        names.filter { name in SeriesTableColumn.find(name).map(removed.contains) ?? false }
    }

    mutating func record(_ fields: [String]) throws(Refusal) -> SeriesRecord {
        problems.removeAll(keepingCapacity: true)
        let row = Fields(values: fields, places: places)
        let study = try uid(.studyInstanceUID, row)
        let series = try uid(.seriesInstanceUID, row)
        let dataSet = row[.dataSet]
        let patient = patient(row, study: study, dataSet: dataSet)
        var record = SeriesRecord(
            patientID: patient.pseudonym, studyUID: newStudyUID(study), seriesUID: newUID(series),
            images: images(row))
        record.dataSet = dataSet.flatMap { short($0, .dataSet, most: 128) }
        record.sex = value(.patientSex, row, "it is none of F, M and O")
        record.age = value(.patientAge, row, "it is no age as DICOM writes it, such as 045Y or 018M")
        record.studyDate = date(row, patient.shift)
        record.modality = text(.modality, row)
        record.bodyPart = text(.bodyPartExamined, row)
        record.laterality = laterality(row)
        record.manufacturer = text(.manufacturer, row)
        record.model = text(.manufacturerModelName, row)
        record.sliceThicknessMM = number(.sliceThickness, row)
        record.pixelSpacingMM = number(.pixelSpacing, row) ?? number(.imagerPixelSpacing, row)
        record.rows = whole(.rows, row)
        record.columns = whole(.columns, row)
        record.magneticFieldStrengthT = number(.magneticFieldStrength, row)
        record.echoTimeMS = number(.echoTime, row) ?? number(.effectiveEchoTime, row)
        record.repetitionTimeMS = number(.repetitionTime, row)
        record.kvpKV = number(.kvp, row)
        record.contrast = contrast(row)
        record.sopClassUID = standardUID(.sopClassUID, row)
        record.transferSyntaxUID = standardUID(.transferSyntaxUID, row)
        return record
    }

    /// The fields of a row, by column; nil for what is empty.
    private struct Fields {
        let values: [String]
        let places: [SeriesTableColumn: Int]

        subscript(_ column: SeriesTableColumn) -> String? {
            guard let place = places[column], values.indices.contains(place) else { return nil }
            let value = values[place]
            if value.isEmpty { return nil }
            guard value.utf8.first == UInt8(ascii: " ") || value.utf8.last == UInt8(ascii: " ") else { return value }
            let trimmed = String(value.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            return trimmed.isEmpty ? nil : trimmed
        }
    }

    private mutating func note(_ column: SeriesTableColumn, _ problem: String) {
        problems.append((name(column), problem))
    }

    private func name(_ column: SeriesTableColumn) -> String {
        places[column].flatMap { names.indices.contains($0) ? names[$0] : nil } ?? column.rawValue
    }

    // MARK: Identifiers

    private mutating func patient(_ row: Fields, study: String, dataSet: String?) -> Patient {
        // As of images: those without a patient's number get a pseudonym for their study.
        let id = row[.patientID]
        let issuer =
            id == nil ? "study" : patientsOfDataSet ? dataSet ?? "" : row[.issuerOfPatientID] ?? ""
        let known = id ?? study
        if let patient, patient.id == known, patient.issuer == issuer { return patient }
        let found = Patient(
            issuer: issuer, id: known,
            pseudonym: id == nil
                ? pseudonyms.identifier(study, tag: Tag.studyInstanceUID.packed)
                : pseudonyms.patientID(issuer: issuer, id: known),
            shift: pseudonyms.dateShift(issuer: issuer, id: known))
        patient = found
        return found
    }

    private func uid(_ column: SeriesTableColumn, _ row: Fields) throws(Refusal) -> String {
        guard let text = row[column] else {
            throw Refusal(column: name(column), problem: "it is empty, and the row belongs to no study or series")
        }
        guard Self.isUID(text) else {
            throw Refusal(
                column: name(column),
                problem: "it is no UID: digits and points, 64 at most; spreadsheets may have turned it into a number")
        }
        return text
    }

    private static func isUID(_ text: String) -> Bool {
        guard (3...64).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "."),
            text.utf8.last != UInt8(ascii: ".")
        else { return false }
        return text.utf8.contains(UInt8(ascii: "."))
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
    }

    private mutating func newStudyUID(_ original: String) -> String {
        if studies.original != original { studies = Remembered(original: original, new: newUID(original)) }
        return studies.new
    }

    private func newUID(_ original: String) -> String { rules.keepsUIDs ? original : pseudonyms.uid(original) }

    // MARK: Values

    /// What the profile leaves of a value. Nothing left is a problem only where a problem is named.
    private mutating func value(
        _ column: SeriesTableColumn, _ row: Fields, _ problem: String? = nil
    ) -> String? {
        guard !removed.contains(column), let text = row[column], let tag = column.tag else { return nil }
        let left: String?
        if let known = kept[column]?[text] {
            left = known
        } else {
            left = rules.kept(text, as: tag)
            if kept[column]?.count ?? 0 >= Self.remembered { kept[column] = [:] }
            kept[column, default: [:]][text] = .some(left)
        }
        if left == nil, let problem { note(column, problem) }
        return left
    }

    private mutating func text(_ column: SeriesTableColumn, _ row: Fields) -> String? {
        guard let text = value(column, row) else { return nil }
        return short(text, column, most: 64)
    }

    private mutating func short(_ text: String, _ column: SeriesTableColumn, most: Int) -> String? {
        guard text.utf8.count > most, text.count > most else { return text }
        note(column, "it is longer than the \(most) characters that there may be")
        return nil
    }

    private mutating func laterality(_ row: Fields) -> String? {
        let column: SeriesTableColumn = row[.laterality] == nil ? .imageLaterality : .laterality
        guard let text = value(column, row)?.uppercased() else { return nil }
        guard ["L", "R", "B", "U"].contains(text) else {
            note(column, "it is none of L, R, B and U")
            return nil
        }
        return text
    }

    private mutating func date(_ row: Fields, _ shift: DateShift) -> String? {
        guard dates != .removed, let text = row[.studyDate] else { return nil }
        guard let day = CivilDate(dicom: text.filter { $0 != "-" }) else {
            note(.studyDate, "it is no day in the form 20240317 or 2024-03-17")
            return nil
        }
        return (dates == .moved ? shift.shifted(day) : day)?.dicom
    }

    /// A measurement: above zero. Of several values the first counts, as with images.
    private mutating func number(_ column: SeriesTableColumn, _ row: Fields) -> Double? {
        guard let text = row[column] else { return nil }
        let first = text.prefix { $0 != "\\" }
        guard let number = Double(first), number.isFinite else {
            let isComma = Double(first.map { $0 == "," ? "." : String($0) }.joined()) != nil
            note(column, isComma ? "it has a decimal comma; write 1.5, not 1,5" : "it is no number")
            return nil
        }
        guard number > 0 else {
            note(column, "it is not above zero")
            return nil
        }
        return value(column, row) == nil ? nil : number
    }

    private mutating func whole(_ column: SeriesTableColumn, _ row: Fields) -> Int? {
        guard let text = row[column] else { return nil }
        guard let number = Int(text), number > 0 else {
            note(column, "it is no whole number above zero")
            return nil
        }
        return number
    }

    private mutating func images(_ row: Fields) -> Int {
        guard places[.images] != nil else { return 0 }
        guard let text = row[.images], let number = Int(text), (0...1_000_000_000).contains(number) else {
            note(.images, "it is no number of images; none is counted")
            return 0
        }
        return number
    }

    /// As of images: yes where an agent is named, no where it says that there was none.
    private func contrast(_ row: Fields) -> Bool? {
        guard let agent = row[.contrastBolusAgent]?.uppercased() else { return nil }
        return !["NO", "NONE", "N", "NO CONTRAST", "WITHOUT CONTRAST", "NON"].contains(agent)
    }

    /// Of several, which a series of mixed objects has, the first.
    private mutating func standardUID(_ column: SeriesTableColumn, _ row: Fields) -> String? {
        guard let text = row[column] else { return nil }
        let first = String(text.prefix { $0 != "," && $0 != "\\" && $0 != ";" })
        guard Self.isUID(first) else {
            note(column, "it is no UID")
            return nil
        }
        return first
    }
}
