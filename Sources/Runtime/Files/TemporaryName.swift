import Glibc
import Synchronization

/// Names for temporary files that no other writer on this machine has at the moment.
enum TemporaryName {
    private static let count = Atomic(0)

    static func next() -> String {
        "\(getpid())-\(count.wrappingAdd(1, ordering: .relaxed).newValue)"
    }
}
