/// How stored values become grey levels: three straight pieces, from the lowest value over the window's two ends to the
/// highest. What lies beyond the window keeps a part of the levels: burned-in text, the brightest of all, stays apart from
/// anatomy at the upper end.
///
/// Values are handled as ordinals: 16 bits, unsigned, the stored bits at the top, so that signed and left-aligned ones and
/// ones with foreign bits above them are all alike.
struct GrayScale: Equatable {
    /// One piece: `levels` for the values from `from` to `to`.
    struct Piece: Equatable {
        let from, to: UInt16
        /// Moves the length of the piece up to 16 bits.
        let shift: UInt16
        /// Levels for 65,536 of these, rounded up: at the end of the piece exactly `levels` come out.
        let factor: UInt16

        init(from: UInt16, to: UInt16, levels: Int) {
            (self.from, self.to) = (from, max(from, to))
            let length = self.to - from
            guard length > 0 else {
                (shift, factor) = (0, 0)
                return
            }
            shift = UInt16(length.leadingZeroBitCount)
            let scaled = Int(length) << Int(shift)
            factor = UInt16(clamping: (levels * 65536 + scaled - 1) / scaled)
        }

        @inline(__always)
        func level(_ ordinal: UInt16) -> UInt16 {
            let upper = min(ordinal, to)
            let distance = (upper > from ? upper &- from : 0) &<< shift
            return UInt16(truncatingIfNeeded: (UInt32(distance) &* UInt32(factor)) &>> 16)
        }

        /// The same for eight ordinals.
        @inline(__always)
        func levels(_ ordinals: SIMD8<UInt16>) -> SIMD8<UInt16> {
            let (from, to) = (SIMD8<UInt16>(repeating: from), SIMD8<UInt16>(repeating: to))
            let upper = ordinals.replacing(with: to, where: ordinals .> to)
            let distance = upper.replacing(with: from, where: upper .< from) &- from
            let scaled = distance &<< SIMD8(repeating: shift)
            let product =
                SIMD8<UInt32>(truncatingIfNeeded: scaled) &* SIMD8<UInt32>(repeating: UInt32(factor))
            return SIMD8<UInt16>(truncatingIfNeeded: product &>> SIMD8<UInt32>(repeating: 16))
        }
    }

    let below, window, above: Piece

    /// Grey level of an ordinal.
    @inline(__always)
    func level(_ ordinal: UInt16) -> UInt8 {
        UInt8(truncatingIfNeeded: below.level(ordinal) &+ window.level(ordinal) &+ above.level(ordinal))
    }

    /// All values in the window, the others black and white.
    init(low: UInt16, high: UInt16) {
        below = Piece(from: 0, to: 0, levels: 0)
        above = Piece(from: 0, to: 0, levels: 0)
        window = Piece(from: low, to: high, levels: 255)
    }

    /// By what is in the picture: the window holds nearly all values, levels 16 to 235; the rest are for what lies beyond.
    init(_ range: OrdinalRange) {
        guard range.high - range.low > (range.maximum - range.minimum) / 2048 else {
            self = GrayScale(low: range.minimum, high: range.maximum)
            return
        }
        let lowest = range.low > range.minimum ? 16 : 0
        let highest = range.high < range.maximum ? 20 : 0
        below = Piece(from: range.minimum, to: range.low, levels: lowest)
        window = Piece(from: range.low, to: range.high, levels: 255 - lowest - highest)
        above = Piece(from: range.high, to: range.maximum, levels: highest)
    }
}

extension GrayScale {
    /// Grey levels of all samples; `invert` is 255 where the lowest value is white. Eight at a time: this runs on every
    /// frame of a hospital.
    func levels(of samples: UnsafeRawBufferPointer, _ ordinals: Ordinals, invert: UInt8) -> [UInt8] {
        typealias Eight = SIMD8<UInt16>
        let count = samples.count / 2
        let (left, mask, flip) = (
            Eight(repeating: ordinals.left), Eight(repeating: ordinals.mask), Eight(repeating: ordinals.flip)
        )
        let (below, window, above) = (below, window, above)
        let inverted = SIMD8<UInt8>(repeating: invert)
        return [UInt8](unsafeUninitializedCapacity: count) { result, filled in
            let target = UnsafeMutableRawBufferPointer(result)
            var index = 0
            while index &+ 8 <= count {
                // 2 × (index + 8) ≤ samples.count, and index + 8 ≤ the capacity.
                let stored = samples.loadUnaligned(fromByteOffset: 2 &* index, as: Eight.self)
                let values = ((stored &<< left) & mask) ^ flip
                let levels = below.levels(values) &+ window.levels(values) &+ above.levels(values)
                target.storeBytes(
                    of: SIMD8<UInt8>(truncatingIfNeeded: levels) ^ inverted, toByteOffset: index, as: SIMD8<UInt8>.self)
                index &+= 8
            }
            while index < count {
                let stored = samples.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self)
                result[index] = level(ordinals.ordinal(UInt16(littleEndian: stored))) ^ invert
                index &+= 1
            }
            filled = count
        }
    }
}

/// Where the ordinals of a picture lie: all of them, and all but the outermost half per cent at either end.
struct OrdinalRange: Equatable {
    var minimum, low, high, maximum: UInt16
}
