/// Something in a table that did not become a fact, or only in part: what it is, where, and what to do.
///
/// Holds codes and words of a vocabulary at most, never what may be a patient's.
public struct MappingProblem: Sendable, Codable, Equatable {
    /// The kind of a problem, for programs. More may come.
    public enum Kind: String, Sendable, Codable, CaseIterable, Comparable {
        /// The same attribute of one record has two values.
        case contradiction
        /// Two rows that should differ have the same identity.
        case duplicate
        case noPatient = "no-patient"
        /// What a row or resource refers to is not there.
        case missingReference = "missing-reference"
        case unknownValue = "unknown-value"
        case notANumber = "not-a-number"
        case wrongUnit = "wrong-unit"
        case outOfRange = "out-of-range"
        case impossibleDate = "impossible-date"
        case ambiguousDate = "ambiguous-date"
        case impossibleAge = "impossible-age"
        case freeText = "free-text"
        case patientWithoutImages = "patient-without-images"
        /// A column or a kind of resource that no rule reads.
        case unmapped
        /// A rule that made nothing.
        case mapsNothing = "maps-nothing"
        case missingMinimum = "missing-minimum"
        /// What was taken, though not exactly as it stands.
        case approximated

        /// How grave it is. A mapping with errors is not applied.
        public var severity: Severity {
            switch self {
            case .mapsNothing, .patientWithoutImages, .unmapped, .missingMinimum, .approximated: .note
            default: .leftOut
            }
        }

        public static func < (left: Kind, right: Kind) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    public enum Severity: String, Sendable, Codable {
        /// A value or a row did not become a fact.
        case leftOut = "left-out"
        /// Nothing was lost that the mapping asks for.
        case note
    }

    public var kind: Kind
    /// The file's name; nil where all are meant.
    public var file: String?
    public var column: String?
    public var attribute: String?
    /// What was found and what to do.
    public var message: String
    /// How often, and the first rows.
    public var rows = TableReport.RowList()
}

/// The problems of a run: equal ones counted together, and no more kept than a person can read.
struct ProblemBook {
    private struct Key: Hashable {
        let kind: MappingProblem.Kind
        let file, column, attribute: String?
        let message: String
    }

    private static let most = 1_000
    private var places: [Key: Int] = [:]
    private(set) var problems: [MappingProblem] = []
    /// Those that were not kept, by kind.
    private(set) var further: [MappingProblem.Kind: Int] = [:]

    mutating func add(
        _ kind: MappingProblem.Kind, file: String? = nil, row: Int? = nil, column: String? = nil,
        attribute: String? = nil, _ message: String
    ) {
        let key = Key(kind: kind, file: file, column: column, attribute: attribute, message: message)
        let place: Int
        if let known = places[key] {
            place = known
        } else {
            guard problems.count < Self.most else {
                further[kind, default: 0] += 1
                return
            }
            place = problems.count
            places[key] = place
            problems.append(
                MappingProblem(kind: kind, file: file, column: column, attribute: attribute, message: message))
        }
        if let row { problems[place].rows.add(row) }
    }

    /// Those that lost something first, then by kind, the frequent ones in front.
    var sorted: [MappingProblem] {
        problems.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            if one.kind.severity != other.kind.severity { return one.kind.severity == .leftOut }
            if one.kind != other.kind { return one.kind < other.kind }
            if one.rows.count != other.rows.count { return one.rows.count > other.rows.count }
            return left.offset < right.offset
        }
        .map(\.element)
    }
}
