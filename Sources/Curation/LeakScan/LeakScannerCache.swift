import Synchronization

/// Scanners of the patients that were met last: what is known of a patient changes seldom, and making a search of it takes
/// longer than searching. Bounded, and safe to share between threads.
public final class LeakScannerCache: Sendable {
    private struct State {
        var searches: [Key: (search: PatientSearch, used: UInt64)] = [:]
        var clock: UInt64 = 0
    }

    /// All values but UIDs, which every object has its own of. Two sets of one key would have to have the same sum of 64-bit
    /// hashes that change with every run.
    private struct Key: Hashable {
        let sum: UInt64
        let count: Int
        let kinds: Set<KnownIdentifiers.Kind>
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// - Parameter capacity: patients, at most.
    public init(capacity: Int = 256) {
        self.capacity = max(capacity, 1)
    }

    /// As ``LeakScanner/init(known:allowed:shift:kinds:)``.
    public func scanner(
        for known: KnownIdentifiers, allowed: Set<String> = [], shift: DateShift? = nil,
        kinds: Set<KnownIdentifiers.Kind> = Set(KnownIdentifiers.Kind.allCases)
    ) -> LeakScanner {
        var (sum, count): (UInt64, Int) = (0, 0)
        for value in known.values where value.kind != .uid {
            sum &+= UInt64(truncatingIfNeeded: value.hashValue)
            count += 1
        }
        let search = search(Key(sum: sum, count: count, kinds: kinds), known)
        return LeakScanner(search, known, allowed: allowed, shift: shift, kinds: kinds)
    }

    private func search(_ key: Key, _ known: KnownIdentifiers) -> PatientSearch {
        let kept = state.withLock { state in
            state.clock += 1
            state.searches[key]?.used = state.clock
            return state.searches[key]?.search
        }
        if let kept { return kept }
        // Outside the lock: two threads that make the same do no harm.
        let made = PatientSearch(known.values.filter { $0.kind != .uid }, kinds: key.kinds)
        state.withLock { state in
            if state.searches.count >= capacity,
                let oldest = state.searches.min(by: { $0.value.used < $1.value.used })?.key
            {
                state.searches[oldest] = nil
            }
            state.searches[key] = (made, state.clock)
        }
        return made
    }
}
