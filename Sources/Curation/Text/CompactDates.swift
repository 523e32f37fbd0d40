/// Dates in one word: "20240317", "17032024", "20240317081500", "17MAR2024".
enum CompactDates {
    static func date(at index: Int, _ text: WordedText) -> DateFinder.Found? {
        guard let word = text[index], word.digits >= 3, word.length <= 24, word.length >= 5 else { return nil }
        switch word.kind {
        case .digits: return digits(word.folded, index)
        case .mixed: return stamped(word.folded, index) ?? named(word.folded, index)
        case .letters: return nil
        }
    }

    private static func found(_ index: Int, _ date: CivilDate, _ pieces: [DateFinder.Piece]) -> DateFinder.Found {
        DateFinder.Found(words: index...index, date: date, roles: [.all(pieces)])
    }

    private static func digits(_ digits: String, _ index: Int) -> DateFinder.Found? {
        guard [8, 12, 14].contains(digits.utf8.count) else { return nil }
        let (a, b, c) = (digits.prefix(4), digits.dropFirst(4).prefix(2), digits.dropFirst(6).prefix(2))
        if let year = DateFinder.year(a), let month = Int(b), let day = Int(c),
            let date = CivilDate(year: year, month: month, day: day), isTime(digits.dropFirst(8))
        {
            return found(index, date, [.year(4), .month, .day(2)])
        }
        guard digits.utf8.count == 8, let year = DateFinder.year(digits.suffix(4)) else { return nil }
        guard let first = Int(digits.prefix(2)), let second = Int(digits.dropFirst(2).prefix(2)) else { return nil }
        if let date = CivilDate(year: year, month: second, day: first) {
            return found(index, date, [.day(2), .month, .year(4)])
        }
        if let date = CivilDate(year: year, month: first, day: second) {
            return found(index, date, [.month, .day(2), .year(4)])
        }
        return nil
    }

    private static func isTime(_ digits: Substring) -> Bool {
        if digits.isEmpty { return true }
        guard let hour = Int(digits.prefix(2)), let minute = Int(digits.dropFirst(2).prefix(2)) else { return false }
        return hour < 24 && minute < 60 && (Int(digits.dropFirst(4)) ?? 0) <= 60
    }

    /// "20240317T081500"
    private static func stamped(_ folded: String, _ index: Int) -> DateFinder.Found? {
        let digits = folded.prefix { $0.isNumber }
        guard digits.utf8.count == 8, folded.dropFirst(8).first == "t", let year = DateFinder.year(digits.prefix(4)),
            let month = Int(digits.dropFirst(4).prefix(2)), let day = Int(digits.suffix(2)),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        return found(index, date, [.year(4), .month, .day(2)])
    }

    /// "17MAR2024", "17MAR24", "MAR2024", "2024MAR17"
    private static func named(_ folded: String, _ index: Int) -> DateFinder.Found? {
        let first = folded.prefix { $0.isNumber }
        let name = folded.dropFirst(first.count).prefix { !$0.isNumber }
        let last = folded.dropFirst(first.count + name.count)
        guard !name.isEmpty, last.allSatisfy(\.isNumber), let match = MonthNames.match(String(name)) else { return nil }
        let named = DateFinder.Piece.name(row: match.row, length: name.count)
        if first.isEmpty {
            guard last.count == 4, let year = DateFinder.year(last),
                let date = CivilDate(year: year, month: match.month, day: 15)
            else { return nil }
            return found(index, date, [named, .year(4)])
        }
        if first.count <= 2, last.count == 4 || last.count == 2, let year = DateFinder.year(last), let day = Int(first),
            let date = CivilDate(year: year, month: match.month, day: day)
        {
            return found(index, date, [.day(first.count), named, .year(last.count)])
        }
        if first.count == 4, (1...2).contains(last.count), let year = DateFinder.year(first), let day = Int(last),
            let date = CivilDate(year: year, month: match.month, day: day)
        {
            return found(index, date, [.year(4), named, .day(last.count)])
        }
        return nil
    }
}
