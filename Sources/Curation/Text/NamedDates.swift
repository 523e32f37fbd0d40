/// Dates with the month by its name: "17 March 2024", "Mar 17, 2024", "17 de marzo de 2024", "März 2024".
enum NamedDates {
    private static let endings: Set<Substring> = ["st", "nd", "rd", "th", "er", "e", "o", "a"]
    /// Small words inside a date.
    private static let fillers: Set<String> = ["de", "del", "of", "den", "do", "a", "m", "el", "di", "the", "al"]

    static func date(at index: Int, _ text: WordedText) -> DateFinder.Found? {
        guard let first = text[index] else { return nil }
        var scan = Scan(text: text, index: index)
        if let match = month(first) {
            scan.take(.name(match.row))
            return afterMonth(match, scan)
        }
        guard first.kind != .letters else { return nil }
        if first.length == 4, let year = DateFinder.year(first.folded) {
            scan.take(.year)
            guard let name = scan.next(skipping: fillers), let match = month(name) else { return nil }
            scan.take(.name(match.row))
            guard let day = scan.next(), let number = dayNumber(day),
                let date = CivilDate(year: year, month: match.month, day: number)
            else { return nil }
            scan.take(.day)
            return scan.found(date)
        }
        guard let day = dayNumber(first) else { return nil }
        scan.take(.day)
        guard let name = scan.next(skipping: fillers), let match = month(name) else { return nil }
        scan.take(.name(match.row))
        var withYear = scan
        if let year = withYear.next(skipping: fillers), year.kind == .digits, year.length == 4 || year.length == 2,
            let number = DateFinder.year(year.folded), let date = CivilDate(year: number, month: match.month, day: day)
        {
            withYear.take(.year)
            return withYear.found(date)
        }
        // "17 March": nobody can say of which year. Short names are words of many languages.
        return name.length >= 5 && (1...31).contains(day) ? scan.found(nil) : nil
    }

    private static func afterMonth(_ match: MonthNames.Match, _ scan: Scan) -> DateFinder.Found? {
        var withDay = scan
        var dayAlone: DateFinder.Found?
        if let day = withDay.next(), day.length <= 4, let number = dayNumber(day) {
            withDay.take(.day)
            // "June 5": nobody can say of which year. In small letters, or with a stop, other words of many languages.
            if scan.isLongName, (1...31).contains(number), day.before == " " { dayAlone = withDay.found(nil) }
            if let year = withDay.next(skipping: fillers), year.kind == .digits, year.length == 4 || year.length == 2,
                let full = DateFinder.year(year.folded),
                let date = CivilDate(year: full, month: match.month, day: number)
            {
                withDay.take(.year)
                return withDay.found(date)
            }
        }
        var scan = scan
        guard let year = scan.next(skipping: fillers), year.kind == .digits, year.length == 4,
            let full = DateFinder.year(year.folded), let date = CivilDate(year: full, month: match.month, day: 15)
        else { return dayAlone }
        scan.take(.year)
        return scan.found(date)
    }

    private static func month(_ word: TextWord) -> MonthNames.Match? {
        word.kind == .letters && word.length >= 3 ? MonthNames.match(word.folded) : nil
    }

    /// "17", "17th", "1er"
    private static func dayNumber(_ word: TextWord) -> Int? {
        guard word.kind != .letters, word.length <= 4 else { return nil }
        if word.kind == .digits { return word.length <= 2 ? word.number : nil }
        let digits = word.folded.prefix { $0.isNumber }
        guard digits.count <= 2, endings.contains(word.folded.dropFirst(digits.count)) else { return nil }
        return Int(digits)
    }
}

/// The words of a date that is being read.
private struct Scan {
    let text: WordedText
    let start: Int
    private var index: Int
    private var roles: [DateFinder.Role] = []

    init(text: WordedText, index: Int) {
        self.text = text
        self.index = index
        start = index
    }

    /// The next word of the date, if it stands close enough; small words before it are passed.
    mutating func next(skipping fillers: Set<String> = []) -> TextWord? {
        for _ in 0..<3 {
            guard let word = text[index], word.before.utf8.count <= 3,
                word.before.allSatisfy({ " .,-/'’_\u{A0}º".contains($0) })
            else { return nil }
            guard fillers.contains(word.folded) else { return word }
            take(.other)
        }
        return nil
    }

    /// Whether the date begins with the name of a month that is written out, with a capital.
    var isLongName: Bool { text[start].map { $0.startsUpper && $0.length >= 4 } ?? false }

    mutating func take(_ role: DateFinder.Role) {
        roles.append(role)
        index += 1
    }

    func found(_ date: CivilDate?) -> DateFinder.Found {
        DateFinder.Found(words: start...start + roles.count - 1, date: date, roles: roles)
    }
}
