import Synchronization

/// What is known of each patient so far: an object is searched for what earlier objects of the same patient said, too.
///
/// Bounded: the patients that were met last stay in memory, the others are asked of `load` again. UIDs and days of examinations are left out, which
/// every object has its own of. What is new is handed over by ``takeChanges()``, to be kept.
public final class PatientMemory: Sendable {
    fileprivate struct State {
        var patients: [String: (known: KnownIdentifiers, used: UInt64)] = [:]
        var changed: Set<String> = []
        var clock: UInt64 = 0
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let load: @Sendable (String) throws -> KnownIdentifiers?

    /// Values that are kept of one patient, at most: more is not one patient.
    static let maximumValues = 5_000

    /// - Parameters:
    ///   - capacity: patients in memory, at most.
    ///   - load: what was kept of a patient earlier, by pseudonym; nil where nothing was.
    public init(
        capacity: Int = 4_096, load: @escaping @Sendable (String) throws -> KnownIdentifiers? = { _ in nil }
    ) {
        self.capacity = max(capacity, 1)
        self.load = load
    }

    /// Adds what an object says of its patient, and returns all that is known by now, with the object's own UIDs.
    public func add(_ found: KnownIdentifiers, of pseudonym: String) throws -> KnownIdentifiers {
        let lasting = found.values.filter { $0.kind != .uid && $0.kind != .studyDate }
        let isThere = state.withLock { $0.patients[pseudonym] != nil }
        let loaded = isThere ? nil : try load(pseudonym)
        return state.withLock { state in
            state.clock += 1
            var known = state.patients[pseudonym]?.known ?? loaded ?? KnownIdentifiers()
            let before = known.values.count
            for value in lasting where known.values.count < Self.maximumValues { known.insert(value.kind, value.text) }
            if known.values.count != before { state.changed.insert(pseudonym) }
            state.patients[pseudonym] = (known, state.clock)
            if state.patients.count > capacity { state.forgetOldest(capacity) }
            known.formUnion(found)
            return known
        }
    }

    /// What has changed since the last call, by pseudonym. The caller keeps it.
    public func takeChanges() -> [String: KnownIdentifiers] {
        state.withLock { state in
            defer { state.changed = [] }
            return state.changed.reduce(into: [:]) { $0[$1] = state.patients[$1]?.known }
        }
    }
}

extension PatientMemory.State {
    /// Makes room for an eighth of all; what is not kept yet stays.
    fileprivate mutating func forgetOldest(_ capacity: Int) {
        let old = patients.filter { !changed.contains($0.key) }.sorted { $0.value.used < $1.value.used }
        for (pseudonym, _) in old.prefix(max(capacity / 8, patients.count - capacity)) { patients[pseudonym] = nil }
    }
}
