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
        case code([Concept], isClosed: Bool)
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
    /// The DICOM attributes that it comes from, by keyword; empty where it comes from the site's tables.
    public let keywords: [String]
    /// The concepts that it takes, with their hierarchy; of texts, the spellings that mean one thing.
    public internal(set) var valueSet: ValueSet?
    /// Whether one record can have several values.
    public internal(set) var isMany = false
    /// The variable itself in other systems: `SNOMED:263495000` for the sex.
    public internal(set) var codings: [Coding] = []
    /// For which minimum of EUCAIM's it is needed.
    public internal(set) var minimum: Set<Minimum> = []
    /// The tier of a data set from which on it is expected; nil where none asks for it.
    public internal(set) var tier: Int?
    /// The table and column of EUCAIM's common data model that hold it: `tumor.tumor_size_maximum_dimension`.
    public internal(set) var eucaimColumn: String?
    /// For a marker or laboratory test with a name of its own: which concept of `marker.code` or `laboratory.code` it is.
    public internal(set) var test: String?
    /// Whether it only points to something at the site, so that nothing can be asked but whether it is there.
    public internal(set) var isReference = false
    /// Whether it says when its record was.
    public internal(set) var time: Time?

    /// EUCAIM's minimum sets of attributes.
    public enum Minimum: String, Sendable, Hashable, CaseIterable {
        /// Of every image.
        case imaging
        /// Of every patient with the disease.
        case cases
        /// Of every patient without it.
        case controls
    }

    /// How an attribute says when its record was.
    public enum Time: String, Sendable, Hashable {
        /// A (shifted) calendar day.
        case date
        /// Days from the baseline, the diagnosis.
        case day
    }

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
    public var knownValues: [Concept] {
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
        valueSet?.label(of: value) ?? value
    }
}

/// Two attributes are the same when they have the same name.
extension CohortAttribute: Hashable {
    public static func == (one: CohortAttribute, other: CohortAttribute) -> Bool { one.name == other.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
