import DICOM

/// RLE Lossless (PS3.5 annex G): the bytes of equal rank of all samples of a component make a segment, the highest rank
/// first; each segment is packed by runs.
struct RLECodec: FrameCodec {
    var isLossless: Bool { true }

    private static var headerBytes: Int { 64 }
    private static var mostSegments: Int { 15 }

    func decode(_ bytes: [UInt8], _ description: PixelDescription) throws(ImagingError) -> Frame {
        let description = description.decoded()
        let size = description.bytesPerSample
        guard description.bitsAllocated >= 8 else {
            throw ImagingError(.unsupported, tag: .bitsAllocated, "RLE of single bits is not supported")
        }
        let segments = try Self.segments(bytes)
        guard segments.count == size * description.samplesPerPixel else {
            throw ImagingError(
                .badCodestream, tag: .pixelData,
                "the RLE header has \(segments.count) segments; the samples need \(size * description.samplesPerPixel)")
        }
        var result = [UInt8](repeating: 0, count: description.bytesPerFrame)
        let pixelBytes = size * description.samplesPerPixel
        for (number, segment) in segments.enumerated() {
            // Segment s: byte rank s mod size of component s / size, from the highest down; in the frame the lowest is first.
            let first = number / size * size + (size - 1 - number % size)
            try Self.unpack(bytes, segment, into: &result, from: first, step: pixelBytes, count: description.pixels)
        }
        return try Frame(description, bytes: result)
    }

    private static func segments(_ bytes: [UInt8]) throws(ImagingError) -> [Range<Int>] {
        func word(_ index: Int) -> Int {
            (0..<4).reduce(0) { $0 | Int(bytes[4 * index + $1]) << (8 * $1) }
        }
        guard bytes.count >= headerBytes, (1...mostSegments).contains(word(0)) else {
            throw ImagingError(.badCodestream, tag: .pixelData, "the frame has no RLE header")
        }
        let starts = (1...word(0)).map(word)
        let ends = starts.dropFirst() + [bytes.count]
        guard zip(starts, ends).allSatisfy({ $0 >= headerBytes && $0 <= $1 && $1 <= bytes.count }) else {
            throw ImagingError(.badCodestream, tag: .pixelData, "the RLE header's offsets are not in order")
        }
        return zip(starts, ends).map { $0..<$1 }
    }

    /// Unpacks a segment into every `step`th byte. What a segment has beyond `count` bytes is left out.
    private static func unpack(
        _ bytes: [UInt8], _ segment: Range<Int>, into result: inout [UInt8], from first: Int, step: Int, count: Int
    ) throws(ImagingError) {
        var (position, written, target) = (segment.lowerBound, 0, first)
        while written < count, position < segment.upperBound {
            let control = bytes[position]
            position += 1
            if control < 128 {
                let length = min(Int(control) + 1, count - written, segment.upperBound - position)
                for offset in 0..<length {
                    result[target] = bytes[position + offset]
                    target += step
                }
                position += length
                written += length
            } else if control > 128 {
                guard position < segment.upperBound else { break }
                let length = min(257 - Int(control), count - written)
                for _ in 0..<length {
                    result[target] = bytes[position]
                    target += step
                }
                position += 1
                written += length
            }
        }
        guard written == count else {
            throw ImagingError(
                .badCodestream, tag: .pixelData, "an RLE segment ends after \(written) of \(count) bytes")
        }
    }

    func encode(_ frame: Frame) -> [UInt8]? {
        let description = frame.description
        let size = description.bytesPerSample
        let segments = size * description.samplesPerPixel
        guard description.bitsAllocated >= 8, segments <= Self.mostSegments, description.photometric != .ybrFull422
        else { return nil }
        var offsets: [Int] = []
        var body: [UInt8] = []
        var row = [UInt8](repeating: 0, count: description.columns)
        for number in 0..<segments {
            offsets.append(Self.headerBytes + body.count)
            let (component, rank) = (number / size, size - 1 - number % size)
            for y in 0..<description.rows {
                for x in 0..<description.columns {
                    let pixel = y * description.columns + x
                    let sample =
                        description.isPlanar
                        ? component * description.pixels + pixel : pixel * description.samplesPerPixel + component
                    row[x] = frame.bytes[sample * size + rank]
                }
                Self.pack(row, into: &body)
            }
            if body.count & 1 == 1 { body.append(0) }
        }
        let words = [segments] + offsets + [Int](repeating: 0, count: Self.mostSegments - segments)
        return words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } } + body
    }

    /// Packs a row: runs of three and more as such, the rest as it is, 128 bytes at a time. No run crosses a row (G.3.1).
    private static func pack(_ row: [UInt8], into body: inout [UInt8]) {
        var (position, literal) = (0, 0)
        func flush(to end: Int, _ body: inout [UInt8]) {
            while literal < end {
                let length = min(128, end - literal)
                body.append(UInt8(length - 1))
                body += row[literal..<literal + length]
                literal += length
            }
        }
        while position < row.count {
            var end = position + 1
            while end < row.count, end - position < 128, row[end] == row[position] { end += 1 }
            if end - position >= 3 {
                flush(to: position, &body)
                body.append(UInt8(257 - (end - position)))
                body.append(row[position])
                literal = end
            }
            position = end
        }
        flush(to: row.count, &body)
    }
}
