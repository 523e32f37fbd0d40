/// The ways in which numbers, codes, places and phone numbers are written.
enum IdentifierForms {
    /// A number or a code of a patient, an order, a machine.
    static func code(_ text: String, _ kind: KnownIdentifiers.Kind) -> [SearchPattern] {
        let parts = parts(of: text).flatMap(lettersAndDigits)
        let letters = Array(parts.joined())
        guard letters.count >= shortestCode, !PlaceholderValue.isPlaceholder(text) else { return [] }
        if letters.allSatisfy(TextFolding.isDigit) { return number(letters, parts, kind) }
        let hasDigits = letters.contains(where: TextFolding.isDigit)
        if !hasDigits, parts.count == 1, letters.count < 4 || CommonWords.contain(letters) { return [] }
        if !hasDigits, parts.allSatisfy({ CommonWords.contain($0) }) { return [] }
        let isLong = letters.count >= longCode && hasDigits
        return SearchPattern(parts, kind, hasDigits ? .code : .word, edges: isLong ? .none : .word).map { [$0] } ?? []
    }

    /// From this length on codes are looked for in text; shorter ones only as the whole value of such an attribute.
    static let shortestCode = 4
    /// From this length on a code is also found inside longer ones.
    static let longCode = 6

    /// Digits: as they are, and without the zeros in front.
    private static func number(
        _ digits: [UInt8], _ parts: [[UInt8]], _ kind: KnownIdentifiers.Kind
    ) -> [SearchPattern] {
        let significant = Array(digits.drop { $0 == UInt8(ascii: "0") })
        guard significant.count >= shortestCode else {
            return digits.count >= longCode ? SearchPattern([digits], kind, .number).map { [$0] } ?? [] : []
        }
        // Zeros in front of it are looked over by the judge.
        guard var pattern = SearchPattern([significant], kind, .number) else { return [] }
        if significant.count >= 7 || parts.count > 1 { pattern.gaps = .max }
        return [pattern]
    }

    /// An address or an institution: the whole of a line, two words of it side by side, and the
    /// words in it that are no common ones.
    static func place(_ text: String, _ kind: KnownIdentifiers.Kind) -> [SearchPattern] {
        var patterns: [SearchPattern] = []
        for line in text.split(whereSeparator: { "^,;\n\r".contains($0) }) {
            for words in Spelling.variants(of: line) {
                let letters = words.reduce(0) { $0 + $1.count }
                if letters >= 5, words.count > 3, let whole = SearchPattern(words, kind, .word, edges: .letters) {
                    patterns.append(whole)
                }
                for (index, word) in words.enumerated() {
                    if word.count >= 4, isTelling(word), let one = SearchPattern([word], kind, .word) {
                        patterns.append(one)
                    }
                    let pair = Array(words.dropFirst(index).prefix(2))
                    if pair.count == 2, pair[0].count + pair[1].count >= 6, pair.contains(where: isTelling),
                        let two = SearchPattern(pair, kind, .word, edges: .letters)
                    {
                        patterns.append(two)
                    }
                }
            }
        }
        return patterns
    }

    private static func isTelling(_ word: [UInt8]) -> Bool {
        guard !word.contains(where: TextFolding.isDigit), Script(of: word).map({ $0.count >= $0.shortestAlone }) == true
        else { return false }
        return !CommonWords.contain(word) && !CommonWords.ofPlaces.contains(word)
            && !CommonWords.particles.contains(word)
            && !PlaceholderValue.isPlaceholder(word: word)
    }

    /// Phone numbers and electronic addresses, one or more in a text.
    static func contact(_ text: String) -> [SearchPattern] {
        var patterns: [SearchPattern] = []
        let words = text.split(whereSeparator: { ",;|\n\r\t<>".contains($0) }).flatMap { line in
            line.contains("@") ? line.split(separator: " ") : [line]
        }
        for word in words {
            if let at = word.firstIndex(of: "@") {
                if let whole = SearchPattern(parts(of: word), .phone, .word, edges: .none) { patterns.append(whole) }
                let local = parts(of: word[..<at])
                if local.reduce(0, { $0 + $1.count }) >= 5, !local.allSatisfy({ CommonWords.contain($0) }),
                    let name = SearchPattern(local, .phone, .word)
                {
                    patterns.append(name)
                }
                continue
            }
            let digits = word.utf8.filter(TextFolding.isDigit).drop { $0 == UInt8(ascii: "0") }
            guard digits.count >= 7, digits.count <= 20 else { continue }
            // The country's code may be there or not: the last nine digits are the subscriber's.
            if var pattern = SearchPattern([Array(digits.suffix(9))], .phone, .phone) {
                pattern.gaps = .max
                patterns.append(pattern)
            }
        }
        return patterns
    }

    /// Parted where letters and digits meet: "HOSP12" is written "HOSP-12" as well.
    private static func lettersAndDigits(_ word: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        for byte in word {
            if let last = parts.last?.last, TextFolding.isDigit(last) == TextFolding.isDigit(byte) {
                parts[parts.count - 1].append(byte)
            } else {
                parts.append([byte])
            }
        }
        return parts
    }

    private static func parts(of text: some StringProtocol) -> [[UInt8]] {
        TextFolding.folded(text).split(separator: TextFolding.separator).map { Array($0) }
    }
}
