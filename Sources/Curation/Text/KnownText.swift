/// What is known of a patient, prepared for finding it in text. Built once for a patient and used for all texts.
///
/// Every part of the patient's own name goes wherever it stands, although it may be a word of imaging: a patient called Long
/// loses the word from "LONG AXIS". Of people at the hospital only what is no word of imaging goes by itself; the rest goes
/// where the text says that somebody is meant ("read by Long").
struct KnownText: Sendable {
    /// Words that are names by themselves.
    private(set) var names: Set<String> = []
    /// Parts of one or two letters: names only beside another part.
    private(set) var shortNames: Set<String> = []
    /// Names that are looked for inside longer words, too: "DOEJANE".
    private(set) var glued: [String] = []
    /// Names in scripts without spaces between words.
    private(set) var continuous: [String] = []
    /// First letters of names.
    private(set) var initials: Set<Character> = []
    /// Numbers and codes, letters and digits only.
    private(set) var codes: Set<String> = []
    private(set) var longestCode = 0
    /// First bytes of the codes, zeros left out: where none of them begins, none is looked for.
    private(set) var codeStarts: Set<UInt8> = []
    /// Codes that are looked for inside longer words.
    private(set) var longCodes: [String] = []
    /// Words that follow each other, by the first of them.
    private(set) var phrases: [String: [[String]]] = [:]
    /// Those of them that are streets without their numbers.
    private(set) var streets: Set<[String]> = []
    /// Last digits of telephone numbers, without what is written in many ways.
    private(set) var phones: [String] = []
    /// Days that are taken out instead of moved.
    private(set) var birthDates: Set<CivilDate> = []

    /// Names and phrases that are kept; more would make every text slow.
    private static let most = 5_000
    private static let mostGlued = 64

    init(_ known: KnownIdentifiers, vocabulary: SafeVocabulary = .standard) {
        for value in known.values {
            switch value.kind {
            case .patientName: addName(value.text, isPatient: true, vocabulary)
            case .staffName: addName(value.text, isPatient: false, vocabulary)
            case .patientID, .accession: addCode(value.text, least: 4, vocabulary)
            case .device: addCode(value.text, least: 5, vocabulary)
            case .phone: addPhone(value.text, vocabulary)
            case .address: addAddress(value.text, vocabulary)
            case .institution: addInstitution(value.text, vocabulary)
            case .birthDate: addBirth(value.text)
            // Every UID in text goes by its form, every date is moved.
            case .uid, .studyDate: break
            }
        }
        prepare()
    }

    /// Once all is gathered.
    private mutating func prepare() {
        codeStarts = Set(codes.compactMap { code in code.utf8.first { $0 != UInt8(ascii: "0") } })
    }

    var isEmpty: Bool {
        names.isEmpty && shortNames.isEmpty && continuous.isEmpty && codes.isEmpty && phrases.isEmpty && phones.isEmpty
            && birthDates.isEmpty
    }

    private mutating func addBirth(_ text: String) {
        guard let date = CivilDate(dicom: text) ?? CivilDate(dicom: String(text.prefix(8))) else { return }
        birthDates.insert(date)
        // In one run of digits: "12061950", "500612".
        let (year, month, day) = (date.dicom.prefix(4), date.dicom.dropFirst(4).prefix(2), date.dicom.suffix(2))
        for year in [String(year), String(year.suffix(2))] {
            codes.formUnion([year + month + day, day + month + year, month + day + year].map { String($0) })
        }
        longestCode = max(longestCode, 8)
    }

    private static func words(_ text: String) -> [String] { WordedText(text).words.map(\.folded) }

    // MARK: Names

    /// Words that stand in names and name nobody.
    private static let nobody: Set<String> = [
        "anonymous", "anonymized", "anonymised", "anonym", "anon", "unknown", "patient", "phantom", "test", "male",
        "female",
        "head", "body", "name", "none", "removed", "deidentified", "redacted", "mrs", "herr", "frau", "prof", "doctor",
        "med",
        "von", "van", "der", "den", "del", "dos", "das", "the", "and", "und", "jun", "sen", "last", "first", "middle",
    ]

    private mutating func addName(_ text: String, isPatient: Bool, _ vocabulary: SafeVocabulary) {
        for form in Romanisation.forms(of: text) { addName(form, isPatient: isPatient, vocabulary) }
        guard names.count < Self.most else { return }
        let whole = Self.words(text)
        for word in whole where !word.utf8.allSatisfy(\.isDigit) {
            addPart(word, isPatient: isPatient, vocabulary)
        }
        let spelled = Self.words(LetterFolding.spelledOut(text))
        if spelled != whole {
            for word in spelled where word.count >= 3 { addPart(word, isPatient: isPatient, vocabulary) }
        }
        // "O'Brien" is written "OBrien", "Jean-Pierre" "Jeanpierre".
        if (2...3).contains(whole.count), !text.contains(where: \.isWhitespace) {
            let joined = whole.joined()
            if joined.count >= 5 { names.insert(joined) }
        }
        addPhrase(whole, least: 2)
    }

