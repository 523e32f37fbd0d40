/// A day, a month or a year as people write it, as a range of days; a day is kept as the number yyyymmdd.
struct CalendarDay: Equatable {
    let first: Double
    let last: Double

    /// Reads `2021-03-31`, `20210331`, `2021-03` or `2021`.
    init?(_ text: String) {
        var parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 1, text.count == 8 {
            parts = [String(text.prefix(4)), String(text.dropFirst(4).prefix(2)), String(text.suffix(2))]
        }
        guard (1...3).contains(parts.count), parts[0].count == 4,
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } && !$0.isEmpty && $0.count <= 4 })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count, (1...9999).contains(numbers[0]) else { return nil }
        let year = numbers[0]
        guard numbers.count >= 2 else {
            first = Double(year * 10_000 + 101)
            last = Double(year * 10_000 + 1231)
            return
        }
        let month = numbers[1]
        guard (1...12).contains(month) else { return nil }
        let length = Self.days(in: month, of: year)
        let start = year * 10_000 + month * 100
        guard numbers.count == 3 else {
            first = Double(start + 1)
            last = Double(start + length)
            return
        }
        guard (1...length).contains(numbers[2]) else { return nil }
        first = Double(start + numbers[2])
        last = first
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        default: 31
        }
    }

    /// `2021-03-31` for the number 20210331.
    static func text(_ day: Double) -> String {
        guard (1...99_999_999).contains(day) else { return Decimals.text(day) }
        let digits = "\(Int(day))"
        let padded = String(repeating: "0", count: 8 - digits.count) + digits
        return "\(padded.prefix(4))-\(padded.dropFirst(4).prefix(2))-\(padded.suffix(2))"
    }
}
