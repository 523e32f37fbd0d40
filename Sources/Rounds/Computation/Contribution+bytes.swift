extension Contribution {
    /// The numbers as they travel: eight bytes each, little endian, in the order of the layout.
    public func bytes() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 * parts.reduce(0) { $0 + $1.values.count })
        func append(_ bits: UInt64) {
            for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
        }
        for part in parts {
            switch part.values {
            case .counts(let values): for value in values { append(UInt64(bitPattern: value)) }
            case .reals(let values): for value in values { append(value.bitPattern) }
            }
        }
        return bytes
    }

    /// What a site sent, read as the layout says and checked against it.
    public init(bytes: [UInt8], layout: Layout) throws(RoundsError) {
        let wanted = layout.count
        guard wanted <= Layout.maximumValues, bytes.count == 8 * wanted else {
            throw .shape("it has \(bytes.count) bytes where \(wanted) numbers were asked for")
        }
        self.init()
        var place = 0
        func next() -> UInt64 {
            var bits: UInt64 = 0
            for index in 0..<8 { bits |= UInt64(bytes[place + index]) << (8 * index) }
            place += 8
            return bits
        }
        for part in layout.parts {
            switch part.kind {
            case .counts: add(counts: (0..<part.count).map { _ in Int64(bitPattern: next()) }, as: part.name)
            case .reals: add(reals: (0..<part.count).map { _ in Double(bitPattern: next()) }, as: part.name)
            }
        }
        try check(layout)
    }
}
