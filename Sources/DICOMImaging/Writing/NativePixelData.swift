/// Frames as a native pixel data value (PS3.5 8.1): one after another, single bits without gaps, an even number of bytes,
/// in little endian order.
public struct NativePixelData: Sendable {
    /// The value so far; even once ``finish()`` has given it.
    private var bytes: [UInt8] = []
    private var bits = 0

    public init() {}

    /// Appends a frame.
    public mutating func append(_ frame: Frame) {
        let count = frame.description.bitsPerFrame
        if bits % 8 == 0 {
            bytes += frame.bytes
        } else {
            // The frame's first bits go into the last byte's free ones.
            let used = UInt8(bits % 8)
            for byte in frame.bytes {
                bytes[bytes.count - 1] |= byte << used
                bytes.append(byte >> (8 - used))
            }
        }
        bits += count
        // A last byte that holds no bit of a frame any more.
        bytes.removeLast(max(0, bytes.count - (bits + 7) / 8))
    }

    /// The value.
    public consuming func finish() -> [UInt8] {
        if bytes.count & 1 == 1 { bytes.append(0) }
        return bytes
    }
}
