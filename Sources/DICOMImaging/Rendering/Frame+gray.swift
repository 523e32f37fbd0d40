extension Frame {
    /// The frame in 8 bits of grey, for looking for text, for thumbnails and hashes: 0 is black whatever the photometric
    /// interpretation.
    ///
    /// - Parameter window: the stored values shown from black to white; without it, what is in the frame decides, and for
    ///   8 bits and colour nothing is changed unless the contrast is poor.
    public func gray(window: Window? = nil) -> GrayImage {
        // Every branch gives a level for each pixel.
        GrayImage(width: width, height: height, pixels: grayLevels(window)) ?? .blank(width, height)
    }

    private func grayLevels(_ window: Window?) -> [UInt8] {
        let invert: UInt8 = description.photometric == .monochrome1 ? 255 : 0
        if description.photometric == .palette { return paletteLevels() }
        if description.photometric.isColour { return luma() }
        switch (description.bitsAllocated, description.isFloat) {
        case (1, _): return bits(invert)
        case (8, _): return bytes8(window, invert)
        case (16, false):
            let ordinals = Ordinals(description)
            return bytes.withUnsafeBytes { samples in
                let scale =
                    window.map {
                        GrayScale(low: ordinals.ordinal(value: $0.low), high: ordinals.ordinal(value: $0.high))
                    }
                    ?? GrayScale(ordinals.range(of: samples, padding: ordinals.padding(description)))
                return scale.levels(of: samples, ordinals, invert: invert)
            }
        default: return wideLevels(window, invert)
        }
    }

    private func bits(_ invert: UInt8) -> [UInt8] {
        (0..<description.pixels).map { pixel in
            (bytes[pixel / 8] >> UInt8(pixel % 8) & 1) * 255 ^ invert
        }
    }

    /// 8 bits: the bytes themselves, not even copied, where they are levels already.
    private func bytes8(_ window: Window?, _ invert: UInt8) -> [UInt8] {
        let isPlain = description.bitsStored == 8 && !description.isSigned
        let ordinals = Ordinals(widened)
        let scale: GrayScale
        if let window {
            scale = GrayScale(low: ordinals.ordinal(value: window.low), high: ordinals.ordinal(value: window.high))
        } else {
            var (minimum, maximum) = (UInt8.max, UInt8.min)
            bytes.withUnsafeBufferPointer {
                for byte in $0 { (minimum, maximum) = (min(minimum, byte), max(maximum, byte)) }
            }
            let isPoor = maximum >= minimum && maximum - minimum < 128
            if isPlain, invert == 0, !isPoor { return bytes }
            if isPlain, !isPoor {
                scale = GrayScale(low: 0, high: 0xFF00)
            } else {
                let all = bytes.map { ordinals.ordinal(UInt16($0)) }
                scale = GrayScale(low: all.min() ?? 0, high: all.max() ?? 0)
            }
        }
        let table = (0...255).map { scale.level(ordinals.ordinal(UInt16($0))) ^ invert }
        return mapped(table)
    }

    /// The description of the same values in 16 bits.
    private var widened: PixelDescription {
        var copy = description
        copy.bitsAllocated = 16
        return copy
    }

    /// Bytes through a table of 256 entries.
    private func mapped(_ table: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { samples in
            table.withUnsafeBufferPointer { table in
                [UInt8](unsafeUninitializedCapacity: samples.count) { result, filled in
                    // The table has an entry for every byte; result has room for every sample.
                    for index in 0..<samples.count { result[index] = table[Int(samples[index])] }
                    filled = samples.count
                }
            }
        }
    }

    private func paletteLevels() -> [UInt8] {
        guard let palette = description.palette else { return [] }
        let luma = (0..<palette.count).map { Colour.luma(palette.red[$0], palette.green[$0], palette.blue[$0]) }
        return paletteIndices.map { luma[$0] }
    }

    /// 32 and 64 bits and floating point, by way of doubles.
    private func wideLevels(_ window: Window?, _ invert: UInt8) -> [UInt8] {
        let values = wideValues
        let padding = description.padding.map { Double($0) }
        var finite = stride(from: 0, to: values.count, by: (values.count / 32768) | 1).map { values[$0] }
            .filter { $0.isFinite && $0 != padding }
        finite.sort()
        let extremes = values.lazy.filter(\.isFinite)
        let (minimum, maximum) = (extremes.min() ?? 0, extremes.max() ?? 0)
        let low = window?.low ?? minimum
        let high = window?.high ?? (maximum > low ? maximum : low + 1)
        // To ordinals over the whole range; then the same three pieces as for 16 bits.
        let step = 65535 / (high - low)
        func ordinal(_ value: Double) -> UInt16 {
            value.isNaN ? 0 : UInt16(max(0, min(65535, (value - low) * step)))
        }
        var range = OrdinalRange(minimum: 0, low: 0, high: 65535, maximum: 65535)
        if window == nil, !finite.isEmpty {
            range.low = ordinal(finite[finite.count / 200])
            range.high = max(range.low, ordinal(finite[finite.count - 1 - finite.count / 200]))
        }
        let scale = window == nil ? GrayScale(range) : GrayScale(low: 0, high: 65535)
        return values.map { scale.level(ordinal($0)) ^ invert }
    }
}

extension Frame {
    /// Entries of the palette, one a pixel, within it.
    var paletteIndices: [Int] {
        let last = max((description.palette?.count ?? 1) - 1, 0)
        let first = description.palette?.first ?? 0
        return storedValues.map { max(0, min(last, $0 - first)) }
    }

    /// The samples of 8 and 16 bits as numbers: the stored bits alone, with their sign.
    var storedValues: [Int] {
        let ordinals = Ordinals(description.bitsAllocated == 8 ? widened : description)
        let down = 16 - min(description.bitsStored, 16)
        let offset = description.isSigned ? 1 << (min(description.bitsStored, 16) - 1) : 0
        if description.bitsAllocated == 8 { return bytes.map { Int(ordinals.ordinal(UInt16($0)) >> down) - offset } }
        return stride(from: 0, to: bytes.count - 1, by: 2).map {
            Int(ordinals.ordinal(UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8) >> down) - offset
        }
    }

    /// The samples of 32 and 64 bits as numbers.
    var wideValues: [Double] {
        let size = description.bytesPerSample
        let unused = UInt64(64 - description.bitsStored)
        let left = UInt64(63 - description.highBit)
        return bytes.withUnsafeBytes { samples in
            (0..<samples.count / size).map { index in
                // (index + 1) × size ≤ samples.count.
                let stored: UInt64
                if size == 4 {
                    let word = UInt32(littleEndian: samples.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
                    if description.isFloat { return Double(Float(bitPattern: word)) }
                    stored = UInt64(word)
                } else {
                    stored = UInt64(littleEndian: samples.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
                    if description.isFloat { return Double(bitPattern: stored) }
                }
                let top = stored << left
                return description.isSigned ? Double(Int64(bitPattern: top) >> Int64(unused)) : Double(top >> unused)
            }
        }
    }
}

extension GrayImage {
    /// All black.
    static func blank(_ width: Int, _ height: Int) -> GrayImage {
        GrayImage(unchecked: width, height, [UInt8](repeating: 0, count: width * height))
    }
}
