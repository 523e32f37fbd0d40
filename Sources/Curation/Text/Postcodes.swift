/// Postcodes with their towns, and boxes at a post office.
enum Postcodes {
    private static let states: Set<String> = Set(
        """
        AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD
        TN TX UT VT VA WA WV WI WY DC
        """.split { $0 == " " || $0 == "\n" }.map(String.init))

    static func mark(_ index: Int, _ word: TextWord, _ text: WordedText, _ marks: inout [Bool]) {
        american(index, word, text, &marks)
        continental(index, word, text, &marks)
        british(index, word, text, &marks)
        box(index, word, text, &marks)
    }

    /// A town that stands where an address goes on: after a comma, after a number of a street.
    static func town(after index: Int, _ text: WordedText, _ marks: inout [Bool]) {
        var place = index + 1
        var taken = 0
        // A postcode before it.
        if let code = text[place], code.digits >= 3, code.length <= 6, code.before.utf8.count <= 3 {
            marks[place] = true
            place += 1
            if let letters = text[place], letters.length == 2, letters.startsUpper, !letters.hasLower,
                text[place + 1]?.startsUpper == true
            {
                marks[place] = true
                place += 1
            }
        } else if text[place]?.before.contains(",") != true {
            return
        }
        while taken < 3, let word = text[place], word.kind == .letters, word.startsUpper, word.length >= 2,
            word.before.utf8.count <= 2,
            taken == 0 || word.before == " " || word.before == "-", !SafeVocabulary.standard.isImaging(word.folded)
        {
            marks[place] = true
            place += 1
            taken += 1
        }
    }

    /// "Springfield, IL 62704", "St. Louis MO 63101-1234"
    private static func american(_ index: Int, _ word: TextWord, _ text: WordedText, _ marks: inout [Bool]) {
        guard word.length == 2, states.contains(String(word.text)), let code = text[index + 1], code.kind == .digits,
            code.length == 5,
            code.before.utf8.count <= 2
        else { return }
        marks[index] = true
        marks[index + 1] = true
        if let more = text[index + 2], more.before == "-", more.kind == .digits, more.length == 4 {
            marks[index + 2] = true
        }
        var back = index - 1
        var gap = word.before
        while back >= 0, index - back <= 3, let town = text[back], town.kind == .letters, town.startsUpper,
            gap.utf8.count <= 2,
            !SafeVocabulary.standard.isImaging(town.folded)
        {
            marks[back] = true
            gap = town.before
            if gap.contains(",") { break }
            back -= 1
        }
    }

    /// "10115 Berlin", "1012 AB Amsterdam", "00-950 Warszawa", "1000-001 Lisboa", "114 55 Stockholm", "D-10115 Berlin".
    private static func continental(_ index: Int, _ word: TextWord, _ text: WordedText, _ marks: inout [Bool]) {
        guard word.kind == .digits || word.kind == .mixed && word.length == 5 else { return }
        func isTown(_ place: Int) -> Bool {
            guard let town = text[place], town.kind == .letters, town.startsUpper, town.length >= 3, town.before == " "
            else { return false }
            return SafeVocabulary.standard.standing(town.folded) != .safe
                || SafeVocabulary.standard.isAlsoName(town.folded)
        }
        var end: Int?
        switch (word.length, text[index + 1]) {
        case (5, _) where word.kind == .digits && isTown(index + 1): end = index
        case (2, let next?) where next.kind == .digits && next.length == 3 && next.before == "-" && isTown(index + 2):
            end = index + 1
        case (4, let next?) where next.kind == .digits && next.length == 3 && next.before == "-" && isTown(index + 2):
            end = index + 1
        case (3, let next?) where next.kind == .digits && next.length == 2 && next.before == " " && isTown(index + 2):
            end = index + 1
        case (4, let next?)
        where next.length == 2 && next.kind == .letters && next.startsUpper && !next.hasLower && next.before == " "
            && isTown(index + 2):
            end = index + 1
        case (4, _) where word.kind == .digits && isTown(index + 1) && isAfterStreet(word, text[index - 1]): end = index
        default: break
        }
        // "D-10115", "A-1010", "F-75001": with the letter of the country.
        if end == nil, word.kind == .digits, (4...5).contains(word.length), word.before == "-",
            let country = text[index - 1],
            country.kind == .letters, country.length <= 2, country.startsUpper, isTown(index + 1)
        {
            marks[index - 1] = true
            end = index
        }
        guard let end else { return }
        for place in index...end { marks[place] = true }
        var place = end + 1
        while place <= end + 3, let town = text[place], town.kind == .letters, town.startsUpper,
            town.before == " " || town.before == "-",
            place == end + 1 ? isTown(place) : !SafeVocabulary.standard.isImaging(town.folded)
        {
            marks[place] = true
            place += 1
        }
    }

    /// Four digits before a town are a postcode only in a list of an address.
    private static func isAfterStreet(_ word: TextWord, _ last: TextWord?) -> Bool {
        word.before.contains(",") && (last?.digits ?? 0) > 0
    }

    /// "SW1A 1AA", "M1 1AE", "D02 X285": letters and a number, then a digit and two letters.
    private static func british(_ index: Int, _ word: TextWord, _ text: WordedText, _ marks: inout [Bool]) {
        guard word.kind == .mixed, (2...4).contains(word.length), word.startsUpper, !word.hasLower,
            let inward = text[index + 1],
            inward.length == 3, inward.before == " ", !inward.hasLower, inward.kind == .mixed,
            inward.folded.utf8.first?.isDigit == true,
            inward.digits == 1, word.folded.prefix(while: { !$0.isNumber }).count <= 2,
            word.folded.dropFirst().contains(where: \.isNumber),
            // "T1W 3DT" and the like are of imaging.
            !["3dt", "2dt", "3dr", "2dr", "3ds", "2ds"].contains(inward.folded),
            !["t1", "t2", "t1w", "t2w", "b0"].contains(word.folded)
        else { return }
        marks[index] = true
        marks[index + 1] = true
        if let town = text[index - 1], word.before.utf8.count <= 2, town.kind == .letters, town.startsUpper,
            SafeVocabulary.standard.standing(town.folded) != .safe
        {
            marks[index - 1] = true
        }
    }

    private static let boxes: Set<String> = [
        "postfach", "apartado", "postbus", "casella", "skrytka", "postboks", "box",
    ]

    /// "PO Box 12", "Postfach 1234", "Apartado 55", "BP 77", "Postbus 3".
    private static func box(_ index: Int, _ word: TextWord, _ text: WordedText, _ marks: inout [Bool]) {
        guard boxes.contains(word.folded) else { return }
        if word.folded == "box" {
            let isPost =
                text[index - 1]?.folded == "po" || text[index - 1]?.folded == "o" && text[index - 2]?.folded == "p"
                || text[index - 1]?.folded == "office"
            guard isPost else { return }
        }
        var place = index + 1
        while place <= index + 3, let next = text[place], next.before.utf8.count <= 2 {
            marks[place] = next.digits > 0 || marks[place]
            if next.digits > 0 { break }
            place += 1
        }
    }
}
