/// Addresses of places where people live, in the forms of several countries.
enum StreetAddresses {
    private static let after: Set<String> = [
        "street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd", "lane", "ln", "drive", "dr", "court", "ct",
        "place", "pl",
        "square", "sq", "terrace", "way", "parkway", "pkwy", "circle", "cir", "highway", "hwy", "close", "crescent",
        "row", "mews",
    ]
    private static let before: Set<String> = [
        "calle", "avenida", "avda", "plaza", "paseo", "carrer", "rue", "avenue", "boulevard", "chemin", "allee",
        "impasse", "quai", "via",
        "viale", "piazza", "corso", "rua", "praca", "travessa", "ulica", "ul", "odos", "am", "an", "zum", "zur",
    ]
    private static let endings = [
        "strasse", "str", "weg", "platz", "gasse", "allee", "ring", "damm", "ufer", "straat", "laan", "plein", "gracht",
        "kade", "dreef",
        "gatan", "vagen", "gade", "vej", "katu", "utca",
    ]
    private static let states: Set<String> = Set(
        """
        AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD
        TN TX UT VT VA WA WV WI WY DC
        """.split { $0.isWhitespace }.map(String.init))

    static func mark(_ tokens: [TextToken], _ marks: inout [Bool]) {
        let parts = tokens.indices.filter { !tokens[$0].isBetween }
        for place in parts.indices {
            markNumberFirst(place, parts, tokens, &marks)
            markStreetFirst(place, parts, tokens, &marks)
            markPostcode(place, parts, tokens, &marks)
        }
    }

    private static func isNumber(_ token: TextToken) -> Bool {
        token.digits >= 1 && token.text.count <= 5 && token.text.first?.isNumber == true
    }

    /// "123 Main Street", "12 rue de la Paix".
    private static func markNumberFirst(_ place: Int, _ parts: [Int], _ tokens: [TextToken], _ marks: inout [Bool]) {
        guard isNumber(tokens[parts[place]]) else { return }
        for end in place + 1..<max(min(place + 6, parts.count), place + 1) {
            let token = tokens[parts[end]]
            guard token.kind == .word else { return }
            let isStreet = end > place + 1 && after.contains(token.folded) && tokens[parts[end - 1]].startsUpper
            if isStreet {
                for index in place...end { marks[parts[index]] = true }
                markUnit(end + 1, parts, tokens, &marks)
                return
            }
            if end == place + 1,
                ["rue", "avenue", "boulevard", "chemin", "allee", "impasse", "quai", "place"].contains(token.folded)
            {
                for index in place..<min(place + 6, parts.count)
                where index <= end + 1 || tokens[parts[index]].kind == .word {
                    marks[parts[index]] = true
                }
                return
            }
        }
    }

    /// "Apt 4B", "Suite 200".
    private static func markUnit(_ place: Int, _ parts: [Int], _ tokens: [TextToken], _ marks: inout [Bool]) {
        guard place + 1 < parts.count, ["apt", "suite", "unit", "floor", "flat"].contains(tokens[parts[place]].folded)
        else { return }
        marks[parts[place]] = true
        marks[parts[place + 1]] = true
    }

    /// "Hauptstraße 12", "Calle Mayor 5", "Via Roma 10".
    private static func markStreetFirst(_ place: Int, _ parts: [Int], _ tokens: [TextToken], _ marks: inout [Bool]) {
        let token = tokens[parts[place]]
        guard token.kind == .word else { return }
        let isCompound =
            token.startsUpper && token.folded.count >= 6
            && endings.contains { token.folded.hasSuffix($0) && token.folded != $0 }
        let isSplit =
            token.startsUpper && place + 1 < parts.count
            && ["str", "strasse", "straat", "weg", "platz"].contains(tokens[parts[place + 1]].folded)
        if isCompound || isSplit {
            let end = isSplit ? place + 1 : place
            guard end + 1 < parts.count, isNumber(tokens[parts[end + 1]]) else { return }
            for index in place...end + 1 { marks[parts[index]] = true }
        } else if before.contains(token.folded), place + 1 < parts.count, tokens[parts[place + 1]].kind == .word {
            var end = place + 1
            while end < min(place + 5, parts.count), tokens[parts[end]].kind == .word { end += 1 }
            guard end < parts.count, isNumber(tokens[parts[end]]),
                tokens[parts[place + 1...end - 1].last ?? parts[place]].startsUpper
            else { return }
            for index in place...end { marks[parts[index]] = true }
        }
    }

    /// "Springfield, IL 62704", "10115 Berlin", "1012 AB Amsterdam", "SW1A 1AA", "PO Box 12".
    private static func markPostcode(_ place: Int, _ parts: [Int], _ tokens: [TextToken], _ marks: inout [Bool]) {
        let token = tokens[parts[place]]
        func next(_ step: Int) -> TextToken? { place + step < parts.count ? tokens[parts[place + step]] : nil }
        if states.contains(String(token.text)), let code = next(1), code.kind == .number, code.text.count == 5 {
            marks[parts[place]] = true
            marks[parts[place + 1]] = true
            // The town before it.
            var back = place - 1
            while back >= 0, place - back <= 3, tokens[parts[back]].kind == .word, tokens[parts[back]].startsUpper,
                !SafeVocabulary.standard.contains(tokens[parts[back]].folded)
            {
                marks[parts[back]] = true
                back -= 1
            }
        }
        if token.kind == .number, token.text.count == 5, let town = next(1), town.kind == .word, town.startsUpper,
            !SafeVocabulary.standard.contains(town.folded), town.text.count >= 3
        {
            marks[parts[place]] = true
            marks[parts[place + 1]] = true
        }
        if token.kind == .number, token.text.count == 4, let letters = next(1), letters.text.count == 2,
            letters.text.allSatisfy(\.isUppercase), let town = next(2), town.startsUpper, town.kind == .word,
            !SafeVocabulary.standard.contains(town.folded)
        {
            for step in 0...2 { marks[parts[place + step]] = true }
        }
        if isBritish(token, next(1)) {
            marks[parts[place]] = true
            marks[parts[place + 1]] = true
        }
        if token.folded == "po", next(1)?.folded == "box" {
            for step in 0..<min(3, parts.count - place) { marks[parts[place + step]] = true }
        }
    }

    /// "SW1A 1AA": letters and a number, then a digit and two letters.
    private static func isBritish(_ outward: TextToken, _ inward: TextToken?) -> Bool {
        guard let inward, inward.text.count == 3, inward.text.first?.isNumber == true,
            inward.text.dropFirst().allSatisfy({ $0.isUppercase && $0.isASCII }), (2...4).contains(outward.text.count),
            outward.kind == .mixed, outward.text.first?.isUppercase == true
        else { return false }
        // "T1W 3DT" and the like are of imaging.
        return !["3DT", "2DT"].contains(inward.text) && outward.text.prefix { $0.isLetter }.count <= 2
            && outward.text.dropFirst().contains(where: \.isNumber)
    }
}
