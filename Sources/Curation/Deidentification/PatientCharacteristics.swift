import DICOM

/// Traits of a patient that may stay, when they are what the standard says they are: a name typed into the field for the
/// weight does not pass.
enum PatientCharacteristics {
    /// Ages from here on are reported as this one: the very old are few.
    static let oldestYears = 90

    /// Whether it is known what the trait's values look like.
    static func knows(_ tag: Tag) -> Bool {
        [.patientSex, .patientAge, .patientSize, .patientWeight].contains(tag)
    }

    /// The value to keep; nil where the element holds something else.
    static func value(of element: Element) -> String? {
        guard !element.isSequence, let text = element.string else { return nil }
        switch element.tag {
        case .patientSex: return ["M", "F", "O"].contains(text) ? text : nil
        case .patientAge: return age(text)
        // Metres; centimetres are a common mistake.
        case .patientSize: return number(text, upTo: 300)
        case .patientWeight: return number(text, upTo: 700)
        default: return nil
        }
    }

    /// "045Y"; "45Y" is put in order, 90 years and more become "090Y".
    static func age(_ text: String) -> String? {
        let characters = Array(text.trimmed.utf8)
        guard (2...4).contains(characters.count), let unit = characters.last, "DWMY".utf8.contains(unit),
            let count = wholeNumber(characters.dropLast())
        else { return nil }
        return age(count, unit: unit)
    }

    private static func age(_ count: Int, unit: UInt8) -> String {
        let letter = String(decoding: [unit], as: UTF8.self)
        let capped = letter == "Y" ? min(count, oldestYears) : count
        return String(repeating: "0", count: max(3 - String(capped).utf8.count, 0)) + "\(capped)\(letter)"
    }

    /// The age on the day of the study, where the object has the dates but not the age: worked out before the dates go.
    static func age(born: String?, studied: String?) -> String? {
        guard let birth = born.flatMap({ CivilDate(dicom: $0) }), let study = studied.flatMap({ CivilDate(dicom: $0) }),
            birth.year > 1800
        else { return nil }
        var months = (study.year - birth.year) * 12 + study.month - birth.month
        if study.day < birth.day { months -= 1 }
        // What nobody can be is a mistake in a date.
        guard months >= 0, months < 130 * 12 else { return nil }
        return months < 24
            ? age(months, unit: UInt8(ascii: "M")) : age(months / 12, unit: UInt8(ascii: "Y"))
    }

    /// Whether somebody born then was surely younger than the oldest that are told apart, when the object was made.
    static func isBelowOldest(born: Element, in dataSet: DataSet) -> Bool {
        guard let age = age(born: born.string, studied: dataSet[.studyDate]?.string) else { return false }
        return age != "0\(oldestYears)Y"
    }

    /// A number that a person can weigh or measure, as it is written, with four decimals at most but for zeros (pounds in
    /// kilograms have as many): more digits could be somebody's number.
    private static func number(_ text: String, upTo most: Double) -> String? {
        guard text.utf8.count <= 16, text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
            let value = Double(text), value >= 0, value <= most
        else { return nil }
        var decimals = text.split(separator: ".").dropFirst().first ?? ""
        while decimals.last == "0" { decimals.removeLast() }
        let isPlain = text.utf8.allSatisfy { "0123456789.".utf8.contains($0) }
        return (isPlain || text.utf8.count <= 8) && decimals.utf8.count <= 4
            ? text : "\((value * 1000).rounded() / 1000)"
    }

    private static func wholeNumber(_ digits: some Collection<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
