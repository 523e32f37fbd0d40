/// Days of the calendar as numbers that can be subtracted.
enum DayNumber {
    /// Days from 1970-01-01 to a date yyyymmdd of the Gregorian calendar; nil for what is no date.
    ///
    /// The count of days from civil date of H. Hinnant, "chrono-compatible low-level date algorithms".
    static func days(of date: Double) -> Int32? {
        guard date >= 10101, date <= 99_991_231, date == date.rounded() else { return nil }
        let number = Int(date)
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        // The year begins in March, so that the leap day is its last.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }
}
