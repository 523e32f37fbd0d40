/// People by what stands before their names: "Dr. Smith", "read by John Smith", "Name: Jane Doe".
///
/// A name is a capitalised word that is in no vocabulary, or that is a name as well as a word. A word of imaging ends it, so
/// that "DR CHEST" stays a chest.
enum PeoplePatterns {
    private static let titles = Set(
        folding:
            """
            prof professor doctor doktor drs mrs miss mister herr herrn frau fraulein mme mlle monsieur madame mademoiselle docteur sig
            signor signore signora sigra sra srta dra dott dottssa dottore dottoressa senor senora senorita don dona doutor doutora pani
            panu dhr mevr mevrouw meneer fru herra rouva tohtori kyrios κ κος κα κυριος κυρια ιατρος δρ доктор др проф господин госпожа lek
            mudr mddr doc docent univ oberarzt oberarztin assistenzarzt chefarzt hr fr dipl dres
            """)
    /// Titles that are codes of imaging in capitals: "DR CHEST", "MR BRAIN". There they need a full stop.
    private static let codes = Set(folding: "dr mr ms sr hr fr pan don doc dna dl m univ lek sig")
    private static let roles = Set(
        folding:
            """
            radiologist technologist technician tech operator physician attending referring referrer consultant resident surgeon nurse
            oncologist pathologist sonographer radiographer mother father wife husband son daughter brother sister radiologe radiologin arzt
            arztin hausarzt zuweiser mta mtra mtar untersucher befunder medecin radiologue prescripteur manipulateur manipulatrice medico
            radiologo radiologa tecnico tecnica arts radioloog laborant verwijzer lekarz radiolog ιατρος ακτινολογος radiolog lakare
            lege laege
            """)
    private static let by = Set(folding: "by von par por da door przez av af από vom durch")
    /// What people do to a report, in languages where "by" alone says too little.
    private static let done = Set(
        folding:
            """
            read dictated signed transcribed reviewed performed verified ordered referred seen interpreted approved reported requested
            supervised electronically finalized edited entered befundet diktiert gelesen unterschrieben freigegeben angefordert signe lu
            dicte valide interprete prescrit realise leido informado firmado dictado solicitado refertato firmato letto eseguito richiesto
            lido assinado realizado gelezen gedicteerd ondertekend opisane podpisane granskad signerad beskrevet
            """)
    private static let labels = Set(
        folding:
            """
            name names surname patient pt pat nombre apellidos apellido paciente nom prenom nome cognome paziente utente naam patientin
            nachname vorname nazwisko imie pacjent pacjentka namn patienten navn nimi potilas ονομα επωνυμο ονοματεπωνυμο ασθενης име
            фамилия пациент jmeno prijmeni pacient nev beteg nume prenume ime priimek bolnik attn attention cc contact kin nok
            """)
    private static let particles = Set(
        folding:
            "von van vom zu zum zur der den de del della di da do dos das la le el al bin ibn ter ten te af av y e und and et i mac mc o d st san"
    )

    static func mark(_ text: WordedText, _ marks: inout [Bool]) {
        for (index, word) in text.words.enumerated() where word.kind == .letters && word.length <= 16 {
            if isTitle(index, word, text) {
                markName(from: index + 1, text, &marks, isSure: true)
            } else if labels.contains(word.folded), isLabel(index, text) {
                markName(
                    from: index + 1, text, &marks, isSure: word.folded != "patient" && word.folded != "pt",
                    passesCommas: true)
            } else if by.contains(word.folded),
                word.folded == "by" || text[index - 1].map({ done.contains($0.folded) }) == true
            {
                markName(
                    from: index + 1, text, &marks, isSure: text[index - 1].map { done.contains($0.folded) } == true)
            } else if roles.contains(word.folded) {
                markInitials(index + 1, text, &marks)
                markName(from: index + 1, text, &marks, isSure: false)
            }
        }
    }

    /// "Technologist: JB"
    private static func markInitials(_ index: Int, _ text: WordedText, _ marks: inout [Bool]) {
        guard let word = text[index], word.kind == .letters, (2...3).contains(word.length), !word.hasLower,
            word.startsUpper,
            word.before.contains(where: { ":=".contains($0) })
        else { return }
        marks[index] = true
    }

    private static func isTitle(_ index: Int, _ word: TextWord, _ text: WordedText) -> Bool {
        guard let next = text[index + 1], next.before.utf8.count <= 3 else { return false }
        let hasStop = next.before.first == "."
        if codes.contains(word.folded) {
            // "MRI BRAIN DR BROWN": behind other words a doctor, where a name follows that is no part of the body.
            if word.folded == "dr", index > 0, !word.before.contains(where: { "/-,;".contains($0) }), next.startsUpper,
                SafeVocabulary.standard.standing(next.folded) != .safe
                    || SafeVocabulary.standard.isAlsoName(next.folded)
                        && !SafeVocabulary.standard.isImaging(next.folded)
            {
                return true
            }
            return hasStop && word.startsUpper || word.hasLower && word.length >= 2 && word.startsUpper
                || hasStop && word.folded != "m"
                    && next.startsUpper
                || word.folded == "dr" && !word.startsUpper
        }
        return titles.contains(word.folded)
    }

    /// A label has a colon after it, or a pair of capitalised words that are no words.
    private static func isLabel(_ index: Int, _ text: WordedText) -> Bool {
        guard let next = text[index + 1] else { return false }
        return next.before.contains { ":=".contains($0) } || next.before == "^"
    }

    /// - Parameter isSure: whether it is certain that a name follows: then a word in lower case is one, too.
    private static func markName(
        from start: Int, _ text: WordedText, _ marks: inout [Bool], isSure: Bool, passesCommas: Bool = false
    ) {
        var place = start
        var taken = 0
        while let word = text[place], taken < 4, place < start + 8 {
            let before = word.before
            if before.contains(where: { ";\n\r)]".contains($0) }) && place > start { return }
            if place > start, before.contains(","), !passesCommas { return }
            // The end of a sentence, but "Dr. J. Smith" goes on.
            if place > start, before.first == ".", let last = text[place - 1], last.length > 3,
                !titles.contains(last.folded)
            {
                return
            }
            if titles.contains(word.folded) || roles.contains(word.folded) || codes.contains(word.folded) && taken == 0
            {
                place += 1
                continue
            }
            if particles.contains(word.folded), let next = text[place + 1], next.startsUpper, next.kind == .letters {
                if taken > 0 || !word.startsUpper { marks[place] = taken > 0 || marks[place] }
                place += 1
                continue
            }
            guard word.kind == .letters, isPartOfName(word, isFirst: taken == 0, isSure: isSure) else { return }
            marks[place] = true
            taken += 1
            place += 1
        }
    }

    private static func isPartOfName(_ word: TextWord, isFirst: Bool, isSure: Bool) -> Bool {
        if word.length == 1 { return word.startsUpper }
        switch SafeVocabulary.standard.standing(word.folded) {
        case .unknown: return word.startsUpper || isSure
        case .lowerCase: return word.startsUpper || isSure && isFirst
        case .safe: return (word.startsUpper || isSure && isFirst) && SafeVocabulary.standard.isAlsoName(word.folded)
        }
    }
}
