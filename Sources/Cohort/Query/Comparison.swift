/// One test of one attribute, its values in the attribute's own unit and spelling.
public struct Comparison: Sendable, Hashable {
    /// What is asked of the value. Dates are the number yyyymmdd, ages are years.
    public enum Operation: Sendable, Hashable {
        case equals(CohortValue)
        /// At least one value.
        case oneOf([CohortValue])
        case less(Double)
        case atMost(Double)
        case greater(Double)
        case atLeast(Double)
        /// Both ends belong to it.
        case between(Double, Double)
        /// A value is recorded. Never unknown.
        case exists
        /// The text has this part, without regard to case.
        case contains(String)
    }

    public let attribute: CohortAttribute
    public let operation: Operation

    public init(_ attribute: CohortAttribute, _ operation: Operation) {
        self.attribute = attribute
        self.operation = operation
    }
}

/// A value in a test.
public enum CohortValue: Sendable, Hashable {
    /// A code in its stored spelling, or a text.
    case text(String)
    /// A number in the attribute's unit.
    case number(Double)
}
