import DICOM
import DICOMImaging
import Testing

@Suite("Palettes")
struct PaletteTests {
    private func words(_ numbers: [Int]) -> [UInt8] { numbers.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } }

    /// A palette whose channels are all the same.
    private func description(
        _ descriptor: [Int], _ data: [UInt8], segmented: Bool = false, isSigned: Bool = false
    ) throws -> PixelDescription {
        let object = Object(rows: 1, columns: 4, allocated: 16, isSigned: isSigned, photometric: "PALETTE COLOR")
        let dataSet = try object.dataSet { builder in
            for channel in 0..<UInt16(3) {
                builder.append(Tag(0x0028, 0x1101 + channel), isSigned ? .ss : .us, ints: descriptor)
                builder.append(Tag(0x0028, (segmented ? 0x1221 : 0x1201) + channel), .ow, bytes: data)
            }
        }
        return try PixelDescription(dataSet)
    }

    @Test("take values below the first entry for it, those beyond the last for the last")
    func ends() throws {
        let described = try description([3, 10, 16], words([0x1000, 0x2000, 0x3000]))
        #expect(try Frame(described, bytes: words([0, 10, 11, 900])).gray().pixels == [0x10, 0x10, 0x20, 0x30])
    }

    @Test("with a negative first value are for signed pixels")
    func signed() throws {
        let described = try description([3, -1, 16], words([0x1000, 0x2000, 0x3000]), isSigned: true)
        #expect(try Frame(described, bytes: words([0xFFFF, 0, 1, 2])).gray().pixels == [0x10, 0x20, 0x30, 0x30])
    }

    @Test("in segments: runs, lines, and segments used again (PS3.3 C.7.9.2)")
    func segments() throws {
        // Two entries as they are; a line of four up to 0x6000; the first segment again.
        let data = words([0, 2, 0x1000, 0x2000, 1, 4, 0x6000, 2, 1, 0, 0])
        let described = try description([8, 0, 16], data, segmented: true)
        let palette = try #require(described.palette)
        #expect(palette.red == [0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x10, 0x20])
    }

    @Test("that are damaged are refused: entries missing, segments that lead nowhere, another depth")
    func damaged() throws {
        #expect(error { try description([4, 0, 16], words([1, 2])) }?.code == .badDescription)
        #expect(error { try description([4, 0, 12], words([1, 2, 3, 4])) }?.code == .badDescription)
        for data in [[0, 9, 1], [1, 4, 0x6000], [2, 1, 500, 0], [0, 1, 7, 2, 0xFFFF, 0, 0], [7, 7, 7]] {
            #expect(error { try description([8, 0, 16], words(data), segmented: true) }?.code == .badDescription)
        }
    }
}
