/// A fact that somebody else may know of a patient, too, and by which a record can be found again.
public struct QuasiIdentifier: Sendable, Hashable, Codable {
    public var name: String
    public var kind: Kind

    public init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// What its values are, and so how they can be made coarser.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// In years.
        case age
        case number
        /// A postcode or the like: the first characters are the larger area.
        case area
        case date
        /// A code whose parent is what stands before the point or stroke: C50.1, 8500/3.
        case code
        case category
    }
}
