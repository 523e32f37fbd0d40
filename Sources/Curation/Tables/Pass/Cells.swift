/// An age in a cell.
struct AgeCell {
    /// As it may be written.
    let text: String

    /// nil where the cell holds no age that a person can have.
    init?(_ value: String, unit: AgeUnit) {
        let most = unit.most
        // "90+", ">89", "≥ 90": somebody has grouped already.
        let mark = [">=", ">", "\u{2265}"].first { value.hasPrefix($0) }
        let isOpen = mark != nil || value.hasSuffix("+")
        let number = String(value.dropFirst(mark?.count ?? 0).dropLast(value.hasSuffix("+") ? 1 : 0).drop { $0 == " " })
            .replacingComma
        guard number.utf8.count <= 12, NumberCell.isNumber(number), let age = Double(number), age >= 0,
            age <= most.kept / 89 * 130
        else { return nil }
        if isOpen {
            guard age >= most.kept else { return nil }
            text = most.above
        } else {
            text = age > most.kept ? most.above : value
        }
    }
}

/// A number in a cell: what laboratories and rulers give, and nothing else.
enum NumberCell {
    /// Whether a number may stay: telephone and hospital numbers have nine digits and more, and days may be written in
    /// eight.
    static func isHarmless(_ value: String) -> Bool {
        guard isNumber(value) else { return false }
        switch digits(value) {
        case 9...: return false
        case 8: return CivilDate(dicom: value).map { !(1900...2100).contains($0.year) } ?? true
        default: return true
        }
    }

    /// How many digits a value consists of; 0 where it has anything else in it.
    static func digits(_ value: String) -> Int {
        value.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? value.utf8.count : 0
    }

    /// An optional <, >, ≤ or ≥, a sign, digits with a point or a comma, an exponent.
    static func isNumber(_ value: String) -> Bool {
        guard value.utf8.count <= 24 else { return false }
        var rest = Substring(value)
        for sign in ["<=", ">=", "<", ">", "\u{2264}", "\u{2265}"] where rest.hasPrefix(sign) {
            rest = rest.dropFirst(sign.count).drop { $0 == " " }
            break
        }
        let characters = rest.utf8
        var (digits, points, exponent) = (0, 0, false)
        var before: UInt8 = 0
        for byte in characters {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: "+"), UInt8(ascii: "-"):
                guard before == 0 || before == UInt8(ascii: "e") else { return false }
            case UInt8(ascii: "."), UInt8(ascii: ","):
                points += 1
                guard points == 1, !exponent else { return false }
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                guard digits > 0, !exponent else { return false }
                exponent = true
            default: return false
            }
            before = byte == UInt8(ascii: "E") ? UInt8(ascii: "e") : byte
        }
        return digits > 0 && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(before)
    }
}

extension String {
    /// With a point where a decimal comma was.
    var replacingComma: String { String(map { $0 == "," ? "." : $0 }) }
}

/// Values of a code or a category.
enum CodedCell {
    /// Codes are short and have no spaces: "C50.9", "8500/3", "pT1c", "N0(i-)", "254837009".
    static func isCode(_ value: String) -> Bool {
        value.utf8.count <= 24 && isPlain(value)
            && value.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0.properties.generalCategory != .control
            }
    }

    /// Categories are a few words: "Infiltrating duct carcinoma, NOS".
    static func isCategory(_ value: String) -> Bool {
        guard value.utf8.count <= 80, isPlain(value) else { return false }
        var run = 0
        for byte in value.utf8 {
            guard byte >= 0x20 else { return false }
            run = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? run + 1 : 0
            if run > 5 { return false }
        }
        return value.split(whereSeparator: \.isWhitespace).count <= 8
    }

    /// No address of e-mail, and nothing that a spreadsheet would run.
    private static func isPlain(_ value: String) -> Bool {
        !value.contains("@") && value.utf8.first != UInt8(ascii: "=") && !value.contains("://")
    }
}

/// What nobody but the patient of a row has, and so may be somebody's name or number.
enum LoneValue {
    /// Whether a code may stay that only one patient has: one of letters and few digits ("C50.9", "8500/3", "pT1c"), or
    /// one of SNOMED CT. Long numbers may be anybody's, longer words a name, and days are not moved here.
    static func isHarmlessCode(_ value: String, cleaner: TextCleaner) -> Bool {
        if SNOMED.isIdentifier(value) { return true }
        if DateDetection.isDay(value) { return false }
        var (digits, letters) = (0, 0)
        for character in value {
            digits = character.isNumber ? digits + 1 : 0
            letters = character.isLetter ? letters + 1 : 0
            if digits > 6 { return false }
            if letters > 4 { return cleaner.clean(value, known: KnownIdentifiers(), shift: nil)?.text == value }
        }
        return true
    }

    /// Titles before somebody's name.
    static func hasTitle(_ value: String) -> Bool {
        let words = value.lowercased().split { !$0.isLetter }
        return words.count > 1 && words.dropLast().contains { titles.contains(String($0)) }
    }

    private static let titles: Set<String> = [
        "dr", "prof", "mr", "mrs", "ms", "herr", "frau", "sr", "sra", "mme", "monsieur", "madame", "dott", "dra", "dhr",
        "mevr",
        "doctor", "professor",
    ]
}

/// The form of identifiers of SNOMED CT (its Technical Implementation Guide, "SCTID data type").
enum SNOMED {
    /// Six to eighteen digits, the last one a check digit of Verhoeff, the two before it a known partition.
    static func isIdentifier(_ value: String) -> Bool {
        guard (6...18).contains(NumberCell.digits(value)), value.utf8.first != UInt8(ascii: "0") else { return false }
        let digits = value.utf8.map { Int($0 - UInt8(ascii: "0")) }
        let partition = digits.dropLast().suffix(2).reduce(0) { $0 * 10 + $1 }
        guard [0, 1, 2, 10, 11, 12].contains(partition) else { return false }
        var check = 0
        for (place, digit) in digits.reversed().enumerated() {
            check = product(check, permuted(digit, times: place % 8))
        }
        return check == 0
    }

    /// In the dihedral group of order 10: rotations 0 to 4, reflections 5 to 9.
    private static func product(_ a: Int, _ b: Int) -> Int {
        switch (a < 5, b < 5) {
        case (true, true): (a + b) % 5
        case (true, false): (a + b - 5) % 5 + 5
        case (false, true): (a - 5 - b + 5) % 5 + 5
        case (false, false): (a - b + 5) % 5
        }
    }

    /// Verhoeff's permutation (1 5 7 6 2 8 3 0 9 4), applied so many times.
    private static func permuted(_ digit: Int, times: Int) -> Int {
        let permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
        return (0..<times).reduce(digit) { value, _ in permutation[value] }
    }
}

enum UIDCell {
    /// PS3.5 section 9.1: digits and points, 64 characters at most.
    static func isUID(_ value: String) -> Bool {
        value.utf8.count <= 64 && value.contains(".")
            && value.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
    }
}

/// The words for a patient's sex that stay.
enum SexCell {
    static func isSex(_ value: String) -> Bool { words.contains(value.lowercased()) }

    private static let words: Set<String> = [
        "f", "m", "o", "u", "w", "d", "x", "h", "v", "k", "female", "male", "other", "woman", "man", "women", "men",
        "intersex", "diverse", "undifferentiated", "weiblich", "männlich", "divers", "femme", "homme", "féminin",
        "masculin", "mujer", "hombre", "femenino", "masculino", "femmina", "maschio", "vrouw", "mulher", "homem",
        "feminino", "dona", "home", "0", "1", "2", "3", "9", "248152002", "248153007",
    ]
}
