/// A day in a cell of a mapped table.
enum DayReading: Equatable {
    /// - Parameter isPartial: a month or a year, of which the middle is taken.
    case day(CivilDate, isPartial: Bool)
    /// "03/04/2021": day or month first.
    case ambiguous
    case none

    /// - Parameter pattern: nil: the forms that can be read in one way only.
    init(_ text: String, pattern: DatePattern?) {
        guard text.utf8.count <= 40 else {
            self = .none
            return
        }
        if let pattern {
            self = Self.read(text, pattern) ?? .none
            return
        }
        for pattern in Self.plain {
            if let found = Self.read(text, pattern) {
                self = found
                return
            }
        }
        let isEither = Self.either.contains { Self.read(text, $0) != nil }
        self = isEither ? .ambiguous : .none
    }

    private static func read(_ text: String, _ pattern: DatePattern) -> DayReading? {
        guard let cell = DateCell(text, pattern: pattern), let found = pattern.read(cell.day) ?? pattern.read(text)
        else { return nil }
        if pattern.hasDay { return .day(found.date, isPartial: false) }
        // A year begins 1 January; its middle is as wrong early as late.
        let isYear = pattern.name == "yyyy"
        let middle = CivilDate(year: found.date.year, month: isYear ? 7 : found.date.month, day: isYear ? 1 : 15)
        return .day(middle ?? found.date, isPartial: true)
    }

    private static let plain: [DatePattern] = [
        "yyyy-mm-dd", "yyyymmdd", "yyyy/mm/dd", "dd.mm.yyyy", "dd-mmm-yyyy", "dd mmm yyyy", "ddmmmyyyy", "yyyy-mm",
        "yyyy",
    ].compactMap { DatePattern($0) }

    private static let either: [DatePattern] = ["dd/mm/yyyy", "mm/dd/yyyy", "dd-mm-yyyy", "mm-dd-yyyy"]
        .compactMap { DatePattern($0) }
}
