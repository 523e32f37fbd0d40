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
        var limits = ImagingLimits()
        limits.acceptsHighThroughput = true
        let syntax = TransferSyntax(uid: "1.2.840.10008.1.2.\(row.syntax)")
        let codec = try #require(FrameCodecs.codec(for: syntax, limits: limits))
        let frame = try codec.decode([UInt8](row.codestream), object.description())
        #expect(crc32(frame.bytes) == row.crc32)
    }

    @Test(
        "of High-Throughput JPEG 2000 are not decoded unless asked for, whatever the transfer syntax says",
        arguments: Codestreams.all.filter { $0.syntax == "4.201" })
    func highThroughput(row: Codestreams.Row) throws {
        #expect(FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.4.201")) == nil)
        let plain = try #require(FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.4.90")))
        let object = Object(
            rows: row.height, columns: row.width, samples: row.samples, allocated: row.bits,
            photometric: row.samples == 3 ? "RGB" : "MONOCHROME2")
        #expect(error { try plain.decode([UInt8](row.codestream), object.description()) }?.code == .unsupported)
    }

    @Test("are there: every predictor of lossless JPEG, High-Throughput JPEG 2000, JPEG-LS in colour")
    func complete() {
        #expect(Set(Codestreams.all.filter { $0.syntax == "4.57" }.map(\.note)).count == 7)
        #expect(Set(Codestreams.all.map(\.syntax)) == ["4.57", "4.201", "4.80"])
        #expect(References.all.count > 100)
    }
}
