import DICOM
import DICOMImaging
import Testing

@Suite("Codestreams of other encoders")
struct OtherEncodersTests {
    @Test("are decoded to the pixels that went in", arguments: Codestreams.all)
    func decoded(row: Codestreams.Row) throws {
        let object = Object(
            rows: row.height, columns: row.width, samples: row.samples, allocated: row.bits <= 8 ? 8 : 16,
            stored: row.bits, photometric: row.samples == 3 ? "RGB" : "MONOCHROME2")
        let codec = try #require(FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.\(row.syntax)")))
        let frame = try codec.decode([UInt8](row.codestream), object.description())
        #expect(crc32(frame.bytes) == row.crc32)
    }

    @Test("are there: every predictor of lossless JPEG, High-Throughput JPEG 2000, JPEG-LS in colour")
    func complete() {
        #expect(Set(Codestreams.all.filter { $0.syntax == "4.57" }.map(\.note)).count == 7)
        #expect(Set(Codestreams.all.map(\.syntax)) == ["4.57", "4.201", "4.80"])
        #expect(References.all.count > 100)
    }
}
