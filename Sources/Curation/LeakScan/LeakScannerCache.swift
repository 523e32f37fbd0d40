import Synchronization

/// Scanners that were built already: a series of a patient needs one, not one for each slice.
public final class LeakScannerCache: Sendable {
    private struct State {
        var scanners: [String: (known: KnownIdentifiers, scanner: LeakScanner)] = [:]
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let kinds: Set<KnownIdentifiers.Kind>

    /// - Parameters:
    ///   - capacity: patients that are kept, at most.
    ///   - kinds: what is looked for.
    public init(capacity: Int = 256, kinds: Set<KnownIdentifiers.Kind> = Set(KnownIdentifiers.Kind.allCases)) {
        self.capacity = max(capacity, 1)
        self.kinds = kinds
    }

    /// The scanner for what is known of a patient; the same one as long as that has not changed.
    public func scanner(for known: KnownIdentifiers, of pseudonym: String, allowed: Set<String>) -> LeakScanner {
        let key = pseudonym + "\u{1F}" + allowed.sorted().joined(separator: "\u{1F}")
        if let found = state.withLock({ $0.scanners[key] }), found.known == known { return found.scanner }
        let scanner = LeakScanner(known: known, allowed: allowed, kinds: kinds)
        state.withLock { state in
            // All at once, now and then, is cheaper than bookkeeping at each object.
            if state.scanners.count >= capacity { state.scanners.removeAll(keepingCapacity: true) }
            state.scanners[key] = (known, scanner)
        }
        return scanner
    }
}
