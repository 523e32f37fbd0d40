import Synchronization

/// What a site remembers of the masked rounds: the only thing that it cannot work out again from its secret.
///
/// It makes sure that a site never puts two inputs under the same masks and never answers two different requests to
/// unmask the same round. Keys have 32 bytes and values 64; both are hashes and hold nothing of a patient.
public protocol UnmaskLedger: Sendable {
    /// Records the value unless there is one for the key already, and returns the one that holds now. Returns only when
    /// the record would survive a crash.
    func record(_ value: [UInt8], for key: [UInt8]) throws(RoundsError) -> [UInt8]
    /// What is recorded for the key.
    func recorded(for key: [UInt8]) throws(RoundsError) -> [UInt8]?
}

/// A ledger that ends with the process: for simulations and tests.
public final class MemoryLedger: UnmaskLedger {
    private let records = Mutex<[[UInt8]: [UInt8]]>([:])

    public init() {}

    public func record(_ value: [UInt8], for key: [UInt8]) -> [UInt8] {
        records.withLock { records in
            if let earlier = records[key] { return earlier }
            records[key] = value
            return value
        }
    }

    public func recorded(for key: [UInt8]) -> [UInt8]? { records.withLock { $0[key] } }
}
