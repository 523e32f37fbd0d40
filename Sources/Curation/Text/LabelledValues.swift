/// Values with a label before them: "MRN: 4711", "Acc# 12", "DOB: 17.03.1960", "Room 12B".
enum LabelledValues {
    /// Labels of numbers.
    private static let labels: Set<String> = [
        "mrn", "acc", "accession", "accn", "pid", "patientid", "id", "ids", "ssn", "nhs", "nhsnr", "tel", "telephone",
        "telefon",
        "telefono", "telefone", "telefoon", "phone", "fax", "mobile", "cell", "handy", "gsm", "ph", "room", "bed",
        "ward", "zimmer",
        "bett", "station", "chambre", "lit", "habitacion", "cama", "camera", "letto", "kamer", "sala", "pokoj", "visit",
        "encounter",
        "account", "acct", "csn", "fin", "hrn", "urn", "uhid", "nip", "nif", "dni", "nie", "nuhsa", "cip", "nir", "ipp",
        "nda", "bsn",
        "pesel", "amka", "αμκα", "cpr", "cnp", "oib", "taj", "egn", "егн", "insurance", "versichertennr",
        "versichertennummer", "policy",
        "license", "licence", "plate", "kennzeichen", "matricula", "targa", "kenteken", "serial", "sn", "seriennummer",
        "pat", "patnr",
        "fallnr", "fallnummer", "fall", "casenr", "auftragsnr", "auftragsnummer", "untersuchungsnr", "dossier",
        "historia", "nhc",
        "cartella", "processo", "utente", "order", "requisition", "req", "specimen", "pathology", "path", "iban",
        "passport", "pass",
        "ausweis", "pasaporte", "hicn", "medicare", "medicaid", "τηλ", "κιν", "тел", "ahv", "svnr", "codice",
    ]
    /// Labels of dates of birth, whose dates go.
    private static let births: Set<String> = [
        "dob", "born", "birth", "birthdate", "birthday", "geb", "geboren", "geburtsdatum", "ne", "nee", "naissance",
        "naiss", "nacido",
        "nacida", "nacimiento", "fnac", "nato", "nata", "nascita", "nascido", "nascida", "nascimento", "geboortedatum",
        "urodzony",
        "urodzona", "ur", "fodd", "fodelsedatum", "fodt", "syntynyt", "γεννηση", "γεννησης", "γεννηθεις", "narozen",
        "narozena", "szul", "nascut",
        "роден", "родена", "rodena", "rojen",
    ]
    private static let numberWords: Set<String> = [
        "no", "nr", "num", "number", "nummer", "numero", "numer", "n", "id", "code", "nbr", "αρ", "номер", "fiscale",
        "de", "of", "del",
    ]
    /// Labels that are words of imaging or of a language as well: only with a mark after them, or three digits.
    private static let loose: Set<String> = [
        "station", "fall", "lit", "camera", "order", "specimen", "path", "pass", "cell", "fin", "acc", "pat", "cap",
        "sala", "policy",
        "visit", "historia", "dossier", "processo", "pathology", "serial", "plate", "codice", "mobile", "req", "handy",
        "urn", "ids",
    ]

    static func mark(_ text: WordedText, _ marks: inout [Bool]) {
        for (index, word) in text.words.enumerated() where word.kind != .digits {
            if labels.contains(word.folded) {
                markValue(after: index, text, &marks)
            } else if word.kind == .mixed, word.digits >= 3, isGlued(word) {
                marks[index] = true
            }
        }
    }

    /// Words of the births that are dated: their dates are not moved.
    static func births(_ text: WordedText) -> Set<Int> {
        var found: Set<Int> = []
        for (index, word) in text.words.enumerated() where births.contains(word.folded) {
            for place in index + 1...index + 8 { found.insert(place) }
        }
        return found
    }

    /// "MRN1234", "ACC001"
    private static func isGlued(_ word: TextWord) -> Bool {
        let letters = word.folded.prefix { !$0.isNumber }
        return letters.count >= 3 && labels.contains(String(letters))
            && word.folded.dropFirst(letters.count).allSatisfy(\.isNumber)
    }

    private static func markValue(after index: Int, _ text: WordedText, _ marks: inout [Bool]) {
        var next = index + 1
        var isSetOff = false
        while let word = text[next], next < index + 4 {
            if word.before.contains(where: { ";\n\r".contains($0) }) { return }
            isSetOff = isSetOff || word.before.contains { ":#=№º°".contains($0) }
            guard numberWords.contains(word.folded) else { break }
            next += 1
        }
        guard let label = text[index], let value = text[next], value.before.utf8.count <= 6 else { return }
        let least = loose.contains(label.folded) ? 3 : 1
        if isSetOff {
            guard value.digits > 0 || !SafeVocabulary.standard.contains(value.folded) else { return }
        } else {
            guard value.digits >= least,
                value.isNext || value.before == "-" || value.before == ". " || value.before == "_"
            else { return }
            // "ID 5 mm" is a measure, and so is "bed 2 min".
            if value.length <= 3, let unit = text[next + 1], units.contains(unit.folded) { return }
        }
        marks[next] = true
        // Further groups of the same number.
        var last = next
        while let word = text[last + 1], word.before.utf8.count == 1, word.digits > 0,
            word.before.allSatisfy({ "-/. _".contains($0) })
        {
            last += 1
            marks[last] = true
        }
    }

    private static let units: Set<String> = [
        "mm", "cm", "min", "sec", "s", "ms", "kg", "ml", "positions", "pos", "bed", "beds", "x",
    ]
}
