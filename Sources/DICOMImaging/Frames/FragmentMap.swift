import DICOM

/// Which fragments make which frame of encapsulated pixel data (PS3.5 A.4).
///
/// In this order: one frame has all fragments; as many fragments as frames, each has one, whatever a table says; the
/// Extended Offset Table; the Basic Offset Table; the marks with which codestreams begin. A table counts only if every
/// entry leads to the beginning of a fragment.
struct FragmentMap {
    /// All fragments, the Basic Offset Table among them.
    let ranges: [Range<Int>]
    let source: any ByteSource
    let dataSet: DataSet

    func frames(_ count: Int) throws(ImagingError) -> [[Range<Int>]] {
        let fragments = Array(ranges.dropFirst())
        guard !fragments.isEmpty else {
            throw ImagingError(.noPixels, tag: .pixelData, "the pixel data has no fragments")
        }
        if count == 1 { return [fragments] }
        if fragments.count == count { return fragments.map { [$0] } }
        guard fragments.count > count else {
            throw ImagingError(
                .badFragments, tag: .pixelData, "there are \(fragments.count) fragments for \(count) frames")
        }
        for table in [extendedOffsets(count), basicOffsets(count)] {
            if let table, let firsts = Self.fragments(at: table, of: fragments) {
                return Self.grouped(fragments, firsts)
            }
        }
        let firsts = fragments.indices.filter { beginsCodestream(fragments[$0]) }
        guard firsts.count == count, firsts.first == 0 else {
            throw ImagingError(
                .badFragments, tag: .pixelData,
                "it cannot be told which of \(fragments.count) fragments belong to which of \(count) frames: the offset table is missing or wrong"
            )
        }
        return Self.grouped(fragments, firsts)
    }

    private static func grouped(_ fragments: [Range<Int>], _ firsts: [Int]) -> [[Range<Int>]] {
        zip(firsts, firsts.dropFirst() + [fragments.count]).map { Array(fragments[$0..<$1]) }
    }

    /// The fragments at offsets that count from the first fragment's item, items' headers included.
    private static func fragments(at offsets: [Int], of fragments: [Range<Int>]) -> [Int]? {
        guard offsets.first == 0 else { return nil }
        var firsts: [Int] = []
        var (fragment, position) = (0, 0)
        for offset in offsets {
            while fragment < fragments.count, position < offset {
                position += 8 + fragments[fragment].count
                fragment += 1
            }
            guard fragment < fragments.count, position == offset, firsts.last != fragment else { return nil }
            firsts.append(fragment)
        }
        return firsts
    }

    private func extendedOffsets(_ count: Int) -> [Int]? {
        guard let element = dataSet[.extendedOffsetTable] else { return nil }
        return Self.numbers(Array(element.littleEndianBytes), of: 8, count: count)
    }

    private func basicOffsets(_ count: Int) -> [Int]? {
        guard let table = ranges.first, table.count == 4 * count,
            let bytes = try? source.read(at: table.lowerBound, count: table.count)
        else { return nil }
        return Self.numbers(bytes, of: 4, count: count)
    }

    private static func numbers(_ bytes: [UInt8], of size: Int, count: Int) -> [Int]? {
        guard bytes.count == size * count else { return nil }
        let numbers = (0..<count).map { index in
            (0..<size).reduce(UInt64(0)) { $0 | UInt64(bytes[index * size + $1]) << UInt64(8 * $1) }
        }
        return numbers.allSatisfy { $0 < 1 << 62 } ? numbers.map { Int($0) } : nil
    }

    /// Start of image (JPEG, JPEG-LS), start of codestream with its size (JPEG 2000), a JP2 box, or the header of an RLE
    /// frame: 1 to 15 segments, the first of them right behind the header.
    private func beginsCodestream(_ fragment: Range<Int>) -> Bool {
        guard let start = try? source.read(at: fragment.lowerBound, count: min(fragment.count, 8)), start.count >= 4
        else { return false }
        if start[0] == 0xFF, start[1] == 0xD8, start[2] == 0xFF { return true }
        if start.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) || start.starts(with: [0, 0, 0, 12, 0x6A, 0x50]) {
            return true
        }
        return start.count == 8 && (1...15).contains(start[0]) && start[1...].elementsEqual([0, 0, 0, 64, 0, 0, 0])
    }
}
