/// Kinds of identifiers, as bits.
struct KindSet: OptionSet, Sendable, Hashable {
    let rawValue: UInt16

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    init(_ kind: KnownIdentifiers.Kind) {
        let bit = KnownIdentifiers.Kind.allCases.firstIndex(of: kind) ?? 0
        self.init(rawValue: 1 << UInt16(truncatingIfNeeded: bit))
    }

    var kinds: [KnownIdentifiers.Kind] {
        KnownIdentifiers.Kind.allCases.filter { contains(KindSet($0)) }
    }
}
