/// Stored values of 16 bits and how they become ordinals: shifted to the top, foreign bits cleared, the sign turned so
/// that the order is that of unsigned numbers.
struct Ordinals {
    let left, mask, flip: UInt16

    init(_ description: PixelDescription) {
        let allocated = min(description.bitsAllocated, 16)
        let stored = min(description.bitsStored, allocated)
        left = UInt16(16 - 1 - min(description.highBit, 15))
        mask = UInt16.max << UInt16(16 - stored)
        flip = description.isSigned ? 0x8000 : 0
    }

    @inline(__always)
    func ordinal(_ stored: UInt16) -> UInt16 {
        ((stored &<< left) & mask) ^ flip
    }

    /// Of a stored value as a number.
    func ordinal(value: Double) -> UInt16 {
        let step = Double(mask & (~mask &+ 1))
        let offset: Double = flip == 0 ? 0 : 32768
        return UInt16(max(0, min(65535, (value * step + offset).rounded())))
    }

    /// A pixel padding value's; nil where there is none.
    func padding(_ description: PixelDescription) -> UInt16? {
        description.padding.map { ordinal(UInt16(truncatingIfNeeded: $0)) }
    }

    /// The range of all samples. The outermost values come from a sample of some 30,000 pixels: what they leave out is not
    /// lost, it only shows less.
    func range(of samples: UnsafeRawBufferPointer, padding: UInt16?) -> OrdinalRange {
        let count = samples.count / 2
        guard count > 0 else { return OrdinalRange(minimum: 0, low: 0, high: 0, maximum: 0) }
        var (minimum, maximum) = (UInt16.max, UInt16.min)
        for index in 0..<count {
            // 2 × index + 2 ≤ samples.count.
            let value = ordinal(
                UInt16(littleEndian: samples.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self)))
            minimum = min(minimum, value)
            maximum = max(maximum, value)
        }
        var range = OrdinalRange(minimum: minimum, low: minimum, high: maximum, maximum: maximum)
        guard maximum > minimum else { return range }
        let shift = UInt16((maximum - minimum).leadingZeroBitCount)
        var histogram = [UInt32](repeating: 0, count: 4096)
        var total = 0
        // Steps of changing length: a picture with a pattern must not be met at the same place of it each time.
        let longest = UInt32(max(1, 2 * (count / 32768)))
        var (index, dice): (Int, UInt32) = (0, 1)
        while index < count {
            let stored = samples.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self)
            let value = ordinal(UInt16(littleEndian: stored))
            dice = dice &* 1_664_525 &+ 1_013_904_223
            index &+= 1 &+ Int((dice &>> 16) % longest)
            if value == padding { continue }
            // At most 16 bits moved down by 4: under 4096.
            histogram[Int(((value &- minimum) &<< shift) &>> 4)] &+= 1
            total &+= 1
        }
        let outer = total / 200
        if let bin = Self.bin(histogram.indices, histogram, leaving: outer) {
            range.low = minimum &+ (UInt16(bin) &<< 4) &>> shift
        }
        if let bin = Self.bin(histogram.indices.reversed(), histogram, leaving: outer) {
            range.high = minimum &+ UInt16(min(Int(maximum - minimum), (bin << 4 + 15) >> Int(shift)))
        }
        range.high = max(range.high, range.low)
        return range
    }

    /// The first bin, in an order, at which more than `outer` samples have been met.
    private static func bin(_ order: some Sequence<Int>, _ histogram: [UInt32], leaving outer: Int) -> Int? {
        var met = 0
        for bin in order {
            met &+= Int(histogram[bin])
            if met > outer { return bin }
        }
        return nil
    }
}
