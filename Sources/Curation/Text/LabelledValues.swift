/// Values with a label before them: "MRN: 4711", "Acc# 12", "DOB: 17.03.1960", "Room 12B".
enum LabelledValues {
    /// Labels of numbers.
    private static let labels = Set(
        folding: """
            mrn acc accession accn pid patientid id ids ssn nhs nhsnr tel telephone telefon telefono telefone telefoon phone fax
            mobile movil cell handy gsm ph room bed ward zimmer bett station chambre lit habitacion cama camera letto kamer sala
            pokoj visit encounter account acct csn fin hrn urn uhid nip nif dni nie nuhsa cip nir ipp nda bsn pesel amka αμκα cpr
            cnp oib taj egn егн insurance versichertennr versichertennummer policy license licence plate kennzeichen matricula
            targa kenteken serial sn seriennummer pat patnr fallnr fallnummer fall casenr auftragsnr auftragsnummer
            untersuchungsnr dossier historia nhc cartella processo utente order requisition req specimen pathology path iban
            passport pass ausweis pasaporte hicn medicare medicaid τηλ κιν тел ahv svnr codice
            """)
    /// Labels that are words of imaging or of a language as well: only with a mark after them, or three digits.
    private static let loose = Set(
        folding: """
            station fall lit camera order specimen path pass cell fin acc pat sala policy visit historia dossier processo
            pathology serial plate codice mobile req handy urn ids id
            """)
    /// Labels of dates of birth, whose dates go.
    private static let births = Set(
        folding: """
            dob born birth birthdate birthday geb geboren geburtsdatum naissance naiss nacido nacida nacimiento fnac nascita
            nascido nascida nascimento geboortedatum urodzony urodzona fodd fodelsedatum fodt syntynyt γεννηση γεννησης
            γεννηθεις γεννηθεισα narozen narozena szul nascut роден родена rojen rojena
            """)
    /// Those that are other words as well: the date must follow at once.
    private static let looseBirths = Set(folding: "ne nee nato nata ur n")
    private static let numberWords = Set(
        folding: "no nr num number nummer numero numer n id code nbr αρ номер fiscale de of del")

    static func mark(_ text: WordedText, _ marks: inout [Bool]) {
        for (index, word) in text.words.enumerated() where word.kind != .digits {
            if labels.contains(word.folded) {
                markValue(after: index, text, &marks)
            } else if word.kind == .mixed, word.digits >= 3, isGlued(word) {
                marks[index] = true
            }
        }
    }

    /// Words after the labels of births: their dates are not moved.
    static func births(_ text: WordedText) -> Set<Int> {
        var found: Set<Int> = []
        for (index, word) in text.words.enumerated() where word.kind == .letters {
            if births.contains(word.folded) {
                found.formUnion(index + 1...index + 6)
            } else if looseBirths.contains(word.folded) {
                found.formUnion(index + 1...index + 2)
            }
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
        // The groups of the number: "A-2291", "943 476", "B-MW 1234".
        var last = next
        var digits = value.digits
        while let word = text[last + 1], word.before.utf8.count == 1, last < next + 6,
            word.before != " " && "-/._".contains(word.before)
                || word.before == " " && word.kind == .digits && digits == 0
                    && value.length <= 3
        {
            last += 1
            digits += word.digits
        }
        if isSetOff {
            guard digits > 0 || !SafeVocabulary.standard.contains(value.folded) else { return }
        } else {
            let least = loose.contains(label.folded) ? 3 : 1
            let isNear = value.isNext || ["-", "_", ".", ". "].contains(value.before)
            guard digits >= least, isNear, value.digits > 0 || last > next else { return }
            // "ID 5 mm" is a measure.
            if last == next, value.length <= 3, let unit = text[next + 1], unit.isNext, units.contains(unit.folded) {
                return
            }
        }
        for place in next...last { marks[place] = true }
        while let word = text[last + 1], word.before == " ", word.kind == .digits, word.length >= 3, value.digits >= 3 {
            last += 1
            marks[last] = true
        }
    }

    private static let units = Set(folding: "mm cm min sec s ms kg ml positions pos x")
}
