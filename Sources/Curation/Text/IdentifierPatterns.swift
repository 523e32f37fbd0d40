/// What has the form of an identifier, whoever's it is: marks the tokens that have to go.
enum IdentifierPatterns {
    static func mark(_ tokens: [TextToken], _ marks: inout [Bool]) {
        markAddressesOfMachines(tokens, &marks)
        markNumbers(tokens, &marks)
        markPhones(tokens, &marks)
        markPeople(tokens, &marks)
        StreetAddresses.mark(tokens, &marks)
    }

    // MARK: Mail, web, UIDs

    /// "name@place.org", "http://…", "1.2.840.…", "192.168.1.7": everything up to the next white space.
    private static func markAddressesOfMachines(_ tokens: [TextToken], _ marks: inout [Bool]) {
        for chunk in chunks(tokens) {
            let parts = tokens[chunk].filter { !$0.isBetween }
            let text = tokens[chunk].map(\.text).joined()
            let isMail = text.contains("@") && parts.count >= 2
            let isWeb = text.contains("://") || parts.first?.folded == "www" && parts.count >= 3
            let dots = tokens[chunk].count { $0.isBetween && $0.text == "." }
            let isDotted = parts.allSatisfy { $0.kind == .number } && (dots >= 4 || dots == 3 && parts.count == 4)
            if isMail || isWeb || isDotted { for index in chunk where !tokens[index].isBetween { marks[index] = true } }
        }
    }

    /// Runs of tokens without white space between them.
    private static func chunks(_ tokens: [TextToken]) -> [ClosedRange<Int>] {
        var chunks: [ClosedRange<Int>] = []
        var start: Int?
        for (index, token) in tokens.enumerated() {
            if token.isBetween, token.text.contains(where: \.isWhitespace) {
                if let first = start { chunks.append(first...(index - 1)) }
                start = nil
            } else if start == nil {
                start = index
            }
        }
        if let first = start { chunks.append(first...(tokens.count - 1)) }
        return chunks
    }

    // MARK: Numbers

