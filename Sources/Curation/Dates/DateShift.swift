/// By how many days all dates of one patient are moved. Intervals between them stay what they were, to the second; the
/// shift is a whole number of weeks, so that weekdays stay too.
public struct DateShift: Sendable, Hashable {
    /// Days that are added to every date; negative: into the past.
    public let days: Int

    public init(days: Int) {
        self.days = days
    }

    /// The day in its new place; nil where it would leave the calendar (year 1 to 9999).
    public func shifted(_ date: CivilDate) -> CivilDate? {
        CivilDate(daysSince1970: date.daysSince1970 + days)
    }
}
