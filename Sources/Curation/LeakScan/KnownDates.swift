/// Days that must not be found, and the forms in which days are written.
struct KnownDates: Sendable {
    private var kinds: [Int32: KindSet] = [:]

    var isEmpty: Bool { kinds.isEmpty }

    mutating func insert(_ date: CivilDate, _ kind: KnownIdentifiers.Kind) {
        kinds[Self.key(date.year, date.month, date.day), default: []].insert(KindSet(kind))
    }

    /// What a day is known as; nothing for other days and for what is no day.
    func kinds(_ year: Int, _ month: Int, _ day: Int) -> KindSet {
        guard (1...12).contains(month), (1...31).contains(day), (1...9999).contains(year) else { return [] }
        return kinds[Self.key(year, month, day)] ?? []
    }

    func kinds(_ date: CivilDate) -> KindSet { kinds(date.year, date.month, date.day) }

    private static func key(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
        Int32(truncatingIfNeeded: year * 10_000 + month * 100 + day)
    }
}

/// A day that was found in a text.
struct SpottedDate {
    let kinds: KindSet
    let date: CivilDate
}

extension KnownDates {
    /// The known day that is written where a run of digits begins: "20240317", with a time behind it or not,
    /// "2024-03-17", "17.3.2024", "03/17/24", "17 March 2024", "Mar 17, 2024", "2024年3月17日" …
    ///
    /// - Parameters:
    ///   - text: folded, or ASCII as it is.
    ///   - run: all digits of the run; the byte before is no digit.
    ///   - range: the value around it.
    func spot(_ text: Span<UInt8>, _ run: Range<Int>, in range: Range<Int>) -> SpottedDate? {
        switch run.count {
        case 8: return eightDigits(number(text, run))
        case 10...26: return withTime(text, run)
        case 4: return yearFirst(text, run, in: range)
        case 1, 2: return dayOrMonthFirst(text, run, in: range)
        default: return nil
        }
    }

    private func eightDigits(_ number: Int) -> SpottedDate? {
        spotted(number / 10_000, number / 100 % 100, number % 100)
            ?? spotted(number % 10_000, number / 10_000 % 100, number / 1_000_000)
            ?? spotted(number % 10_000, number / 1_000_000, number / 10_000 % 100)
    }

    /// Year to day, and at least an hour behind.
    private func withTime(_ text: Span<UInt8>, _ run: Range<Int>) -> SpottedDate? {
        let start = run.lowerBound
        guard number(text, start + 8..<start + 10) < 24,
            run.count < 12 || number(text, start + 10..<start + 12) < 60
        else { return nil }
        let day = number(text, start..<start + 8)
        return spotted(day / 10_000, day / 100 % 100, day % 100)
    }

    private func yearFirst(_ text: Span<UInt8>, _ run: Range<Int>, in range: Range<Int>) -> SpottedDate? {
        let year = number(text, run)
        guard (1850...2200).contains(year) else { return nil }
        if let month = MonthWords.month(text, from: gap(text, run.upperBound, in: range), in: range),
            let day = digits(text, from: gap(text, month.end, in: range), atMost: 2, in: range)
        {
            return spotted(year, month.number, number(text, day))
        }
        guard let month = digits(text, after: run.upperBound, atMost: 2, in: range),
            let day = digits(text, after: month.upperBound, atMost: 2, in: range)
        else { return nil }
        return spotted(year, number(text, month), number(text, day))
    }

    private func dayOrMonthFirst(_ text: Span<UInt8>, _ run: Range<Int>, in range: Range<Int>) -> SpottedDate? {
        let first = number(text, run)
        if let month = MonthWords.month(text, from: skipOrdinal(text, run.upperBound, in: range), in: range),
            let year = self.year(text, from: month.end, in: range),
            let found = inFullYear(year, month.number, first)
        {
            return found
        }
        if let month = MonthWords.month(text, before: run.lowerBound, in: range),
            let year = self.year(text, from: skipOrdinal(text, run.upperBound, in: range), in: range),
            let found = inFullYear(year, month, first)
        {
            return found
        }
        guard let middle = digits(text, after: run.upperBound, atMost: 2, in: range) else { return nil }
        let second = number(text, middle)
        if let last = digits(text, after: middle.upperBound, atMost: 4, in: range), last.count == 4 {
            let year = number(text, last)
            return spotted(year, second, first) ?? spotted(year, first, second)
        }
        return shortYear(text, run, middle, in: range)
    }

