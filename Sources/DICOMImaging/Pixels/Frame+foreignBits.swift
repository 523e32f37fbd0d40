extension Frame {
    /// Whether samples of 8 or 16 bits have something in the bits beside the stored ones: where old objects keep their
    /// overlays, text among them. A sign that goes on into the upper bits is nothing foreign.
    public var hasForeignBits: Bool {
        guard let plain = withoutForeignBits else { return false }
        return plain != bytes
    }

    /// Takes out what lies in bits beside the stored ones: zeros, and the sign, stay.
    public mutating func clearForeignBits() {
        if let plain = withoutForeignBits { bytes = plain }
    }

    /// nil where every bit is a stored one, or the samples have more than 16.
    private var withoutForeignBits: [UInt8]? {
        let (allocated, stored) = (description.bitsAllocated, description.bitsStored)
        guard [8, 16].contains(allocated), stored < allocated, !description.isFloat else { return nil }
        let size = description.bytesPerSample
        let (up, down) = (UInt16(15 - description.highBit), UInt16(16 - stored))
        // The lower bits of values that do not begin at bit 0 are foreign too.
        let low = UInt16(description.highBit + 1 - stored)
        let isSigned = description.isSigned
        return [UInt8](unsafeUninitializedCapacity: bytes.count) { result, filled in
            bytes.withUnsafeBufferPointer { source in
                // `size` bytes at a time, of `bytes.count`, a multiple of it; the result has as many.
                var at = 0
                while at &+ size <= source.count {
                    let sample = size == 1 ? UInt16(source[at]) : UInt16(source[at]) | UInt16(source[at &+ 1]) &<< 8
                    let top = sample &<< up
                    let value = isSigned ? UInt16(bitPattern: Int16(bitPattern: top) &>> Int16(down)) : top &>> down
                    let plain = value &<< low
                    result[at] = UInt8(truncatingIfNeeded: plain)
                    if size == 2 { result[at &+ 1] = UInt8(truncatingIfNeeded: plain &>> 8) }
                    at &+= size
                }
                filled = at
            }
        }
    }
}
