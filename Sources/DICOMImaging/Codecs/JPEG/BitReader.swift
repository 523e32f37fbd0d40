/// The bits of JPEG's entropy-coded data: bytes stuffed after 0xFF taken out, ended by any marker.
struct BitReader {
    private let bytes: [UInt8]
    /// The next byte to take.
    private(set) var position: Int
    /// Bits taken and not used, at the top.
    private var bits: UInt64 = 0
    private var count = 0
    /// More bits were used than there were: the data is cut off, or is not what the tables say.
    private(set) var isExhausted = false

    init(_ bytes: [UInt8], from position: Int) {
        self.bytes = bytes
        self.position = position
    }

    private mutating func refill() {
        while count <= 56, position < bytes.count {
            let byte = bytes[position]
            if byte == 0xFF {
                guard position + 1 < bytes.count, bytes[position + 1] == 0 else { return }
                position += 1
            }
            position += 1
            bits |= UInt64(byte) << UInt64(56 - count)
            count += 8
        }
    }

    /// The next 16 bits, zeros where there are none left.
    @inline(__always)
    mutating func peek16() -> Int {
        if count < 16 { refill() }
        return Int(bits >> 48)
    }

    @inline(__always)
    mutating func skip(_ length: Int) {
        if count < length { refill() }
        if count < length { isExhausted = true }
        bits <<= UInt64(length)
        count = max(0, count - length)
    }

    /// 0 to 16 bits as a number.
    @inline(__always)
    mutating func read(_ length: Int) -> Int {
        guard length > 0 else { return 0 }
        let value = peek16() >> (16 - length)
        skip(length)
        return value
    }

    /// Passes over the restart marker that must follow, whatever its number; false where there is none.
    mutating func restart() -> Bool {
        (bits, count) = (0, 0)
        while position + 1 < bytes.count, bytes[position] == 0xFF, bytes[position + 1] == 0xFF { position += 1 }
        guard position + 1 < bytes.count, bytes[position] == 0xFF, (0xD0...0xD7).contains(bytes[position + 1]) else {
            return false
        }
        position += 2
        return true
    }

    /// Where the next marker is, from here on; the end where there is none.
    var nextMarker: Int {
        var at = position
        while at + 1 < bytes.count {
            if bytes[at] == 0xFF, bytes[at + 1] != 0, bytes[at + 1] != 0xFF { return at }
            at += 1
        }
        return bytes.count
    }
}
