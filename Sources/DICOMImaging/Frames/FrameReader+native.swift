import DICOM

extension FrameReader {
    /// The bytes of a native frame, in little endian order, its bits from the first byte on.
    func native(_ frame: Int, offset: Int, length: Int, swap: Int) throws(ImagingError) -> [UInt8] {
        guard frame >= 0, frame < count else { throw noSuchFrame(frame) }
        // Frames up to a million, bits of each under 2^40: no overflow. Frames of bits follow one another without gaps.
        let (firstBit, bits) = (frame * description.bitsPerFrame, description.bitsPerFrame)
        let first = firstBit / 8
        let end = (firstBit + bits + 7) / 8
        guard end <= length else {
            throw ImagingError(
                .pixelDataShort, tag: .pixelData,
                "the frame ends at byte \(end) of the pixel data, which has \(length): the file is cut off or says too many frames"
            )
        }
        // Words whose bytes change places are read whole.
        let from = swap > 1 ? first / swap * swap : first
        let to = swap > 1 ? min((end + swap - 1) / swap * swap, length) : end
        var bytes = try read(offset + from..<offset + to)
        if swap > 1 { Self.swap(&bytes, unit: swap) }
        if from < first || to > end { bytes = Array(bytes[(first - from)..<(end - from)]) }
        if description.bitsAllocated == 1 { bytes = Self.aligned(bytes, by: firstBit % 8, bits: bits) }
        return bytes
    }

    /// Bits moved down by `shift`, so that the first is the lowest of the first byte; those beyond the last are zeros.
    static func aligned(_ bytes: [UInt8], by shift: Int, bits: Int) -> [UInt8] {
        let count = (bits + 7) / 8
        var result = bytes
        if shift > 0 {
            result = (0..<count).map { index in
                let low = index < bytes.count ? bytes[index] >> UInt8(shift) : 0
                let high = index + 1 < bytes.count ? bytes[index + 1] << UInt8(8 - shift) : 0
                return low | high
            }
        }
        if bits % 8 != 0, let last = result.last { result[result.count - 1] = last & (1 << UInt8(bits % 8) - 1) }
        return result
    }

    static func swap(_ bytes: inout [UInt8], unit: Int) {
        var group = 0
        while group + unit <= bytes.count {
            for position in 0..<unit / 2 { bytes.swapAt(group + position, group + unit - 1 - position) }
            group += unit
        }
    }

    /// How many bytes change places. Samples of 8 bits and less in OW lie two in a big endian word.
    static func swap(
        _ description: PixelDescription, _ vr: VR, _ isBigEndian: Bool, _ syntax: TransferSyntax
    ) -> Int {
        // General Electric's syntax: a little endian data set, pixels in big endian order.
        guard isBigEndian || syntax.uid == "1.2.840.113619.5.2" else { return 1 }
        guard description.bitsAllocated <= 8 else { return description.bytesPerSample }
        return vr == .ow && isBigEndian ? 2 : 1
    }
}

extension PixelDescription {
    /// Objects that say YBR_FULL_422 and yet hold all colour differences, as their length shows.
    mutating func settle(nativeBytes: Int) {
        guard photometric == .ybrFull422 else { return }
        var full = self
        full.photometric = .ybrFull
        if full.bytesPerFrame * frames <= nativeBytes { self = full }
    }
}
