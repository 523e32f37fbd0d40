/// Numbers that are somebody's.
enum NumberPatterns {
    /// Digits from which on a number is no measure.
    private static let long = 6

    /// Long numbers, and what hangs on to them: "S24-123456".
    static func markLong(_ text: WordedText, _ marks: inout [Bool]) {
        for (index, word) in text.words.enumerated() where word.kind == .digits && isLong(word, index, text) {
            marks[index] = true
            guard word.length >= long else { continue }
            var place = index
            while let here = text[place], here.before == "-", let other = text[place - 1],
                other.digits > 0 || other.length <= 3 && !SafeVocabulary.standard.contains(other.folded)
            {
                marks[place - 1] = true
                place -= 1
            }
            place = index + 1
            while let other = text[place], other.before == "-" || other.before == "/", other.digits > 0,
                other.digits < 8
            {
                marks[place] = true
                place += 1
            }
        }
    }

    private static func isLong(_ word: TextWord, _ index: Int, _ text: WordedText) -> Bool {
        guard word.length >= long - 1 else { return false }
        // The rest of a decimal number.
        if word.before == ".", text[index - 1]?.kind == .digits, text[index - 1]?.length ?? 9 <= 4,
            text[index - 1]?.before.last != "."
        {
            return word.length > 12
        }
        return word.length >= long || !(text[index + 1].map { $0.isNext && units.contains($0.folded) } ?? false)
    }

    private static let units: Set<String> = [
        "mm", "cm", "ml", "cc", "hz", "khz", "ms", "mbq", "kbq", "bq", "px", "dpi", "hu",
    ]

    // MARK: Numbers of states

    /// Lengths of groups in numbers that states give out, with what parts them.
    private static let groups: [([Int], [Substring])] = [
        ([3, 2, 4], ["-"]), ([3, 2, 4], [" "]),  // United States
        ([6, 4], ["-", "+"]), ([8, 4], ["-"]), ([6, 3], ["/"]), ([6, 4], ["/"]),  // Denmark, Sweden; Czechia
        ([2, 2, 2, 3, 2], [".", "-", " "]),  // Belgium
        ([1, 2, 2, 2, 3, 3, 2], [" "]), ([1, 2, 2, 2, 3, 3], [" "]),  // France
        ([2, 6, 3], [" ", "-"]), ([3, 3, 3], ["-", "."]), ([4, 4, 4, 4], [" ", "-"]),  // cards
    ]

    static func markGroups(_ text: WordedText, _ marks: inout [Bool]) {
        for (start, word) in text.words.enumerated() {
            if word.kind == .digits, word.length <= 8, text[start + 1]?.kind == .digits {
                for (lengths, gaps) in groups where lengths.first == word.length && matches(start, lengths, gaps, text)
                {
                    for index in start..<start + lengths.count { marks[index] = true }
                }
            }
            markMixed(start, word, text, &marks)
        }
    }

    private static func matches(_ start: Int, _ lengths: [Int], _ gaps: [Substring], _ text: WordedText) -> Bool {
        for (offset, length) in lengths.enumerated() {
            guard let word = text[start + offset], word.kind == .digits, word.length == length,
                offset == 0 || gaps.contains(word.before)
            else { return false }
        }
        // Not the middle of a longer list.
        let next = text[start + lengths.count]
        return !(next?.kind == .digits && gaps.contains(next?.before ?? ""))
    }

    /// "QQ 12 34 56 C" of Britain, "AB-123-CD" on a car, "DE89 3704 0044 …" of a bank, "B-MW 1234".
    private static func markMixed(_ start: Int, _ word: TextWord, _ text: WordedText, _ marks: inout [Bool]) {
        guard word.startsUpper, !word.hasLower, word.kind != .digits, word.length == 2 || word.length == 4 else {
            return
        }
        func length(_ offset: Int) -> Int { text[start + offset].map { $0.kind == .digits ? $0.length : 0 } ?? 0 }
        func marked(_ last: Int, _ marks: inout [Bool]) { for index in start...last { marks[index] = true } }
        if word.kind == .letters, word.length == 2 {
            if length(1) == 2, length(2) == 2, length(3) == 2, let last = text[start + 4], last.length == 1,
                last.startsUpper
            {
                marked(start + 4, &marks)
            }
            if length(1) == 3, text[start + 1]?.before == "-", let last = text[start + 2], last.before == "-",
                last.kind == .letters, last.length == 2, last.startsUpper
            {
                marked(start + 2, &marks)
            }
        } else if word.length == 4, word.digits == 2, word.folded.utf8.prefix(2).allSatisfy({ !$0.isDigit }),
            length(1) == 4,
            length(2) == 4, length(3) == 4
        {
            var end = start + 3
            while let next = text[end + 1], next.digits > 0, next.length <= 4, next.before == " " { end += 1 }
            marked(end, &marks)
        }
    }
}
