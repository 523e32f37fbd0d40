/// Addresses of places where people live, in the forms of several countries.
enum StreetAddresses {
    static func mark(_ text: WordedText, _ marks: inout [Bool]) {
        // Every address has a number and something that is no word of imaging.
        guard text.words.contains(where: { $0.digits > 0 }), text.words.count >= 2 else { return }
        for (index, word) in text.words.enumerated() {
            numberFirst(index, word, text, &marks)
            streetFirst(index, word, text, &marks)
            compound(index, word, text, &marks)
            Postcodes.mark(index, word, text, &marks)
        }
    }

    /// "12", "12a", "12/3"
    static func isNumber(_ word: TextWord?) -> Bool {
        guard let word, word.length <= 5, word.folded.utf8.first?.isDigit == true else { return false }
        return word.kind == .digits
            || word.length - word.digits <= 2 && !units.contains(word.folded.drop { $0.isNumber })
    }

    private static let units: Set<Substring> = [
        "mm", "cm", "m", "mg", "ml", "cc", "kv", "ma", "ms", "s", "x", "d", "t", "hz", "th", "st", "nd", "rd", "yo",
        "y",
    ]

    private static let smallWords: Set<String> = [
        "de", "la", "le", "du", "des", "l", "d", "les", "aux", "au", "saint", "sainte", "general", "st",
    ]
    private static let unitWords: Set<String> = [
        "apt", "apartment", "suite", "ste", "unit", "floor", "flat", "n", "s", "e", "w", "ne", "nw", "se", "sw",
    ]
    private static let floorWords: Set<String> = [
        "piso", "planta", "puerta", "escalera", "esc", "bajo", "izq", "dcha", "interno", "int", "scala", "andar",
        "m", "lok", "etage", "bis",
    ]

    // MARK: The number first

    /// Kinds of streets that come last: those that are nothing else, and those that are other words as well.
    private static let last = Set(folding: "street avenue road boulevard lane terrace parkway highway crescent mews")
    private static let lastLoose = Set(
        folding:
            """
            st ave rd blvd ln dr ct pl sq ter way pkwy cir hwy close row place park hill view walk drive court square circle
            grove gardens loop trail pike plaza alley bend
            """)
    /// Those of them that are codes of modalities in capitals: "2 LONG CT".
    private static let modalities: Set<String> = ["dr", "ct", "st", "pl"]
    /// Words that streets are called after, and images are not described with.
    private static let streetNames = Set(
        folding:
            """
            oak elm maple pine cedar birch willow walnut chestnut hickory magnolia laurel juniper poplar cypress river lake park
            hill church school mill station market bridge forest meadow valley spring springs garden victoria king queen kings
            queens washington jefferson lincoln sunset prospect highland pleasant liberty union college university railroad
            industrial harbor harbour ocean beach bay ridge canyon creek brook stony orchard farm village county memorial
            first second third fourth fifth sixth seventh eighth ninth tenth north south east west ne nw se sw
            """)
    private static let firstAfterNumber = Set(
        folding:
            "rue avenue boulevard chemin allee impasse quai place cours bd av bis ter route")

    /// "123 Main Street, Apt 4", "12 rue de la Paix".
    private static func numberFirst(_ index: Int, _ word: TextWord, _ text: WordedText, _ marks: inout [Bool]) {
        guard isNumber(word), text[index - 1].map({ $0.kind != .digits || word.before.utf8.count > 1 }) ?? true else {
            return
        }
        var end = index + 1
        while end <= index + 6, let next = text[end], next.before.utf8.count <= 2,
            next.length > 1 || next.before == ". " || end == index + 1
        {
            if end == index + 1, firstAfterNumber.contains(next.folded), let name = text[end + 1],
                name.kind == .letters,
                next.folded.utf8.count > 2 || !SafeVocabulary.standard.isImaging(name.folded)
            {
                return frenchStreet(index, end + 1, text, &marks)
            }
            guard next.kind == .letters || next.kind == .mixed && next.digits <= 3 && next.folded.hasSuffix("th") else {
                return
            }
            let isWhole = last.contains(next.folded)
            if end > index + 1, isWhole || lastLoose.contains(next.folded) && isNamed(index + 1..<end, text),
                isWhole || isWritten(next, word)
            {
                // "55 West Park Row"
                while let more = text[end + 1], more.before == " ", more.startsUpper,
                    last.contains(more.folded) || lastLoose.contains(more.folded)
                {
                    end += 1
                }
                for place in index...end { marks[place] = true }
                return unit(after: end, text, &marks)
            }
            end += 1
        }
    }

    /// Whether a street could be called so: with a word that is somebody's name or none, or one that streets are called
    /// after. "2 ABD CT" and "4 CHAMBER VIEW" are no addresses.
    private static func isNamed(_ range: Range<Int>, _ text: WordedText) -> Bool {
        let vocabulary = SafeVocabulary.standard
        let words = text.words[range]
        return words.allSatisfy { $0.startsUpper || $0.kind == .mixed }
            && words.contains { word in
                if vocabulary.isImaging(word.folded) || word.length < 2 { return false }
                return word.kind == .mixed || streetNames.contains(word.folded) || !vocabulary.contains(word.folded)
                    || vocabulary.isAlsoName(word.folded)
            }
    }

    /// "123 Elm Ct", but not "2 XYZ CT": as a modality is written, only behind a number that counts nothing.
    private static func isWritten(_ kind: TextWord, _ number: TextWord) -> Bool {
        kind.startsUpper && (kind.hasLower || !modalities.contains(kind.folded) || number.length >= 2)
    }