    /// "17.03.24", "03/17/24", "24-03-17": the same sign twice, and no number before or behind.
    private func shortYear(
        _ text: Span<UInt8>, _ first: Range<Int>, _ middle: Range<Int>, in range: Range<Int>
    ) -> SpottedDate? {
        guard middle.lowerBound == first.upperBound + 1 else { return nil }
        let sign = text[first.upperBound]
        guard "./-".utf8.contains(sign), middle.upperBound + 2 < range.upperBound, text[middle.upperBound] == sign,
            let last = digits(text, from: middle.upperBound + 1, atMost: 2, in: range), last.count == 2
        else { return nil }
        if first.lowerBound > range.lowerBound, "./-\\".utf8.contains(text[first.lowerBound - 1]) { return nil }
        if last.upperBound < range.upperBound, "./-\\".utf8.contains(text[last.upperBound]) { return nil }
        let (a, b, c) = (number(text, first), number(text, middle), number(text, last))
        return inFullYear(c, b, a) ?? inFullYear(c, a, b) ?? (first.count == 2 ? inFullYear(a, b, c) : nil)
    }

    private func inFullYear(_ year: Int, _ month: Int, _ day: Int) -> SpottedDate? {
        year >= 100 ? spotted(year, month, day) : spotted(2000 + year, month, day) ?? spotted(1900 + year, month, day)
    }

    private func spotted(_ year: Int, _ month: Int, _ day: Int) -> SpottedDate? {
        let kinds = kinds(year, month, day)
        guard !kinds.isEmpty, let date = CivilDate(year: year, month: month, day: day) else { return nil }
        return SpottedDate(kinds: kinds, date: date)
    }
}

/// Steps through the text around a run of digits.
extension KnownDates {
    private func number(_ text: Span<UInt8>, _ run: Range<Int>) -> Int {
        var number = 0
        for index in run { number = (number &* 10) &+ Int(text[index] &- UInt8(ascii: "0")) }
        return number
    }

    /// Digits behind one to three bytes that are neither letters nor digits of ASCII: "-", ". ", "年".
    private func digits(_ text: Span<UInt8>, after start: Int, atMost count: Int, in range: Range<Int>) -> Range<Int>? {
        let from = gap(text, start, in: range, beyondASCII: true)
        return from > start ? digits(text, from: from, atMost: count, in: range) : nil
    }

    private func digits(_ text: Span<UInt8>, from start: Int, atMost count: Int, in range: Range<Int>) -> Range<Int>? {
        var end = start
        while end < range.upperBound, TextFolding.isDigit(text[end]) { end += 1 }
        return end > start && end - start <= count ? start..<end : nil
    }

    private func gap(_ text: Span<UInt8>, _ start: Int, in range: Range<Int>, beyondASCII: Bool = false) -> Int {
        var end = start
        while end < range.upperBound, end - start < 3,
            TextFolding.isSeparator(text[end]) || (beyondASCII && text[end] >= 0x80)
        {
            end += 1
        }
        return end
    }

    /// A year of four or two digits, "de" or "of" in front of it or not.
    private func year(_ text: Span<UInt8>, from start: Int, in range: Range<Int>) -> Int? {
        var from = gap(text, start, in: range)
        var word = from
        while word < range.upperBound, word - from < 4, !TextFolding.isSeparator(text[word]),
            !TextFolding.isDigit(text[word])
        {
            word += 1
        }
        if word > from { from = gap(text, word, in: range) }
        guard let run = digits(text, from: from, atMost: 4, in: range), run.count == 4 || run.count == 2 else {
            return nil
        }
        return number(text, run)
    }

    /// Behind "17th", "1er", "17." and "17 de": where the month may begin.
    private func skipOrdinal(_ text: Span<UInt8>, _ start: Int, in range: Range<Int>) -> Int {
        var position = start
        for ending in ["st", "nd", "rd", "th", "er", "eme"] where MonthWords.stands(ending, text, position, in: range) {
            position += ending.utf8.count
            break
        }
        position = gap(text, position, in: range)
        for word in ["de", "of", "di", "d"] where MonthWords.stands(word, text, position, in: range) {
            return gap(text, position + word.utf8.count, in: range)
        }
        return position
    }
}
