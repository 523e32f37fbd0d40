/// Gathers what images and tables say of patients, by pseudonym, into one record each.
public struct RiskTableBuilder: Sendable {
    /// How several values of a patient become one.
    public enum Joining: Sendable, Equatable {
        /// The different values together, in order: the modalities of all studies.
        case all
        /// The least: the age at the first visit. By number where values are numbers.
        case least
        /// How many there are: of studies.
        case count
    }

    private struct Column: Sendable {
        let identifier: QuasiIdentifier
        let joining: Joining
        let isSensitive: Bool
    }

    private var columns: [Column] = []
    private var places: [String: Int] = [:]
    private var patients: [String: [Set<String>]] = [:]

    /// Values of a patient in a column that are told apart, but for those that are counted.
    private static let most = 16
    private static let mostCounted = 4_096

    public init() {}

    /// Makes place for a fact; one of that name that is there already stays.
    public mutating func declare(_ identifier: QuasiIdentifier, joining: Joining = .all, isSensitive: Bool = false) {
        guard places[identifier.name] == nil else { return }
        places[identifier.name] = columns.count
        columns.append(Column(identifier: identifier, joining: joining, isSensitive: isSensitive))
    }

    /// Adds a patient of whom nothing may be known.
    public mutating func add(patient pseudonym: String) {
        if patients[pseudonym] == nil { patients[pseudonym] = [] }
    }

    /// Adds what is known of a patient; a name that was not declared, and an empty value, are passed over.
    public mutating func add(_ value: String, of name: String, patient pseudonym: String) {
        guard let place = places[name] else { return }
        let text = value.cellTrimmed
        let limit = columns[place].joining == .count ? Self.mostCounted : Self.most
        var known = patients.removeValue(forKey: pseudonym) ?? []
        while known.count <= place { known.append([]) }
        if !text.isEmpty, known[place].count < limit { known[place].insert(text) }
        patients[pseudonym] = known
    }

    public var isEmpty: Bool { patients.isEmpty }

    func has(_ pseudonym: String) -> Bool { patients[pseudonym] != nil }

    /// The table, patients in the order of their pseudonyms. Facts that nothing is known of in any record are left out.
    public var table: RiskTable {
        let ids = patients.keys.sorted()
        let filled = columns.indices.filter { place in
            patients.values.contains { $0.indices.contains(place) && !$0[place].isEmpty }
        }
        let quasi = filled.filter { !columns[$0].isSensitive }
        let sensitive = filled.filter { columns[$0].isSensitive }
        let records = ids.map { id -> (pseudonym: String, values: [String]) in
            let known = patients[id] ?? []
            let values = (quasi + sensitive).map { place in
                known.indices.contains(place) ? joined(known[place], columns[place].joining) : ""
            }
            return (id, values)
        }
        return RiskTable(
            quasiIdentifiers: quasi.map { columns[$0].identifier },
            sensitive: sensitive.map { columns[$0].identifier.name },
            records: records)
    }

    private func joined(_ values: Set<String>, _ joining: Joining) -> String {
        switch joining {
        case .all: values.sorted().joined(separator: " + ")
        case .least:
            values.min { left, right in
                if let a = Double(left), let b = Double(right), a != b { return a < b }
                return left < right
            } ?? ""
        case .count: "\(values.count)"
        }
    }
}