    private static func frenchStreet(_ start: Int, _ name: Int, _ text: WordedText, _ marks: inout [Bool]) {
        var end = name
        while end < name + 6, let word = text[end], smallWords.contains(word.folded) { end += 1 }
        guard let word = text[end], word.kind == .letters else { return }
        while let next = text[end + 1], next.kind == .letters, next.startsUpper, end < name + 6,
            next.before == " " || next.before == "-"
        {
            end += 1
        }
        for place in start...end { marks[place] = true }
    }

    /// "Apt 4B", "Suite 200", "2nd floor"
    private static func unit(after end: Int, _ text: WordedText, _ marks: inout [Bool]) {
        var place = end + 1
        while let word = text[place], unitWords.contains(word.folded), word.before.utf8.count <= 2 {
            marks[place] = true
            place += 1
            if let number = text[place], number.digits > 0 || number.length == 1 && number.startsUpper {
                marks[place] = true
                place += 1
            }
        }
        Postcodes.town(after: place - 1, text, &marks)
    }

    // MARK: The street first

    private static let first = Set(
        folding:
            """
            calle avenida avda plaza paseo carrer carretera ronda camino cl ctra pza via viale piazza corso largo vicolo strada rua praca
            travessa avenida estrada alameda ulica ul aleja al plac osiedle os odos οδος λεωφοροσ οδοσ λεωφορος οδου ulice namesti
            bulevardul strada str calea ul ulitsa ул улица бул булевард trg cesta utca
            """)
    private static let before = Set(
        folding:
            "am an zum zur im auf unter hinter alte alter neue neuer große grosse kleine obere untere")
    private static let separate = Set(
        folding:
            "str strasse straße platz weg allee gasse ring damm straat laan plein gracht weg utca ut ter gade vej gate vei katu iela gatve tanav"
    )

    /// "Calle Mayor 5", "Via Roma, 10", "Alte Landstrasse 3".
    private static func streetFirst(_ index: Int, _ word: TextWord, _ text: WordedText, _ marks: inout [Bool]) {
        guard word.kind == .letters, !at(index, word, text, &marks) else { return }
        let isFirst = first.contains(word.folded)
        guard
            isFirst || word.startsUpper && !SafeVocabulary.standard.isImaging(word.folded)
                || before.contains(word.folded)
        else { return }
        var end = index + 1
        var isStreet = isFirst
        var isNamed = false
        while end <= index + 6, let next = text[end], next.kind == .letters, next.before.utf8.count <= 3,
            !next.before.contains(where: { ":;\n()".contains($0) })
        {
            if separate.contains(next.folded) { isStreet = true }
            isNamed = isNamed || next.startsUpper && !SafeVocabulary.standard.isImaging(next.folded)
            end += 1
            if isStreet, !isFirst { break }
        }
        let named =
            isFirst
            ? isNamed
            : word.startsUpper && !SafeVocabulary.standard.isImaging(word.folded)
                || before.contains(word.folded) && isNamed
        guard isStreet, named, end > index + 1, let number = text[end] else { return }
        // "Calle Mayor nº 5", "Via Roma, 10"
        guard isNumber(number), number.before.utf8.count <= 4 else { return }
        for place in index...end { marks[place] = true }
        while let more = text[end + 1], more.digits > 0 && more.length <= 4, more.before.utf8.count <= 2,
            more.before != " "
        {
            end += 1
            marks[end] = true
        }
        floor(after: end, text, &marks)
        Postcodes.town(after: end, text, &marks)
    }

    /// "Am Alten Markt 3, 50667 Köln": the name of a place, told by the postcode that follows.
    private static func at(_ index: Int, _ word: TextWord, _ text: WordedText, _ marks: inout [Bool]) -> Bool {
        guard word.startsUpper, before.contains(word.folded) else { return false }
        var end = index + 1
        while end <= index + 4, let next = text[end], next.kind == .letters, next.before == " " { end += 1 }
        guard end > index + 1, isNumber(text[end]), var code = text[end + 1], code.before.contains(",") else {
            return false
        }
        if code.kind == .letters, code.length <= 2, let number = text[end + 2] { code = number }
        guard code.kind == .digits, (4...5).contains(code.length) else { return false }
        for place in index...end { marks[place] = true }
        return true
    }

    /// "3º B", "2 dcha", "piso 4", "m. 12"
    private static func floor(after end: Int, _ text: WordedText, _ marks: inout [Bool]) {
        var place = end + 1
        while let word = text[place], word.before.utf8.count <= 3,
            floorWords.contains(word.folded) || word.before.contains("º"), place < end + 5
        {
            marks[place] = true
            if let number = text[place + 1], number.digits > 0, number.length <= 3 {
                marks[place + 1] = true
                place += 1
            }
            place += 1
        }
    }

    // MARK: The street in one word

    private static let endings = [
        "strasse", "straße", "str", "weg", "platz", "gasse", "allee", "ring", "damm", "ufer", "stieg", "chaussee",
        "promenade", "straat", "laan",
        "plein", "gracht", "kade", "dreef", "singel", "gatan", "vagen", "gade", "gaden", "vej", "vejen", "gata",
        "veien", "katu", "tie", "utca",
    ]

    /// "Hauptstraße 12", "Kerkstraat 5a", "Storgatan 3".
    private static func compound(_ index: Int, _ word: TextWord, _ text: WordedText, _ marks: inout [Bool]) {
        guard word.kind == .letters, word.length >= 6, word.startsUpper, let number = text[index + 1], isNumber(number),
            number.before == " " || number.before == ". " || number.before == ", ",
            endings.contains(where: { word.folded.hasSuffix($0) && word.length >= $0.utf8.count + 3 }),
            !SafeVocabulary.standard.contains(word.folded)
        else { return }
        marks[index] = true
        marks[index + 1] = true
        Postcodes.town(after: index + 1, text, &marks)
    }
}
