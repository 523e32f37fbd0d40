import DICOM
import DICOMImaging
import Testing

@Suite("Fragments and frames")
struct FragmentTests {
    private let syntax = TransferSyntax(uid: "1.2.840.10008.1.2.4.50")

    /// Two frames in three fragments: the first in two.
    private let pieces: [[UInt8]] = [[0xFF, 0xD8, 0xFF, 0xE0], [1, 2, 3, 4, 5, 6], [0xFF, 0xD8, 0xFF, 0xDB, 9, 9]]
    private let first: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4, 5, 6]

    /// Readers of a file with these fragments, by position and whole.
    private func readers(
        _ fragments: [[UInt8]], frames: Int, change: (inout DataSetBuilder) -> Void = { _ in }
    ) throws -> [FrameReader] {
        let dataSet = try Object(frames: frames).dataSet { builder in
            change(&builder)
            builder.append(.pixelData, fragments: fragments.map { $0[...] })
        }
        return try DICOMImagingTests.readers(
            DICOMWriter.file(meta: DataSet(), dataSet: dataSet, transferSyntax: syntax))
    }

    private func table(_ offsets: [Int], _ size: Int = 4) -> [UInt8] {
        offsets.flatMap { offset in (0..<size).map { UInt8(truncatingIfNeeded: offset >> (8 * $0)) } }
    }

    @Test("A Basic Offset Table tells which fragments a frame has: offsets count from the first item, headers too")
    func basicTable() throws {
        // 8 + 4 and 8 + 6 bytes come before the third fragment.
        for reader in try readers([table([0, 26])] + pieces, frames: 2) {
            #expect(try reader.encoded(0) == first)
            #expect(try reader.encoded(1) == pieces[2])
        }
    }

    @Test(
        "A wrong Basic Offset Table is not believed: codestreams begin where their marks are",
        arguments: [[0, 12], [0, 25], [4, 26], [26, 0]])
    func wrongTable(offsets: [Int]) throws {
        // 0, 12 leads to a fragment, but not to the one that begins a frame: as a table it is in order, and counts.
        guard offsets != [0, 12] else {
            #expect(try readers([table(offsets)] + pieces, frames: 2)[0].encoded(0) == pieces[0])
            return
        }
        for reader in try readers([table(offsets)] + pieces, frames: 2) {
            #expect(try reader.encoded(0) == first)
            #expect(try reader.encoded(1) == pieces[2])
        }
    }

    @Test("Without a table, marks tell; for RLE its header does")
    func marks() throws {
        #expect(try readers([[]] + pieces, frames: 2).allSatisfy { try $0.encoded(0) == first })
        let rle: [UInt8] = [1, 0, 0, 0, 64, 0, 0, 0]
        for reader in try readers([[], rle, [5, 6], rle], frames: 2) {
            #expect(try reader.encoded(0) == rle + [5, 6])
            #expect(try reader.encoded(1) == rle)
        }
    }

    @Test("As many fragments as frames are one each, whatever the table says; one frame has all")
    func simple() throws {
        for reader in try readers([table([7, 7, 7])] + pieces, frames: 3) {
            #expect(try (0..<3).map { try reader.encoded($0) } == pieces)
        }
        #expect(try readers([[]] + pieces, frames: 1).allSatisfy { try $0.encoded(0) == pieces.flatMap { $0 } })
    }

    @Test("The Extended Offset Table counts before the basic one")
    func extendedTable() throws {
        for reader in try readers(
            [[]] + pieces, frames: 2, change: { $0.append(.extendedOffsetTable, .ov, bytes: table([0, 26], 8)) })
        {
            #expect(try reader.encoded(1) == pieces[2])
        }
    }

    @Test("Delimiter bytes inside a codestream end nothing")
    func delimiters() throws {
        let fragment: [UInt8] = [0xFF, 0xD8, 0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0, 0xFF, 0xD9]
        #expect(try readers([[], fragment], frames: 1).allSatisfy { try $0.encoded(0) == fragment })
    }

    @Test("Fragments that fit no number of frames are refused, with the counts")
    func refused() throws {
        for fragments in [[[], pieces[0]], [[], [1, 2], [3, 4], [5, 6]]] {
            let found = error { try readers(fragments, frames: 2) }
            #expect(found?.code == .badFragments && found?.tag == .pixelData)
        }
        #expect(error { try readers([[]], frames: 1) }?.code == .noPixels)
    }

    @Test("Frames written as fragments are read back, odd ones with a byte of padding, from memory and as a stream")
    func written() throws {
        let frames: [[UInt8]] = [[1, 2, 3], [4, 5], []]
        let value = EncapsulatedPixelData(frames: frames)
        // Items of 8 + 4 and 8 + 2 bytes.
        #expect(Array(value.fragments[0]) == table([0, 12, 22]))
        #expect(value.extendedOffsets == nil)
        let whole = try Object(frames: 3).dataSet { value.append(to: &$0) }
        let header = try DICOMWriter.header(
            meta: DataSet(), dataSet: Object(frames: 3).dataSet(), transferSyntax: syntax)
        let items = frames.compactMap { EncapsulatedPixelData.streamItem($0) }
        let element: [UInt8] = [0xE0, 0x7F, 0x10, 0, 0x4F, 0x42, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]
        let stream =
            header + element + EncapsulatedPixelData.streamStart + items.joined() + EncapsulatedPixelData.streamEnd
        for bytes in [try DICOMWriter.file(meta: DataSet(), dataSet: whole, transferSyntax: syntax), stream] {
            for reader in try DICOMImagingTests.readers(bytes) {
                #expect(try (0..<3).map { try reader.encoded($0) } == [[1, 2, 3, 0], [4, 5], []])
            }
        }
    }

    @Test("Native frames are written one after another, single bits without gaps, to an even length")
    func native() throws {
        var bytes = NativePixelData()
        for pixels in [[UInt8(0b01101)], [0b10110], [0b00111]] {
            bytes.append(try Object(rows: 1, columns: 5, allocated: 1).frame(pixels))
        }
        // 10110 01101 11100 of NativeFrameTests, lowest bit first.
        #expect(bytes.finish() == [0b1100_1101, 0b0001_1110])
        var odd = NativePixelData()
        odd.append(try Object(rows: 1, columns: 3).frame([1, 2, 3]))
        #expect(odd.finish() == [1, 2, 3, 0])
    }

    @Test("A frame that unfolds a thousandfold to more than 64 MiB is a bomb, and not decoded")
    func bomb() throws {
        let dataSet = try Object(rows: 9000, columns: 9000).dataSet {
            EncapsulatedPixelData(frames: [[UInt8](repeating: 0, count: 100)]).append(to: &$0)
        }
        let file = DICOMFile(meta: DataSet(), dataSet: dataSet, transferSyntax: syntax)
        #expect(error { try FrameReader(file: file).decoded(0) }?.code == .tooLarge)
    }
}