    private mutating func addPart(_ word: String, isPatient: Bool, _ vocabulary: SafeVocabulary) {
        guard !Self.nobody.contains(word) else { return }
        if isPatient, let first = word.first { initials.insert(first) }
        if word.unicodeScalars.contains(where: \.isContinuousScript) {
            if word.count >= 2, continuous.count < Self.mostGlued { continuous.append(word) }
            // The family's part of a name that is written in one.
            return
        }
        guard word.count >= 3 else {
            shortNames.insert(word)
            return
        }
        if !isPatient, vocabulary.isImaging(word) { return }
        names.insert(word)
        for (long, short) in [("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")]
        where word.count >= 5 && word.contains(long) {
            names.insert(word.replacing(long, with: short))
        }
        if isPatient, word.utf8.count >= 4, glued.count < Self.mostGlued { glued.append(word) }
    }

    // MARK: Numbers

    private mutating func addCode(_ text: String, least: Int, _ vocabulary: SafeVocabulary) {
        let code = Self.words(text).joined()
        guard code.utf8.count >= least, codes.count < Self.most, !Self.nobody.contains(code) else { return }
        guard code.utf8.contains(where: \.isDigit) || !vocabulary.contains(code) else { return }
        // "000000" is nobody's number.
        guard Set(code).count > 1 else { return }
        codes.insert(code)
        longestCode = max(longestCode, code.utf8.count)
        let bare = String(code.drop { $0 == "0" })
        if bare.utf8.count >= 4 { codes.insert(bare) }
        // "HOSP-004711" as "HOSP 4711", and as the number alone.
        let letters = code.prefix { !$0.isNumber }
        let number = code.dropFirst(letters.count)
        if !letters.isEmpty, number.utf8.allSatisfy(\.isDigit) {
            let short = number.drop { $0 == "0" }
            if letters.utf8.count + short.utf8.count >= least { codes.insert(String(letters) + String(short)) }
            if number.utf8.count >= 5 { codes.insert(String(number)) }
            if short.utf8.count >= 5 { codes.insert(String(short)) }
        }
        if code.utf8.count >= 6, longCodes.count < Self.mostGlued { longCodes.append(code) }
    }

    private mutating func addPhone(_ text: String, _ vocabulary: SafeVocabulary) {
        if text.contains("@") { return addPhrase(Self.words(text), least: 2) }
        let digits = String(decoding: text.utf8.filter(\.isDigit), as: UTF8.self)
        // A country's code and a leading zero come and go.
        if digits.count >= 7, phones.count < Self.mostGlued {
            phones.append(String(digits.suffix(max(digits.count - 3, 7))))
        }
        if digits.count < 7 { addCode(text, least: 4, vocabulary) }
    }

    // MARK: Places

    private mutating func addPhrase(_ words: [String], least: Int) {
        guard words.count >= least, let first = words.first, phrases.count < Self.most else { return }
        if phrases[first]?.contains(words) != true { phrases[first, default: []].append(words) }
    }

    /// An address goes whole, line by line, and its street without the number; a town by its name alone.
    private mutating func addAddress(_ text: String, _ vocabulary: SafeVocabulary) {
        addPhrase(Self.words(text), least: 1)
        for line in text.split(whereSeparator: { ",;^\n\r=\\".contains($0) }) {
            let words = Self.words(String(line))
            addPhrase(words, least: 2)
            let letters = words.filter { !$0.utf8.contains(where: \.isDigit) }
            if letters.count >= 2, letters.count < words.count, !letters.allSatisfy(vocabulary.contains) {
                addPhrase(letters, least: 2)
                streets.insert(letters)
            }
            for word in letters where word.count >= 4 && !vocabulary.contains(word) && names.count < Self.most {
                names.insert(word)
            }
            for word in words where word.utf8.count >= 5 && word.utf8.allSatisfy(\.isDigit) { codes.insert(word) }
            longestCode = max(longestCode, words.map(\.utf8.count).max() ?? 0)
        }
    }

    /// A word that is the institution's own gives it away as the whole does.
    private mutating func addInstitution(_ text: String, _ vocabulary: SafeVocabulary) {
        let words = Self.words(text)
        if words.contains(where: { !vocabulary.contains($0) }) || words.count >= 3 { addPhrase(words, least: 1) }
        for word in words where word.count >= 4 && !vocabulary.contains(word) && !Self.kinds.contains(word) {
            if names.count < Self.most, !word.utf8.allSatisfy(\.isDigit) { names.insert(word) }
        }
    }

    /// What institutions are called besides their names.
    private static let kinds: Set<String> = [
        "hospital", "university", "clinic", "klinik", "klinikum", "universitatsklinikum", "krankenhaus", "hopital",
        "clinique",
        "ospedale", "ziekenhuis", "szpital", "sygehus", "sjukhus", "nosokomeio", "radiology", "radiologie",
        "radiologia",
        "imaging", "oncology", "department", "institute", "abteilung", "centre", "center", "zentrum", "centro",
        "medical",
    ]
}
