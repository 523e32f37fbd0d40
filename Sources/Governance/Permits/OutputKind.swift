/// What may leave a site.
public enum OutputKind: String, Sendable, Codable, CaseIterable, Comparable {
    /// How many patients, studies, series and images.
    case counts
    /// Sums, estimates, tables, curves.
    case statistics
    /// What was learned: weights and trees.
    case models

    public static func < (one: OutputKind, other: OutputKind) -> Bool { one.rawValue < other.rawValue }
}
