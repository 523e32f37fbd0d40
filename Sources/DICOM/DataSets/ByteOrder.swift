/// Turning round the bytes of binary numbers.
enum ByteOrder {
    /// The bytes with each group of `unit` in opposite order; an incomplete group at the end stays as it is.
    static func swapped(_ bytes: ArraySlice<UInt8>, unit: Int) -> [UInt8] {
        var result = Array(bytes)
        swap(&result, from: 0, unit: unit)
        return result
    }

    /// The same in place, from a position on.
    static func swap(_ bytes: inout [UInt8], from start: Int, unit: Int) {
        guard unit > 1 else { return }
        var group = start
        while group + unit <= bytes.count {
            bytes[group..<group + unit].reverse()
            group += unit
        }
    }
}