    /// Long numbers, and codes with many digits in them, are somebody's.
    private static func markNumbers(_ tokens: [TextToken], _ marks: inout [Bool]) {
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .number where token.text.utf8.count >= 6: marks[index] = true
            case .mixed where token.digits >= 5: marks[index] = true
            // "123-45-6789"
            case .number
            where index + 4 < tokens.count && lengths(tokens, index) == [3, 2, 4] && tokens[index + 1].text == "-":
                for place in [index, index + 2, index + 4] { marks[place] = true }
            default: break
            }
        }
    }

    private static func lengths(_ tokens: [TextToken], _ index: Int) -> [Int] {
        [index, index + 2, index + 4].map { tokens[$0].kind == .number ? tokens[$0].text.utf8.count : 0 }
    }

    /// Groups of digits that together are a telephone number: after a plus sign, a bracket or a leading zero, or parted by
    /// hyphens as in "555-123-4567".
    private static func markPhones(_ tokens: [TextToken], _ marks: inout [Bool]) {
        var index = 0
        while index < tokens.count {
            guard tokens[index].kind == .number else {
                index += 1
                continue
            }
            var end = index
            var digits = tokens[index].text.utf8.count
            var separators = ""
            while end + 2 < tokens.count, tokens[end + 1].text.count <= 2, tokens[end + 2].kind == .number,
                tokens[end + 1].text.allSatisfy({ "-. ()/".contains($0) })
            {
                separators += tokens[end + 1].text
                digits += tokens[end + 2].text.utf8.count
                end += 2
            }
            let before = index > 0 ? tokens[index - 1].text.last : nil
            let isIntroduced = before == "+" || before == "(" || tokens[index].text.hasPrefix("0") && digits >= 9
            let isHyphened =
                separators.count { $0 == "-" } >= 1 && (end - index) / 2 >= 1 && tokens[end].text.utf8.count == 4
            if (7...15).contains(digits), end > index, isIntroduced || isHyphened && digits >= 7 {
                for place in index...end where !tokens[place].isBetween { marks[place] = true }
            }
            index = end + 1
        }
    }

    // MARK: Labels and people

    private static let labels: Set<String> = [
        "mrn", "acc", "accession", "pid", "patientid", "id", "ssn", "nhs", "nhsnr", "dob", "geb", "tel", "phone", "fax",
        "mobile",
        "cell", "ph", "room", "bed", "ward", "zimmer", "visit", "encounter", "account", "acct", "csn", "fin", "nip",
        "nif", "dni",
        "bsn", "insurance", "policy", "born", "birth", "birthdate", "geboren", "nacido", "nacida", "nato", "nata", "ne",
        "nee", "license", "licence", "plate", "serial", "sn", "pat", "patnr", "fallnr",
        "fallnummer",
    ]
    private static let nameLabels: Set<String> = [
        "name", "nombre", "nom", "nome", "naam", "patient", "pt", "paciente", "paziente",
    ]
    private static let titles: Set<String> = [
        "dr", "doctor", "drs", "prof", "professor", "mr", "mrs", "ms", "miss", "herr", "frau", "sr", "sra", "dra",
        "dott", "dottssa",
        "mme", "mlle", "monsieur", "madame", "hr", "fr", "pan", "pani", "dhr", "mevr", "signor", "signora", "senor",
        "senora",
    ]
    private static let roles: Set<String> = [
        "by", "from", "radiologist", "technologist", "technician", "tech", "operator", "physician", "attending",
        "referring",
        "referrer", "consultant", "resident", "surgeon", "nurse", "cc", "attn", "signed", "dictated", "transcribed",
        "von", "par", "por",
        "mother", "father", "wife", "husband", "son", "daughter", "brother", "sister",
    ]

    /// "MRN: 4711", "Acc# 12": what follows a label, where it has a digit or is set off by a colon.
    static func markLabelled(_ tokens: [TextToken], _ marks: inout [Bool]) {
        for (index, token) in tokens.enumerated() where labels.contains(token.folded) {
            var next = index + 1
            var isSetOff = false
            while next < tokens.count,
                tokens[next].isBetween || ["no", "nr", "number", "num", "nummer"].contains(tokens[next].folded)
            {
                isSetOff = isSetOff || tokens[next].text.contains { ":#=".contains($0) }
                next += 1
            }
            guard next < tokens.count, isSetOff || tokens[next].digits >= 2 else { continue }
            var last = next
            // Further groups of the same number.
            while last + 2 < tokens.count, tokens[last + 1].text.count == 1, tokens[last + 2].digits > 0,
                "-/. ".contains(tokens[last + 1].text)
            {
                last += 2
            }
            for place in next...last where !tokens[place].isBetween { marks[place] = true }
        }
    }

    /// People by what stands before their names: "Dr. Smith", "read by John Smith", "Name: Jane Doe".
    private static func markPeople(_ tokens: [TextToken], _ marks: inout [Bool]) {
        for (index, token) in tokens.enumerated() where !token.isBetween {
            let isTitle = titles.contains(token.folded)
            let isLabel =
                nameLabels.contains(token.folded) && index + 1 < tokens.count && tokens[index + 1].text.contains(":")
            guard isTitle || isLabel || roles.contains(token.folded) else { continue }
            var place = index + 1
            var taken = 0
            while place < min(index + 16, tokens.count), taken < 4 {
                let next = tokens[place]
                if next.isBetween {
                    // A name ends with the sentence, but "Dr. J. Smith" goes on.
                    if next.text.contains(where: { ";\n)".contains($0) }) { break }
                    if taken > 0, next.text.contains(","), !isLabel { break }
                    place += 1
                    continue
                }
                if titles.contains(next.folded) || roles.contains(next.folded) {
                    place += 1
                    continue
                }
                let isSafe = SafeVocabulary.standard.contains(next.folded)
                guard next.kind == .word, next.startsUpper || isTitle && taken == 0 && !isSafe else { break }
                if isSafe && !isTitle && next.folded.count > 2 { break }
                marks[place] = true
                taken += 1
                place += 1
            }
        }
    }
}
