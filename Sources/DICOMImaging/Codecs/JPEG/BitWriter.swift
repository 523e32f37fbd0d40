/// Writes JPEG's entropy-coded data, stuffing a zero after each 0xFF.
struct BitWriter {
    private(set) var bytes: [UInt8]
    private var bits: UInt64 = 0
    private var count = 0

    init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// The lower `length` bits, 32 at most.
    @inline(__always)
    mutating func write(_ value: UInt32, _ length: Int) {
        bits = bits << UInt64(length) | UInt64(value) & (1 << UInt64(length) - 1)
        count += length
        while count >= 8 {
            count -= 8
            append(UInt8(truncatingIfNeeded: bits >> UInt64(count)))
        }
    }

    @inline(__always)
    private mutating func append(_ byte: UInt8) {
        bytes.append(byte)
        if byte == 0xFF { bytes.append(0) }
    }

    /// Fills the last byte with ones.
    mutating func align() {
        if count > 0 { write(0xFF, 8 - count) }
    }

    /// A marker, after whole bytes.
    mutating func marker(_ code: UInt8) {
        align()
        bytes.append(0xFF)
        bytes.append(code)
    }

    /// A marker segment with its length.
    mutating func segment(_ code: UInt8, _ content: [UInt8]) {
        marker(code)
        let length = content.count + 2
        bytes.append(UInt8(truncatingIfNeeded: length >> 8))
        bytes.append(UInt8(truncatingIfNeeded: length))
        bytes += content
    }
}
