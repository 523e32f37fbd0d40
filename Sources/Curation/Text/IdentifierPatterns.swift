/// What has the form of an identifier, whoever's it is: marks the words that have to go.
enum IdentifierPatterns {
    /// What goes from every text, also from such as is otherwise kept as it is.
    static func mark(_ text: WordedText, _ marks: inout [Bool]) {
        NetworkPatterns.mark(text, &marks)
        PhonePatterns.mark(text, &marks)
        NumberPatterns.markGroups(text, &marks)
        LabelledValues.mark(text, &marks)
        PeoplePatterns.mark(text, &marks)
        StreetAddresses.mark(text, &marks)
        Institutions.mark(text, &marks)
        Residences.mark(text, &marks)
    }

    /// Numbers that are too long to be a measure.
    static func markNumbers(_ text: WordedText, _ marks: inout [Bool]) {
        NumberPatterns.markLong(text, &marks)
    }
}

/// Addresses of machines and of people in networks: mail, web, IP, MAC, UID, paths.
enum NetworkPatterns {
    static func mark(_ text: WordedText, _ marks: inout [Bool]) {
        var start = 0
        while start < text.words.count {
            var end = start + 1
            while let word = text[end], !word.before.contains(where: \.isWhitespace) { end += 1 }
            if isAddress(start..<end, text) { for index in start..<end { marks[index] = true } }
            start = end
        }
    }

    /// Whether words without white space between them are an address.
    private static func isAddress(_ range: Range<Int>, _ text: WordedText) -> Bool {
        guard range.count >= 2, let first = text[range.lowerBound] else { return false }
        let words = text.words[range]
        let gaps = words.dropFirst().map(\.before)
        if gaps.contains("@"), range.count >= 3 || words.last?.length ?? 0 > 3 { return true }
        if gaps.contains("://") || first.before.hasSuffix("\\\\") { return true }
        if first.folded == "www", gaps.first == "." { return true }
        if gaps.count >= 1, gaps.allSatisfy({ $0 == "." || $0 == "-" }), isHost(words) { return true }
        let numbers = words.filter { $0.kind == .digits }
        if gaps.count(where: { $0 == "." }) >= 4, numbers.count == words.count { return true }
        if gaps == [".", ".", "."], numbers.count == 4, words.allSatisfy({ ($0.number ?? 256) <= 255 }) { return true }
        // Hardware addresses, and those of the longer internet protocol.
        let isHex = words.allSatisfy {
            $0.length <= 4 && $0.folded.utf8.allSatisfy { $0.isDigit || (0x61...0x66).contains($0) }
        }
        if isHex, gaps.count >= 5, gaps.allSatisfy({ $0 == ":" || $0 == "::" || $0 == "-" }), Set(gaps).count <= 2 {
            return words.contains { $0.kind != .digits } || gaps.contains(":") && gaps.count >= 5
        }
        return isHex && gaps.contains("::")
    }

    /// "pacs.example.org": ends with a domain, and is no list of words.
    private static func isHost(_ words: ArraySlice<TextWord>) -> Bool {
        guard let last = words.last, domains.contains(last.folded), last.before == "." else { return false }
        return words.count >= 3 || words.contains { !SafeVocabulary.standard.contains($0.folded) }
    }

    private static let domains: Set<String> = [
        "com", "org", "net", "edu", "gov", "info", "eu", "de", "fr", "es", "it", "nl", "pt", "pl", "gr", "se", "dk",
        "fi", "cz",
        "hu", "ro", "hr", "si", "sk", "bg", "ee", "lv", "lt", "ie", "uk", "at", "ch", "be", "lu", "mt", "cy", "local",
        "lan",
    ]
}

/// Telephone numbers: groups of digits after a plus sign, a bracket or a leading zero, or in the groups of a country.
enum PhonePatterns {
    /// Lengths of groups that are nothing else where all of them match, parted by single marks.
    private static let shapes: Set<[Int]> = [
        [3, 3, 4], [3, 4, 4], [2, 2, 2, 2, 2], [3, 3, 3], [2, 3, 2, 2], [4, 3, 3], [5, 6], [3, 2, 2, 2], [3, 7],
        [2, 8],
    ]

    static func mark(_ text: WordedText, _ marks: inout [Bool]) {
        var start = 0
        while start < text.words.count {
            guard let first = text[start], first.kind == .digits else {
                start += 1
                continue
            }
            var end = start + 1
            var lengths = [first.length]
            while let word = text[end], word.kind == .digits, word.before.utf8.count <= 3, !word.before.isEmpty,
                word.before.allSatisfy({ "-. ()/".contains($0) }), lengths.count < 12
            {
                lengths.append(word.length)
                end += 1
            }
            if isPhone(text, start, lengths) { for index in start..<end { marks[index] = true } }
            start = end
        }
    }

    private static func isPhone(_ text: WordedText, _ start: Int, _ lengths: [Int]) -> Bool {
        guard let first = text[start] else { return false }
        let digits = lengths.reduce(0, +)
        guard (7...15).contains(digits) else { return false }
        if first.before.last == "+", digits >= 8 { return true }
        guard lengths.count >= 2 else { return false }
        let gaps = text.words[(start + 1)..<(start + lengths.count)].map(\.before)
        // "(217) 555-0142"
        if first.before.last == "(", gaps.first?.first == ")", digits >= 9, first.length >= 2 { return true }
        // Measures are parted by points and slashes; a list of them has many zeros.
        let isGrouped = gaps.allSatisfy { $0 == "-" || $0 == " " || $0 == "." || $0 == "/" } && Set(gaps).count <= 2
        if first.length >= 2, first.folded.hasPrefix("0"), digits >= 9, isGrouped,
            lengths.dropFirst().allSatisfy({ $0 >= 2 })
        {
            return true
        }
        if shapes.contains(lengths), isGrouped, Set(gaps).count == 1 {
            return gaps.first == "-" || isPlain(text, start, lengths)
        }
        return lengths == [3, 4] && gaps == ["-"]
    }

    /// Groups with spaces: not where they look like a row of rounded measures.
    private static func isPlain(_ text: WordedText, _ start: Int, _ lengths: [Int]) -> Bool {
        let words = text.words[start..<start + lengths.count]
        return lengths.reduce(0, +) >= 9 && !words.allSatisfy { $0.folded.hasSuffix("0") || $0.folded.hasSuffix("5") }
    }
}
