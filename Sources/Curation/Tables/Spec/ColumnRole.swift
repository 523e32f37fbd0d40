/// What a column holds, and so what becomes of it. A column without a role is left out.
public enum ColumnRole: Sendable, Equatable {
    /// The patient: the pseudonym that the patient's images have.
    case id
    /// Another identifier: a keyed pseudonym.
    ///
    /// - Parameter attribute: the packed tag whose values these are, so that images and table agree; nil: a domain of the
    ///   column's own name.
    case identifier(attribute: UInt32?)
    /// Days, moved by the patient's shift. nil: the format is found.
    case date(DatePattern?)
    /// Days with a time of day: the day is moved, the time stays.
    case dateTime(DatePattern?)
    /// Ages; those above 89 years become 90.
    case age(AgeUnit)
    /// The birth date, which never stays.
    case birthDate(DatePattern?, becomes: BirthDateUse)
    case sex
    case number
    /// Codes: short, without spaces.
    case code(ValueRule)
    /// Values from a small set.
    case category(ValueRule)
    /// Postcodes and areas: the first characters stay, areas of few patients do not.
    case area(AreaRule)
    /// Free text. Refused unless allowed; what is allowed is cleaned.
    case text(isAllowed: Bool)
    /// DICOM UIDs, replaced as in images.
    case uid
    /// Left out.
    ///
    /// - Parameter holds: what its values identify, so that they are taken out of free text in the same row.
    case drop(holds: KnownIdentifiers.Kind?)

    /// The name in a specification.
    public var name: String {
        switch self {
        case .id: "id"
        case .identifier: "identifier"
        case .date: "date"
        case .dateTime: "datetime"
        case .age: "age"
        case .birthDate: "birth_date"
        case .sex: "sex"
        case .number: "number"
        case .code: "code"
        case .category: "category"
        case .area: "area"
        case .text: "text"
        case .uid: "uid"
        case .drop: "drop"
        }
    }

    static let names = [
        "id", "identifier", "date", "datetime", "age", "birth_date", "sex", "number", "code", "category", "area",
        "text",
        "uid", "drop",
    ]
}

/// What ages are counted in.
public enum AgeUnit: String, Sendable, Codable, CaseIterable {
    case years, months, days

    /// The last age that is written as it is (89 years), and what stands for all above.
    var most: (kept: Double, above: String) {
        switch self {
        case .years: (89, "90")
        case .months: (89 * 12, "1080")
        case .days: (89 * 365.25, "32873")
        }
    }
}

/// What is made of a birth date.
public enum BirthDateUse: Sendable, Equatable {
    case nothing
    /// The age in years, one decimal, on the day that another column holds.
    case age(at: String)
    /// The year of the birth date moved by the patient's shift; nothing for those above 89 on the day of another column.
    case year(at: String)
}

/// Which values of a category or a code stay.
public struct ValueRule: Sendable, Equatable {
    /// The only values that stay; nil: those there are, if they are few.
    public var values: Set<String>?
    /// Distinct values from which a column is no category any more; nil: 100 for categories, 5,000 for codes.
    public var most: Int?

    public init(values: Set<String>? = nil, most: Int? = nil) {
        self.values = values
        self.most = most
    }
}

/// How places become areas that are large enough.
public struct AreaRule: Sendable, Equatable {
    /// First characters that stay: 3 of a postcode of 5 digits. Spaces do not count.
    public var keep: Int
    /// Patients that an area must have in the table; those of smaller areas are "other".
    public var fewest: Int
    /// Areas that are known to have too few inhabitants, after cutting: "other", however many patients there are.
    public var small: Set<String>

    public init(keep: Int = 3, fewest: Int = 10, small: Set<String> = []) {
        self.keep = keep
        self.fewest = fewest
        self.small = small
    }
}
