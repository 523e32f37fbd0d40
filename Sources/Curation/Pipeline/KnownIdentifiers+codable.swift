import FoundationEssentials

extension KnownIdentifiers {
    /// For the vault: kinds and texts, as JSON.
    public var encoded: [UInt8] {
        let lines = values.map { [$0.kind.rawValue, $0.text] }.sorted { $0.lexicographicallyPrecedes($1) }
        return Array((try? JSONEncoder().encode(lines)) ?? Data())
    }

    /// nil where the bytes are not what ``encoded`` gave. Kinds that are not known any more are left out.
    public init?(encoded: [UInt8]) {
        guard let lines = try? JSONDecoder().decode([[String]].self, from: Data(encoded)) else { return nil }
        self.init(
            lines.compactMap { line in
                guard line.count == 2, let kind = Kind(rawValue: line[0]) else { return nil }
                return Value(kind, line[1])
            })
    }
}
