/// Dates in numbers: "2024-03-17", "17/03/2024", "17.3.24", "2024/03", "2024年3月17日".
enum NumericDates {
    static func date(at index: Int, _ text: WordedText) -> DateFinder.Found? {
        guard let first = text[index], first.kind == .digits, first.length <= 4 else { return nil }
        return ideographic(index, text) ?? three(index, text) ?? two(index, text)
    }

    // MARK: Three numbers

    private static func three(_ index: Int, _ text: WordedText) -> DateFinder.Found? {
        guard let first = text[index], let second = text[index + 1], let third = text[index + 2],
            second.kind == .digits,
            let separator = separator(second), separator == self.separator(third), second.length <= 2
        else { return nil }
        // A time of day may follow at once: "2024-03-17T08".
        let last = third.kind == .mixed ? third.folded.prefix { $0.isNumber } : third.folded[...]
        guard third.kind != .letters, third.kind == .digits || last.count == 2 && third.folded.dropFirst(2).first == "t"
        else { return nil }
        guard let a = Int(first.folded), let b = Int(second.folded), let c = Int(last) else { return nil }
        let range = index...index + 2

        if first.length == 4 {
            guard last.utf8.count <= 2, let year = DateFinder.year(first.folded),
                let date = CivilDate(year: year, month: b, day: c), separator != "." || !isFlanked(range, text)
            else { return nil }
            return DateFinder.Found(words: range, date: date, roles: [.year, .month, .day])
        }
        guard first.length <= 2, third.kind == .digits, let year = DateFinder.year(last) else { return nil }
        if last.utf8.count == 2 {
            // "5-10-15" and "1.2.05" may be anything: two digits each, where hyphens or dots part them.
            guard separator == "/" || first.length == 2 && second.length == 2, !isFlanked(range, text) else {
                return nil
            }
        } else if separator == "." && isFlanked(range, text) {
            return nil
        }
        if let date = CivilDate(year: year, month: b, day: a) {
            return DateFinder.Found(words: range, date: date, roles: [.day, .month, .year])
        }
        guard separator != "-" || last.utf8.count == 4, let date = CivilDate(year: year, month: a, day: b) else {
            return nil
        }
        return DateFinder.Found(words: range, date: date, roles: [.month, .day, .year])
    }

    /// The mark between two numbers of a date.
    private static func separator(_ word: TextWord) -> Character? {
        var found: Character?
        for scalar in word.before.unicodeScalars {
            if scalar == " " { continue }
            guard found == nil, word.before.utf8.count <= 5 else { return nil }
            switch scalar {
            case "-", "–", "—", "‐", "‑", "−": found = "-"
            case "/": found = "/"
            case ".": found = "."
            default: return nil
            }
        }
        return found
    }

    private static let marks: Set<Substring> = ["-", "/", ".", ","]

    /// Whether further numbers hang on to these, as in a UID or a list.
    private static func isFlanked(_ range: ClosedRange<Int>, _ text: WordedText) -> Bool {
        if let first = text[range.lowerBound], marks.contains(first.before), text[range.lowerBound - 1]?.kind == .digits
        {
            return true
        }
        if let next = text[range.upperBound + 1], marks.contains(next.before), next.kind != .letters { return true }
        return false
    }

    // MARK: Month and year

    /// "2024/03", "03/2024". Full hundreds and fifties are more likely a repetition time beside an echo time.
    private static func two(_ index: Int, _ text: WordedText) -> DateFinder.Found? {
        guard let first = text[index]?.length, let second = text[index + 1]?.length, first + second == 6 else {
            return nil
        }
        guard let first = text[index], let second = text[index + 1], second.kind == .digits,
            second.before.utf8.count == 1,
            let separator = separator(second), separator != ".", !isFlanked(index...index + 1, text)
        else { return nil }
        let (year, month) = first.length == 4 ? (first, second) : (second, first)
        guard year.length == 4, month.length == 2, let number = DateFinder.year(year.folded), number % 50 != 0,
            (1920...2049).contains(number), let digits = Int(month.folded),
            let date = CivilDate(year: number, month: digits, day: 15)
        else { return nil }
        return DateFinder.Found(
            words: index...index + 1, date: date, roles: first.length == 4 ? [.year, .month] : [.month, .year])
    }

    // MARK: Ideographs

    private static func ideographic(_ index: Int, _ text: WordedText) -> DateFinder.Found? {
        guard let year = text[index], year.length == 4, let month = text[index + 2], let day = text[index + 4],
            month.kind == .digits, day.kind == .digits,
            isSign(text[index + 1], ["年", "년"]), isSign(text[index + 3], ["月", "월"]),
            isSign(text[index + 5], ["日", "일"]),
            let number = DateFinder.year(year.folded), let b = month.number, let c = day.number,
            let date = CivilDate(year: number, month: b, day: c)
        else { return nil }
        return DateFinder.Found(
            words: index...index + 5, date: date, roles: [.year, .other, .month, .other, .day, .other])
    }

    private static func isSign(_ word: TextWord?, _ signs: [Character]) -> Bool {
        guard let first = word?.text.first else { return false }
        return signs.contains(first)
    }
}
