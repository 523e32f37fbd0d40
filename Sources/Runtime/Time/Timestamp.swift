public import FoundationEssentials

/// The one form in which Atles writes moments: RFC 3339, UTC, whole seconds (`2026-11-23T20:44:00Z`).
public enum Timestamp {
    /// `date` as RFC 3339 text in UTC.
    public static func text(_ date: Date) -> String {
        date.formatted(.iso8601)
    }

    /// The moment that `text` names, or nil where it is not RFC 3339 in UTC.
    public static func date(_ text: String) -> Date? {
        try? Date(text, strategy: .iso8601)
    }
}
