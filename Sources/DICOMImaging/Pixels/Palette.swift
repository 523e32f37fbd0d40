import DICOM

/// The colours of PALETTE COLOR pixels (PS3.3 C.7.9, C.7.6.3.1.5): three tables of 8 bits each, whatever they were.
public struct Palette: Sendable, Equatable {
    /// The pixel value of the first entry; lower ones have its colour, those beyond the last entry the last one's.
    public let first: Int
    public let red, green, blue: [UInt8]

    public var count: Int { red.count }
}

extension Palette {
    private static var channels: [(descriptor: Tag, data: Tag, segmented: Tag)] {
        (0..<3).map { channel in
            (
                Tag(0x0028, 0x1101 + channel), Tag(0x0028, 0x1201 + channel), Tag(0x0028, 0x1221 + channel)
            )
        }
    }

    init(_ dataSet: DataSet) throws(ImagingError) {
        var first: Int?
        var tables: [[UInt8]] = []
        for channel in Self.channels {
            let (start, table) = try Self.table(dataSet, channel)
            if first == nil { first = start }
            tables.append(table)
        }
        guard tables.count == 3, tables[1].count == tables[0].count, tables[2].count == tables[0].count else {
            throw ImagingError(
                .badDescription, tag: Self.channels[0].descriptor, "the tables of the palette differ in length")
        }
        self.first = first ?? 0
        (red, green, blue) = (tables[0], tables[1], tables[2])
    }

    private static func table(
        _ dataSet: DataSet, _ channel: (descriptor: Tag, data: Tag, segmented: Tag)
    ) throws(ImagingError) -> (Int, [UInt8]) {
        // Entries and first pixel value are 16 bits, US or SS as the pixels are; 0 entries mean 65536.
        guard let descriptor = dataSet[channel.descriptor]?.ints, descriptor.count == 3 else {
            throw ImagingError(.badDescription, tag: channel.descriptor, "the palette has no descriptor")
        }
        let count = descriptor[0] & 0xFFFF == 0 ? 65536 : descriptor[0] & 0xFFFF
        let bits = descriptor[2]
        guard bits == 8 || bits == 16 else {
            throw ImagingError(
                .badDescription, tag: channel.descriptor, "the palette's entries have neither 8 nor 16 bits")
        }
        let entries: [UInt16]
        if let element = dataSet[channel.data], !element.isEmpty {
            entries = words(element.littleEndianBytes, count: count, bits: bits)
        } else if let element = dataSet[channel.segmented] {
            entries = SegmentedPalette.expanded(words(element.littleEndianBytes), count: count)
        } else {
            throw ImagingError(.badDescription, tag: channel.data, "the palette has no colours")
        }
        guard entries.count == count else {
            throw ImagingError(
                .badDescription, tag: channel.data, "the palette has \(entries.count) of \(count) colours")
        }
        return (descriptor[1], eightBits(entries, bits: bits))
    }

    /// Entries of 16 bits; those of 8 come two in a word, or one in a word.
    private static func words(_ bytes: ArraySlice<UInt8>, count: Int, bits: Int) -> [UInt16] {
        if bits == 8, bytes.count < 2 * count { return bytes.prefix(count).map { UInt16($0) } }
        return Array(words(bytes).prefix(count))
    }

    private static func words(_ bytes: ArraySlice<UInt8>) -> [UInt16] {
        stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map {
            UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
        }
    }

    /// The upper eight bits. Tables said to have 16 often use the lower 8 alone: then these count.
    private static func eightBits(_ entries: [UInt16], bits: Int) -> [UInt8] {
        let isNarrow = bits == 8 || entries.allSatisfy { $0 < 256 }
        return entries.map { UInt8(truncatingIfNeeded: isNarrow ? $0 : $0 >> 8) }
    }
}

/// Segmented palette tables (PS3.3 C.7.9.2): runs of entries, straight lines, and segments used again.
enum SegmentedPalette {
    /// Fewer entries than `count` where the segments are damaged; never more.
    static func expanded(_ words: [UInt16], count: Int) -> [UInt16] {
        var result: [UInt16] = []
        var position = 0
        /// Segments used again: how many are left to do, and where to go on then.
        var (repeats, back) = (0, 0)
        // More segments than this are a trap: each adds an entry, or should.
        var left = 4 * 65536
        while result.count < count, position + 1 < words.count, left > 0 {
            left -= 1
            let (opcode, length) = (words[position], Int(words[position + 1]))
            position += 2
            switch opcode {
            case 0:
                guard position + length <= words.count else { return result }
                result += words[position..<position + length]
                position += length
            case 1:
                guard position < words.count, let last = result.last else { return result }
                let end = Int(words[position])
                position += 1
                for step in 0..<length {
                    result.append(UInt16(truncatingIfNeeded: Int(last) + (end - Int(last)) * (step + 1) / length))
                }
            case 2 where repeats == 0:
                guard position + 1 < words.count else { return result }
                let offset = Int(words[position]) | Int(words[position + 1]) << 16
                // The offset counts bytes from the table's start.
                guard offset & 1 == 0, offset / 2 < position, length > 0 else { return result }
                (repeats, back) = (length + 1, position + 2)
                position = offset / 2
            default:
                return result
            }
            if repeats > 0 {
                repeats -= 1
                if repeats == 0 { position = back }
            }
        }
        return Array(result.prefix(count))
    }
}
