/// Finds out how a column writes its days, from all of its values.
struct DateDetection {
    /// Patterns that are looked for. Two numbers before the year can be either; only the whole column tells.
    static let candidates: [DatePattern] = [
        "yyyy-mm-dd", "yyyy/mm/dd", "yyyymmdd", "dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy", "dd-mm-yyyy", "mm-dd-yyyy",
        "dd-mmm-yyyy", "dd mmm yyyy", "ddmmmyyyy", "yyyy-mm", "yyyy", "excel",
    ].compactMap { DatePattern($0) }

    /// Serial days that a column of dates may have: 1954 to 2064. Others are too like other numbers.
    private static let serials = 20_000...60_000

    /// Years that a column may have to be taken for one of dates. Platelets and doses have four digits, too.
    private static let years = 1850...2100

    private(set) var values = 0
    private(set) var withTime = 0
    private var hits = [Int](repeating: 0, count: candidates.count)

    mutating func observe(_ text: String) {
        values += 1
        guard text.utf8.count <= 40 else { return }
        let cell = DateCell(text)
        if let cell, !cell.time.isEmpty, !cell.isMidnight { withTime += 1 }
        for index in Self.candidates.indices where Self.fits(text, cell, Self.candidates[index]) { hits[index] += 1 }
    }

    /// Counts a value that is known to be no day.
    mutating func observeOther() { values += 1 }

    /// Whether a value names a day in any pattern but that of spreadsheets, whose days are like other numbers.
    static func isDay(_ text: String) -> Bool {
        let cell = DateCell(text)
        return candidates.contains { $0.hasDay && !$0.isSerial && fits(text, cell, $0) }
    }

    private static func fits(_ text: String, _ cell: DateCell?, _ pattern: DatePattern) -> Bool {
        if pattern.isSerial {
            guard let serial = DateCell(text, pattern: pattern), let day = Int(serial.day) else { return false }
            return serials.contains(day)
        }
        guard let cell else { return false }
        // A month's name with spaces around it is cut as if a time followed.
        guard let found = pattern.read(cell.day) ?? pattern.read(text) else { return false }
        return years.contains(found.date.year)
    }

    /// Of all values this part must fit a pattern; the rest are mistakes, which are left out and reported.
    private static let share = 0.95

    enum Outcome: Equatable {
        case pattern(DatePattern)
        case ambiguous(String, String)
        case none
        case empty
    }

    var outcome: Outcome {
        guard values > 0 else { return .empty }
        let best = hits.max() ?? 0
        guard Double(best) >= Self.share * Double(values) else { return .none }
        let good = Self.candidates.indices.filter { Double(hits[$0]) >= Self.share * Double(values) }
        // A pattern that reads everything is right where others fail at least once.
        let leaders = good.filter { hits[$0] == best }
        guard let first = leaders.first else { return .none }
        if leaders.count > 1 { return .ambiguous(Self.candidates[first].name, Self.candidates[leaders[1]].name) }
        if best < values, good.count > 1 {
            return .ambiguous(Self.candidates[good[0]].name, Self.candidates[good[1]].name)
        }
        return .pattern(Self.candidates[first])
    }
}
