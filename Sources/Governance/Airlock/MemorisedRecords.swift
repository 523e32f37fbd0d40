/// Searches what leaves for copies of the table: rows, columns, and identifiers.
///
/// Numbers are compared as 32-bit floats, in which models are kept, by their exact bits: a stretch of several values that
/// are all the same as the table's is no chance. Stretches of the values that every table is full of (one value again and
/// again, or small whole numbers alone) prove nothing and are passed over.
public struct MemorisedRecords: Sendable {
    /// Values in a row that make a stretch.
    static let stretch = 4
    /// Shorter identifiers are words like others.
    static let shortestIdentifier = 6

    private let stretches: Set<UInt64>
    private let identifiers: Set<String>

    public init(_ table: some TableRecords) {
        var found: Set<UInt64> = []
        let columns = table.columns.map { $0.map(Self.bits) }
        for column in columns { Self.gather(column, into: &found) }
        for record in 0..<(columns.map(\.count).max() ?? 0) {
            Self.gather(columns.compactMap { $0.indices.contains(record) ? $0[record] : nil }, into: &found)
        }
        stretches = found
        identifiers = Set(table.identifiers.filter { $0.utf8.count >= Self.shortestIdentifier })
    }

    /// How many stretches of numbers are the table's.
    public func matches(in values: [Double]) -> Int {
        var count = 0
        Self.walk(values.map(Self.bits)) { hash in
            if stretches.contains(hash) { count += 1 }
        }
        return count
    }

    /// How many identifiers of the table stand in a text, each counted once.
    public func identifiers(in text: [UInt8]) -> Int {
        guard !identifiers.isEmpty else { return 0 }
        var found: Set<String> = []
        let words = String(decoding: text, as: UTF8.self).split { !Self.isPart($0) }
        for word in words {
            let whole = String(word)
            if identifiers.contains(whole) { found.insert(whole) }
        }
        return found.count
    }

    /// What identifiers are made of; UIDs have points, accession numbers hyphens.
    private static func isPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "." || character == "-" || character == "_"
    }

    private static func bits(_ value: Double) -> UInt32 { Float(value).bitPattern }

    private static func gather(_ values: [UInt32], into found: inout Set<UInt64>) {
        walk(values) { found.insert($0) }
    }

    /// The hash of each stretch that says something.
    private static func walk(_ values: [UInt32], _ each: (UInt64) -> Void) {
        guard values.count >= stretch else { return }
        for start in 0...(values.count - stretch) {
            let some = values[start..<(start + stretch)]
            guard isTelling(some) else { continue }
            // FNV-1a, 64 bits.
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for value in some { hash = (hash ^ UInt64(value)) &* 0x0000_0100_0000_01B3 }
            each(hash)
        }
    }

    /// Not one value again and again, and not small whole numbers alone: counts and codes are everywhere.
    private static func isTelling(_ values: ArraySlice<UInt32>) -> Bool {
        guard Set(values).count >= stretch - 1 else { return false }
        return values.contains { bits in
            let value = Float(bitPattern: bits)
            return value.isFinite && !(value == value.rounded() && abs(value) < 1000)
        }
    }
}
