public import Cohort

/// How a site's own tables become records of the common data model: written once, by those who know the tables, as a YAML
/// file that can be read, kept under version control and handed on.
///
/// A mapping holds names of columns and codes, and nothing of any patient.
public struct FactMapping: Sendable, Equatable {
    /// What the index calls the source: the next load under the same name replaces this one.
    public var name: String
    /// The site's own version of the mapping, for its records.
    public var version: String
    /// What it is for, in a sentence.
    public var about: String
    /// The assigner of the patients' numbers: (0010,0021) of the images; empty where they have none.
    public var issuer: String
    public var ids: IDNormalisation
    /// Texts that mean that nothing is known, in lower case.
    public var missing: Set<String>
    /// How days are written where a value does not say; nil: year first, or days with points between.
    public var dates: DatePattern?
    /// Whether numbers have a decimal comma; nil: found, and refused where it could be either.
    public var hasDecimalComma: Bool?
    /// What numbers of an OMOP vocabulary stand for: "8507" → "M", or "4112853" → "SNOMED|254837009".
    public var concepts: [String: String]
    public var sources: [FactSource]

    /// All attributes that it fills, in the order of the file.
    public var attributes: [CohortAttribute] {
        var all: [CohortAttribute] = []
        for rule in sources.flatMap(\.records) {
            for value in rule.values where !all.contains(value.attribute) { all.append(value.attribute) }
        }
        return all
    }

    func isMissing(_ value: String) -> Bool {
        value.isEmpty || value.utf8.count <= 32 && missing.contains(value.lowercased())
    }
}

/// One table, or one kind of file of resources, that records are made from.
public struct FactSource: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// CSV or TSV with a row of names.
        case table
        /// FHIR R4: a Bundle as JSON, or one resource a line (NDJSON).
        case fhir
    }

    public var name: String
    public var kind: Kind
    /// Names of files: exact, or with one `*`. Letters' case does not matter.
    public var files: [String]
    /// Whether it may be absent.
    public var isOptional: Bool
    /// The column that holds the patient; for FHIR, which of a patient's identifiers is meant (its system), or empty.
    public var patient: String
    public var separator: TableForm.Separator?
    public var encoding: TableForm.Encoding?
    public var joins: [FactJoin]
    public var records: [RecordRule]
    /// Columns that are left out on purpose, so that nobody lists them as forgotten.
    public var ignored: Set<String>
}

/// Another table in which a row of the first has its partner: many to one.
public struct FactJoin: Sendable, Equatable {
    /// What its columns are called by: `person.person_source_value`.
    public var name: String
    public var files: [String]
    public var isOptional: Bool
    /// The column of the first table, and the one that it is equal to here.
    public var own, other: String
}

/// The records that each row makes: one rule, at most one record a row.
public struct RecordRule: Sendable, Equatable {
    /// What tells a record from others of its entity and patient.
    public enum Identity: Sendable, Equatable {
        /// What it says: two rows that say the same are one record.
        case content
        /// One for each patient; rows add to it.
        case patient
        /// One for each value of these columns; rows add to it.
        case key([String])
        /// Each row is one, told by these columns, of which no two rows have the same values.
        case row([String])
    }

    public var entity: CohortEntity
    /// The type of FHIR resource that it is made from; nil for tables.
    public var resource: String?
    public var identity: Identity
    public var conditions: [RowCondition]
    public var values: [ValueSource]
    /// Attributes of which a record needs one at least, by full name; empty: any.
    public var needs: Set<String>
    /// Where it stands in the mapping, for messages.
    public var line: Int?
}

/// Whether a row makes a record.
public struct RowCondition: Sendable, Equatable {
    public enum Test: Sendable, Equatable {
        /// Lower case; a `*` stands for anything.
        case isOneOf([String])
        case isNoneOf([String])
        case isFilled(Bool)
    }

    public var column: String
    public var test: Test
}
