import DICOMImaging

/// What a look at the samples of a decoded frame tells.
struct FrameLook: Sendable {
    /// The smallest and largest stored value, without sign, within High Bit.
    private(set) var minimum = UInt64.max
    private(set) var maximum: UInt64 = 0
    /// Whether all samples are the same.
    var isConstant: Bool { minimum >= maximum }
    /// Whether bits above High Bit are in use, other than as copies of the sign.
    private(set) var usesForeignBits = false
    /// Unsigned samples at both ends of the range and none between.
    private(set) var looksSigned = false

    init(_ frame: Frame) {
        let description = frame.description
        guard description.bitsAllocated > 1 else {
            // Bits: those beyond the last pixel are zeros, so only a frame of all ones needs a count.
            let ones = frame.bytes.reduce(0) { $0 + $1.nonzeroBitCount }
            (minimum, maximum) = (ones == description.pixels ? 1 : 0, ones == 0 ? 0 : 1)
            return
        }
        switch description.bytesPerSample {
        case 1: scan(frame, UInt8.self)
        case 2: scan(frame, UInt16.self)
        case 4: scan(frame, UInt32.self)
        default: scan(frame, UInt64.self)
        }
    }

    private mutating func scan<Word: FixedWidthInteger & UnsignedInteger>(_ frame: Frame, _ type: Word.Type) {
        let description = frame.description
        let (size, width) = (MemoryLayout<Word>.size, Word.bitWidth)
        // 1 … width bits stored below a high bit inside the word: PixelDescription has checked it.
        let top = Word(truncatingIfNeeded: width - 1 - min(description.highBit, width - 1))
        let bottom = Word(truncatingIfNeeded: width - min(description.bitsStored, width))
        let value = (Word.max << top) >> bottom
        var (low, high, foreign) = (Word.max, Word.min, false)
        var (middle, ends) = (0, (low: 0, high: 0))
        let above = top == 0 ? 0 : Word.max << (Word(truncatingIfNeeded: width) - top)
        frame.bytes.withUnsafeBytes { samples in
            for index in 0..<samples.count / size {
                // (index + 1) × size ≤ samples.count.
                let word = Word(
                    littleEndian: samples.loadUnaligned(fromByteOffset: index &* size, as: Word.self))
                let extra = word & above
                if extra != 0, !(description.isSigned && extra == above) { foreign = true }
                let stored = ((word << top) >> bottom) & value
                low = min(low, stored)
                high = max(high, stored)
                switch stored >> (Word(truncatingIfNeeded: min(description.bitsStored, width)) &- 3) {
                case 0: ends.low &+= 1
                case 7: ends.high &+= 1
                case 1, 6: break
                default: middle &+= 1
                }
            }
        }
        (minimum, maximum) = (UInt64(low), UInt64(high))
        usesForeignBits = foreign && !description.isFloat
        let share = max(frame.bytes.count / size / 100, 1)
        looksSigned =
            !description.isSigned && !description.isFloat && description.bitsStored >= 16
            && description.samplesPerPixel == 1 && middle == 0 && ends.low >= share && ends.high >= share
    }
}
