/// Something that a question can ask about: a property of a patient, a study or a series.
///
/// The registry of them is ``CohortModel``. Parser, planner, documentation and the page's query builder are all made
/// from it, so an attribute exists everywhere or nowhere.
public struct CohortAttribute: Sendable {
    /// What a value of the attribute is.
    public enum Kind: Sendable, Equatable {
        /// One of a set of codes, compared without regard to case.
        ///
        /// A closed set knows all its values; an open one the usual ones, and a site may hold others.
        case code([KnownValue], isClosed: Bool)
        /// Words as the maker of the image wrote them, compared without regard to case.
        case text
        /// A number in the given unit; nil where it is a plain number.
        case number(unit: String?)
        /// A calendar day.
        case date
        /// A time span in years.
        case age
    }

    /// The full name: `series.modality`.
    public let name: String
    /// Shorter names that mean the same: `modality`.
    public let aliases: [String]
    /// What the property belongs to.
    public let entity: CohortEntity
    public let kind: Kind
    /// The name that people read: "Modality".
    public let label: String
    /// What it is, in one or two sentences.
    public let explanation: String
    /// The DICOM attributes that it comes from, by keyword.
    public let keywords: [String]

    init(
        _ name: String, _ aliases: [String], _ entity: CohortEntity, _ kind: Kind, _ label: String,
        _ explanation: String,
        from keywords: [String]
    ) {
        self.name = name
        self.aliases = aliases
        self.entity = entity
        self.kind = kind
        self.label = label
        self.explanation = explanation
        self.keywords = keywords
    }

    /// The unit in which its values are kept and written; nil where there is none.
    public var unit: String? {
        switch kind {
        case .number(let unit): unit
        case .age: "years"
        case .code, .text, .date: nil
        }
    }

    /// The values that are usual for it, with their labels; empty where any text or number may stand.
    public var knownValues: [KnownValue] {
        if case .code(let values, _) = kind { values } else { [] }
    }

    /// Whether `<`, `<=`, `between` and so on can be asked of it.
    public var isOrdered: Bool {
        switch kind {
        case .number, .date, .age: true
        case .code, .text: false
        }
    }

    /// The kind as one word for documents: code, text, number, date or age.
    public var kindName: String {
        switch kind {
        case .code: "code"
        case .text: "text"
        case .number: "number"
        case .date: "date"
        case .age: "age"
        }
    }

    /// How people may call a value of it: the label of a known one, otherwise the value itself.
    public func label(of value: String) -> String {
        knownValues.first { $0.code == value }?.label ?? value
    }
}

/// Two attributes are the same when they have the same name.
extension CohortAttribute: Hashable {
    public static func == (one: CohortAttribute, other: CohortAttribute) -> Bool { one.name == other.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// A code that an attribute is known to take.
public struct KnownValue: Sendable, Equatable {
    /// The value as it is stored and compared: `MR`.
    public let code: String
    /// The value as people read it: "Magnetic resonance".
    public let label: String
    /// Other ways to write it in a question, in lower case: `mri`.
    public let synonyms: [String]

    init(_ code: String, _ label: String, _ synonyms: String...) {
        self.code = code
        self.label = label
        self.synonyms = synonyms
    }
}
