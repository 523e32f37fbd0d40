import DICOM
import DICOMImaging
import Testing

@Suite("Bits beside the stored ones")
struct ForeignBitsTests {
    @Test(
        "are found and taken out, the value and its sign left",
        arguments: [
            // Unsigned of 12 bits: an overlay in bit 15.
            (
                Object(rows: 1, columns: 2, allocated: 16, stored: 12), [0x34, 0x82, 0xFF, 0x0F],
                [UInt8(0x34), 0x02, 0xFF, 0x0F]
            ),
            // Signed of 12 bits: -2 with its sign, and one with an overlay in the sign's place.
            (
                Object(rows: 1, columns: 2, allocated: 16, stored: 12, isSigned: true), [0xFE, 0xFF, 0x01, 0x80],
                [0xFE, 0xFF, 0x01, 0x00]
            ),
            // Twelve bits at the top: the lower four.
            (
                Object(rows: 1, columns: 2, allocated: 16, stored: 12, high: 15), [0x35, 0x12, 0x40, 0xFF],
                [0x30, 0x12, 0x40, 0xFF]
            ),
            (Object(rows: 1, columns: 2, stored: 7), [0x85, 0x7F], [0x05, 0x7F]),
        ])
    func foreign(object: Object, bytes: [UInt8], plain: [UInt8]) throws {
        var frame = try object.frame(bytes)
        #expect(frame.hasForeignBits)
        frame.clearForeignBits()
        #expect(frame.bytes == plain)
        #expect(!frame.hasForeignBits)
    }

    @Test("are none where all bits are stored")
    func none() throws {
        #expect(try !Object(rows: 1, columns: 1, allocated: 16).frame([0xFF, 0xFF]).hasForeignBits)
        #expect(try !Object(rows: 1, columns: 1, allocated: 32, stored: 12).frame([1, 2, 3, 4]).hasForeignBits)
    }
}
