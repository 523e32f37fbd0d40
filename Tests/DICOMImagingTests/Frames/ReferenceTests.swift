import DICOM
import DICOMImaging
import Testing

@Suite("Frames of real files", .enabled(if: References.areInstalled, "pydicom's samples: ./test installs them"))
struct ReferenceTests {
    @Test(
        "are, to the last bit, what other decoders make of them", arguments: References.all.filter { $0.crc32 != nil })
    func exact(row: References.Row) throws {
        guard let bytes = row.bytes else { return }
        for reader in try readers(bytes, deflated: row.syntax == "1.99") {
            let frame = try reader.decoded(row.frame)
            #expect(crc32(interleaved(frame)) == row.crc32)
        }
    }

    @Test("with loss are within two levels of other decoders", arguments: References.all.filter { $0.values != nil })
    func lossy(row: References.Row) throws {
        guard let bytes = row.bytes else { return }
        for reader in try readers(bytes, deflated: false) {
            let values = samples(try reader.decoded(row.frame))
            for (place, value) in zip(row.places ?? [], row.values ?? []) {
                #expect(abs(values[place] - value) <= 2, "at \(place)")
            }
        }
    }

    private func readers(_ bytes: [UInt8], deflated: Bool) throws -> [FrameReader] {
        deflated ? [try FrameReader(file: DICOMFile.read(bytes))] : try DICOMImagingTests.readers(bytes)
    }

    /// By pixel; single bits as bytes.
    private func interleaved(_ frame: Frame) -> [UInt8] {
        let description = frame.description
        if description.bitsAllocated == 1 {
            return (0..<description.pixels).map { frame.bytes[$0 / 8] >> ($0 % 8) & 1 }
        }
        guard description.isPlanar else { return frame.bytes }
        let size = description.bytesPerSample
        return (0..<description.pixels).flatMap { pixel in
            (0..<3).flatMap { channel in
                let at = (channel * description.pixels + pixel) * size
                return frame.bytes[at..<at + size]
            }
        }
    }

    /// Red, green and blue, or grey values with their sign.
    private func samples(_ frame: Frame) -> [Int] {
        if frame.description.samplesPerPixel == 3 { return frame.rgb8().map { Int($0) } }
        if frame.description.bitsAllocated == 8 { return frame.bytes.map { Int($0) } }
        return stride(from: 0, to: frame.bytes.count, by: 2).map {
            let word = UInt16(frame.bytes[$0]) | UInt16(frame.bytes[$0 + 1]) << 8
            return frame.description.isSigned ? Int(Int16(bitPattern: word)) : Int(word)
        }
    }
}
