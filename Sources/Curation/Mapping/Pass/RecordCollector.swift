import Cohort

/// Records on their way out: those that rows add to are held until the end, the others pass.
struct RecordCollector {
    private struct Key: Hashable {
        let entity: CohortEntity
        let patient, key: String
    }

    private struct Held {
        var record: ClinicalRecord
        /// Attributes of which rows say different things: none of them stays.
        var contradicted: Set<String> = []
    }

    private let sink: ([ClinicalRecord]) throws -> Void
    private var held: [Held] = []
    private var places: [Key: Int] = [:]
    private var seen: Set<UInt128> = []
    private var passing: [ClinicalRecord] = []
    private(set) var written = 0
    private(set) var byEntity: [CohortEntity: Int] = [:]
    /// Whether there were more rows than can be compared with each other.
    private(set) var isSeenFull = false

    /// Records that rows can add to: a million patients with a diagnosis each.
    static let mostHeld = 2_000_000
    /// Identities that are kept to find rows that come twice: 16 bytes each.
    private static let mostSeen = 4_000_000
    private static let chunk = 1_000

    init(to sink: @escaping ([ClinicalRecord]) throws -> Void) { self.sink = sink }

    enum Addition: Equatable {
        case new
        /// The same record again.
        case same
        /// Other values for an attribute that has one already.
        case contradiction([String])
    }

    /// A record of its own.
    ///
    /// - Returns: whether its identity is new; the second of two is not written.
    mutating func pass(_ record: ClinicalRecord, digest: [UInt8]) throws(MappingError) -> Bool {
        if seen.count < Self.mostSeen {
            guard seen.insert(digest.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }).inserted else { return false }
        } else {
            isSeenFull = true
        }
        passing.append(record)
        byEntity[record.entity, default: 0] += 1
        if passing.count >= Self.chunk { try flush() }
        return true
    }

    /// A record that other rows may add to.
    mutating func add(_ record: ClinicalRecord, single: (String) -> Bool) throws(MappingError) -> Addition {
        let key = Key(entity: record.entity, patient: record.patient, key: record.key)
        guard let place = places[key] else {
            guard held.count < Self.mostHeld else {
                throw MappingError(
                    TableError(
                        .tooLarge,
                        "there are more than \(Self.mostHeld) records that rows can add to; use `row` in the place of `key` where each row is a record of its own"
                    ))
            }
            places[key] = held.count
            held.append(Held(record: record))
            byEntity[record.entity, default: 0] += 1
            return .new
        }
        var contradictions: [String] = []
        for (name, values) in record.values {
            guard !held[place].contradicted.contains(name) else {
                contradictions.append(name)
                continue
            }
            guard let known = held[place].record.values[name] else {
                held[place].record.values[name] = values
                continue
            }
            if known == values { continue }
            guard single(name) else {
                held[place].record.values[name] = known + values.filter { !known.contains($0) }
                continue
            }
            held[place].record.values[name] = nil
            held[place].contradicted.insert(name)
            contradictions.append(name)
        }
        return contradictions.isEmpty ? .same : .contradiction(contradictions.sorted())
    }

    /// Hands on what is left. Call it after the last row.
    mutating func finish() throws(MappingError) {
        for one in held {
            if one.record.values.isEmpty {
                byEntity[one.record.entity, default: 1] -= 1
                continue
            }
            passing.append(one.record)
            if passing.count >= Self.chunk { try flush() }
        }
        held = []
        places = [:]
        try flush()
    }

    private mutating func flush() throws(MappingError) {
        guard !passing.isEmpty else { return }
        do {
            try sink(passing)
        } catch let error as MappingError {
            throw error
        } catch {
            throw MappingError(TableError(.file, "the records cannot be kept: \(error)"))
        }
        written += passing.count
        passing.removeAll(keepingCapacity: true)
    }
}
