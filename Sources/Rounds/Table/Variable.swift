/// The values of one variable, one for each row of a ``CohortTable``.
public enum Variable: Sendable, Equatable {
    /// Numbers, in the unit that the common data model gives the attribute; NaN where a value is missing.
    case numbers([Double])
    /// Indices into `levels`; nil where a value is missing.
    case categories([Int?], levels: [String])

    public var count: Int {
        switch self {
        case .numbers(let values): values.count
        case .categories(let codes, _): codes.count
        }
    }

    /// Categories from their names; the levels are in alphabetical order.
    public static func categories(named names: [String?]) -> Variable {
        let levels = Set(names.compactMap { $0 }).sorted()
        let index = Dictionary(uniqueKeysWithValues: zip(levels, levels.indices))
        return .categories(names.map { $0.flatMap { index[$0] } }, levels: levels)
    }
}
