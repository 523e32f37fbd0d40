/// What is known of a patient in the forms that the scan looks for. Built once for a patient and used for all objects.
struct LeakPatterns: Sendable {
    /// Words that are parts of names, each with what it is.
    private(set) var names: [String: KnownIdentifiers.Kind] = [:]
    /// Parts of names in scripts without spaces: looked for inside runs.
    private(set) var continuous: [(text: String, kind: KnownIdentifiers.Kind)] = []
    /// Numbers and codes, letters and digits only: of six characters and more, looked for anywhere.
    private(set) var codes: [String: KnownIdentifiers.Kind] = [:]
    /// Shorter ones: only as a whole value.
    private(set) var shortCodes: [String: KnownIdentifiers.Kind] = [:]
    /// Addresses, institutions: words that follow each other.
    private(set) var phrases: [(words: [String], kind: KnownIdentifiers.Kind)] = []
    /// Digits of telephone numbers.
    private(set) var phones: Set<String> = []
    private(set) var mails: Set<String> = []
    private(set) var dates: [CivilDate: KnownIdentifiers.Kind] = [:]
    /// Lengths of the codes, for looking at parts of a longer run.
    private(set) var codeLengths: Set<Int> = []

    init(_ known: KnownIdentifiers, kinds: Set<KnownIdentifiers.Kind>, allowed: Set<String>) {
        let allowedWords = Set(allowed.flatMap(FoldedText.words))
        for value in known.values where kinds.contains(value.kind) {
            switch value.kind {
            case .patientName, .staffName: addName(value, allowedWords)
            case .patientID, .accession, .device: addCode(value, allowedWords)
            case .phone: addPhone(value.text)
            case .address, .institution: addPhrase(value, allowedWords)
            case .birthDate, .studyDate:
                let text = value.text.prefix(8)
                if let date = CivilDate(dicom: value.text) ?? CivilDate(dicom: text) { dates[date] = value.kind }
            case .uid: break
            }
        }
        codeLengths = Set(codes.keys.map(\.utf8.count))
    }

    private mutating func addName(_ value: KnownIdentifiers.Value, _ allowed: Set<String>) {
        for word in FoldedText.words(value.text) where !allowed.contains(word) {
            if FoldedText.isContinuous(word) {
                if word.count >= 2 { continuous.append((word, value.kind)) }
            } else if word.count >= 3, !word.allSatisfy(\.isNumber), !NameWords.common.contains(word) {
                for variant in FoldedText.variants(of: word, original: value.text.contains(" ") ? word : value.text) {
                    // The patient's before anybody else's.
                    if names[variant] != .patientName { names[variant] = value.kind }
                }
            }
        }
    }

    private mutating func addCode(_ value: KnownIdentifiers.Value, _ allowed: Set<String>) {
        let code = FoldedText.words(value.text).joined()
        guard !code.isEmpty, !allowed.contains(code), !CommonValues.all.contains(code) else { return }
        let hasDigit = code.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if code.utf8.count >= 6 && hasDigit {
            codes[code] = codes[code] ?? value.kind
        } else if value.kind != .device, code.utf8.count >= 2 {
            shortCodes[code] = shortCodes[code] ?? value.kind
        }
    }

    private mutating func addPhone(_ text: String) {
        if text.contains("@") { mails.insert(text.lowercased()) }
        let digits = String(text.unicodeScalars.filter { (0x30...0x39).contains($0.value) })
        // Without a leading zero or country code, which is written in many ways.
        if digits.count >= 7 { phones.insert(String(digits.suffix(max(digits.count - 2, 7)))) }
    }

    private mutating func addPhrase(_ value: KnownIdentifiers.Value, _ allowed: Set<String>) {
        let words = FoldedText.words(value.text)
        if words.count >= 2 {
            phrases.append((words, value.kind))
        } else if let word = words.first, word.count >= 5, !allowed.contains(word), !NameWords.common.contains(word) {
            names[word] = names[word] ?? value.kind
        }
        // A word that is the place's own gives it away as well as the whole.
        for word in words where value.kind == .institution {
            guard word.count >= 6, !allowed.contains(word), !NameWords.institutions.contains(word),
                !NameWords.common.contains(word), !word.allSatisfy(\.isNumber)
            else { continue }
            names[word] = names[word] ?? value.kind
        }
    }
}

/// Values that everybody has.
enum CommonValues {
    static let all: Set<String> = [
        "unknown", "none", "anonymous", "anonymized", "anon", "removed", "null", "test", "na", "00", "000", "0000",
        "00000", "000000", "0000000", "00000000", "000000000", "0000000000",
    ]
}

/// Words that are found in names and mean nothing there.
enum NameWords {
    static let common: Set<String> = [
        "anonymous", "anonymized", "anonymised", "unknown", "patient", "removed", "none", "test", "phantom", "doctor",
        "mrs", "herr", "frau", "prof", "med", "von", "van", "der", "den", "del", "della", "dos", "bin", "ibn", "the",
        "and", "male", "female", "head", "body", "name", "last", "first", "middle", "no", "name^none",
    ]
    static let institutions: Set<String> = [
        "hospital", "university", "medical", "center", "centre", "clinic", "clinics", "institute", "department",
        "radiology", "imaging", "diagnostic", "diagnostics", "health", "healthcare", "general", "college", "school",
        "medicine", "oncology", "cancer", "universitat", "universitatsklinikum", "klinikum", "klinik", "krankenhaus",
        "radiologie", "abteilung", "hopital", "clinique", "centro", "ospedale", "universitario", "universitaria",
        "radiologia", "ziekenhuis", "medisch", "centrum", "nuclear", "nuklearmedizin", "research", "laboratory",
        "breast", "screening", "mammography", "ultrasound", "scanner", "saint", "north", "south", "western", "eastern",
        "regional", "community", "national", "memorial", "children", "childrens", "regional", "county",
    ]
}
