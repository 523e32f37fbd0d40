public import Cohort

/// Where the value of one attribute comes from, and how it is read.
public struct ValueSource: Sendable, Equatable {
    public enum Origin: Sendable, Equatable {
        /// The first of these columns that is filled.
        case columns([String])
        case constant(String)
        /// Columns of zeros and ones whose names begin so: the rest of the name is the value.
        case oneHot(prefix: String)
        /// The age in years, one decimal, that somebody born on one column's day had on the other's.
        case age(at: String, born: String)
        /// Days from one column's day to the other's.
        case days(from: String, to: String)
    }

    /// What becomes of identifiers.
    public enum Cover: Sendable, Equatable {
        /// The replacement that the images have for the same UID.
        case uid
        /// A keyed pseudonym.
        case pseudonym
    }

    public var attribute: CohortAttribute
    public var origin: Origin
    /// In lower case: what stands in the cells → the code; nil: nothing is known.
    public var map: [String: String?]
    /// The unit of the numbers; nil: the attribute's own.
    public var unit: String?
    /// The column that names the unit in each row.
    public var unitColumn: String?
    public var format: DatePattern?
    public var hasDecimalComma: Bool?
    /// What stands between several values in one cell.
    public var split: Character?
    /// Text in front of the value that is no part of it.
    public var strip: String?
    /// The part that counts: up to the first such mark, or from the last one on; nil: all of the text.
    public var before: String?
    public var after: String?
    /// Whether numbers are those of a table of concepts: `concept` joined by the engine, or `concepts` of the mapping.
    public var isConcept: Bool
    /// Whether all values of a cell stay, and not the first that is understood.
    public var isMany: Bool
    public var cover: Cover?
    /// Whether the number is the year of the column's day.
    public var isYear: Bool
    public var line: Int?

    /// A value that is read as it stands.
    init(_ attribute: CohortAttribute, _ origin: Origin, format: DatePattern? = nil, hasDecimalComma: Bool? = nil) {
        self.attribute = attribute
        self.origin = origin
        map = [:]
        self.format = format
        self.hasDecimalComma = hasDecimalComma
        isConcept = false
        isMany = attribute.isMany
        isYear = false
    }

    /// The names of the columns that it reads; for one-hot groups those are found in the table.
    var columns: [String] {
        var all: [String] =
            switch origin {
            case .columns(let names): names
            case .constant, .oneHot: []
            case .age(let at, let born): [at, born]
            case .days(let from, let to): [from, to]
            }
        if let unitColumn { all.append(unitColumn) }
        return all
    }

    var isConstant: Bool { if case .constant = origin { true } else { false } }
}
