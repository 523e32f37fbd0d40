/// The shape of what every site sends in one round, agreed before anybody computes.
///
/// Masked sums need it: all sites put the same numbers in the same places. It also bounds what a site may send.
public struct Layout: Sendable, Equatable {
    public struct Part: Sendable, Equatable {
        public enum Kind: Sendable, Equatable { case counts, reals }
        public let name: String
        public let kind: Kind
        /// The number of values. A matrix is stored row by row.
        public let count: Int

        public static func counts(_ name: String, _ count: Int = 1) -> Part {
            Part(name: name, kind: .counts, count: max(0, count))
        }

        public static func reals(_ name: String, _ count: Int = 1) -> Part {
            Part(name: name, kind: .reals, count: max(0, count))
        }
    }

    /// The most values in one contribution: 2^22 of 16 bytes are what a message holds.
    public static let maximumValues = 1 << 22

    public let parts: [Part]

    public init(_ parts: Part...) { self.parts = parts }
    public init(_ parts: [Part]) { self.parts = parts }

    /// All values together.
    public var count: Int {
        parts.reduce(0) { $0.addingReportingOverflow($1.count).overflow ? Int.max : $0 + $1.count }
    }
}
