/// How a table writes its days: "dd/mm/yyyy". What is moved is written the same way, so that nobody needs to know.
public struct DatePattern: Sendable, Hashable {
    /// As in a specification: yyyy, mm, dd, mmm (Jan, Feb, …) and what stands between; or "excel".
    public let name: String
    private let parts: [Part]

    private enum Part: Sendable, Hashable {
        case year, month, day, monthName
        case between(UInt8)
    }

    /// nil where it is no pattern: year once, month and day once at most, no day without a month.
    public init?(_ name: String) {
        let text = name.lowercased()
        self.name = text
        if text == "excel" {
            parts = []
            return
        }
        var parts: [Part] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            let run = rest.prefix { $0 == byte }.count
            switch (byte, run) {
            case (UInt8(ascii: "y"), 4): parts.append(.year)
            case (UInt8(ascii: "m"), 2): parts.append(.month)
            case (UInt8(ascii: "m"), 3): parts.append(.monthName)
            case (UInt8(ascii: "d"), 2): parts.append(.day)
            case _ where "-/. ".utf8.contains(byte) && run == 1: parts.append(.between(byte))
            default: return nil
            }
            rest = rest.dropFirst(run)
        }
        let months = parts.count { $0 == .month || $0 == .monthName }
        let days = parts.count { $0 == .day }
        guard parts.count(where: { $0 == .year }) == 1, months <= 1, days <= months else { return nil }
        self.parts = parts
    }

    /// Whether days are counted from the end of 1899, as spreadsheets do.
    public var isSerial: Bool { parts.isEmpty }
    /// Whether a value names one day.
    public var hasDay: Bool { isSerial || parts.contains(.day) }

    /// A day as it was found, and how it was written.
    public struct Found: Sendable, Equatable {
        /// The first day of what is named, where that is a month or a year.
        public let date: CivilDate
        /// Whether "3/7/2021" was written for "03/07/2021".
        fileprivate var isUnpadded = false
        fileprivate var letters = Letters.first
    }

    fileprivate enum Letters { case first, upper, lower }

    /// The day that the text names in this pattern; nil where it names none.
    public func read(_ text: String) -> Found? {
        var rest = text.utf8[...]
        if isSerial { return serial(rest) }
        var (year, month, day) = (0, 1, 1)
        var (isUnpadded, letters) = (false, Letters.first)
        // Without separators every number has its full width.
        let isPacked = !parts.contains { if case .between = $0 { true } else { false } }
        for part in parts {
            switch part {
            case .between(let byte):
                guard rest.first == byte else { return nil }
                rest = rest.dropFirst()
            case .year:
                guard let value = Self.number(&rest, 4...4) else { return nil }
                year = value
            case .month, .day:
                let before = rest.count
                guard let value = Self.number(&rest, (isPacked ? 2 : 1)...2) else { return nil }
                if before - rest.count == 1 { isUnpadded = true }
                if part == .month { month = value } else { day = value }
            case .monthName:
                let name = String(decoding: rest.prefix(3), as: UTF8.self)
                guard let index = Self.months.firstIndex(of: name.lowercased()) else { return nil }
                month = index + 1
                letters = name == name.lowercased() ? .lower : name == name.uppercased() ? .upper : .first
                rest = rest.dropFirst(3)
            }
        }
        guard rest.isEmpty, let date = CivilDate(year: year, month: month, day: day), date.year >= 1800 else {
            return nil
        }
        return Found(date: date, isUnpadded: isUnpadded, letters: letters)
    }

    /// The day in the form that the one found had.
    public func write(_ date: CivilDate, like found: Found) -> String {
        if isSerial { return "\(date.daysSince1970 + Self.serialOf1970)" }
        func two(_ number: Int) -> String { number < 10 && !found.isUnpadded ? "0\(number)" : "\(number)" }
        var text = ""
        for part in parts {
            switch part {
            case .between(let byte): text.unicodeScalars.append(Unicode.Scalar(byte))
            case .year:
                text +=
                    date.year < 1000
                    ? String(repeating: "0", count: 4 - "\(date.year)".count) + "\(date.year)" : "\(date.year)"
            case .month: text += two(date.month)
            case .day: text += two(date.day)
            case .monthName:
                let name = Self.months.indices.contains(date.month - 1) ? Self.months[date.month - 1] : ""
                switch found.letters {
                case .lower: text += name
                case .upper: text += name.uppercased()
                case .first: text += name.prefix(1).uppercased() + name.dropFirst()
                }
            }
        }
        return text
    }

    // MARK: Spreadsheets

    /// 1 January 1970 as a spreadsheet counts. Before March 1900 it counts a day that there was not.
    private static let serialOf1970 = 25_569

    private func serial(_ text: Substring.UTF8View) -> Found? {
        var rest = text
        guard let days = Self.number(&rest, 3...7), rest.isEmpty, days > 60,
            let date = CivilDate(daysSince1970: days - Self.serialOf1970)
        else { return nil }
        return Found(date: date)
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func number(_ rest: inout Substring.UTF8View, _ width: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix(width.upperBound).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard digits.count >= width.lowerBound else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
