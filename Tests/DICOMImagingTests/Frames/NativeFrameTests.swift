import DICOM
import DICOMImaging
import Testing

@Suite("Frames that are not compressed")
struct NativeFrameTests {
    @Test("are read one by one, by position, the rest left alone")
    func byPosition() throws {
        let object = Object(rows: 100, columns: 100, allocated: 16, frames: 50)
        let pixels = (0..<50).flatMap { frame in [UInt8](repeating: UInt8(frame), count: 20_000) }
        let source = CountingSource(try object.file(pixels))
        let reader = try FrameReader(file: DICOMFile.readHeader(source), source: source)
        let before = source.bytesRead
        #expect(try reader.decoded(7).bytes == [UInt8](repeating: 7, count: 20_000))
        #expect(source.bytesRead - before == 20_000)
        #expect(reader.count == 50)
    }

    @Test("of a big endian file come in little endian order", arguments: [(8, [1, 2, 3, 4]), (16, [2, 1, 4, 3])])
    func bigEndian(bits: Int, inFile: [UInt8]) throws {
        let object = Object(rows: 1, columns: 32 / bits, allocated: bits, vr: .ow)
        for reader in try object.readers([1, 2, 3, 4], syntax: .explicitBigEndian) {
            #expect(try reader.decoded(0).bytes == [1, 2, 3, 4])
        }
        // What lies in the file: words of OW turned round, whatever they hold (PS3.5 7.3).
        #expect(try object.file([1, 2, 3, 4], syntax: .explicitBigEndian).suffix(4).elementsEqual([2, 1, 4, 3]))
    }

    @Test("of 8 bits in big endian words are put right where a frame begins in the middle of a word")
    func oddFrames() throws {
        let object = Object(rows: 1, columns: 3, allocated: 8, frames: 2, vr: .ow)
        for reader in try object.readers([1, 2, 3, 4, 5, 6], syntax: .explicitBigEndian) {
            #expect(try reader.decoded(0).bytes == [1, 2, 3])
            #expect(try reader.decoded(1).bytes == [4, 5, 6])
        }
    }

    @Test("of one bit follow one another without gaps; each comes from its own first bit on")
    func bits() throws {
        // Three frames of five pixels: 10110 01101 11100, lowest bit first, in two bytes.
        let object = Object(rows: 1, columns: 5, allocated: 1, frames: 3, vr: .ob)
        let all: [UInt8] = [1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0]
        let bytes = [all[0..<8], all[8..<16]].map { $0.reversed().reduce(UInt8(0)) { $0 << 1 | $1 } }
        for reader in try object.readers(bytes) {
            #expect(try reader.decoded(0).bytes == [0b01101])
            #expect(try reader.decoded(1).bytes == [0b10110])
            #expect(try reader.decoded(2).bytes == [0b00111])
            #expect(try reader.decoded(1).gray().pixels == [0, 255, 255, 0, 255])
        }
    }

    @Test("that the file does not have are refused: cut off, beyond the last, or none at all")
    func missing() throws {
        let object = Object(rows: 2, columns: 2, allocated: 8, frames: 3)
        for reader in try object.readers([UInt8](repeating: 1, count: 10)) {
            #expect(try reader.decoded(1).bytes.count == 4)
            let short = error { try reader.decoded(2) }
            #expect(short?.code == .pixelDataShort && short?.frame == 2)
            #expect(error { try reader.decoded(3) }?.code == .noSuchFrame)
            #expect(error { try reader.decoded(-1) }?.code == .noSuchFrame)
        }
        let without = try DICOMFile.read(
            DICOMWriter.file(meta: DataSet(), dataSet: object.dataSet(), transferSyntax: .explicitLittleEndian))
        #expect(error { try FrameReader(file: without) }?.code == .noPixels)
    }

    @Test("of a deflated file need it whole, and the error says so")
    func deflated() throws {
        let bytes = try Object().file([1, 2, 3, 4], syntax: .deflatedExplicitLittleEndian)
        let source = MemorySource(bytes)
        #expect(
            error { try FrameReader(file: DICOMFile.readHeader(source), source: source) }?.code == .needsWholeFile)
        #expect(try FrameReader(file: DICOMFile.read(bytes)).decoded(0).bytes == [1, 2, 3, 4])
    }

    @Test("that say YBR_FULL_422 and hold every colour difference are taken for what their length shows")
    func mislabelled() throws {
        let object = Object(rows: 1, columns: 2, samples: 3, photometric: "YBR_FULL_422")
        #expect(try object.readers([1, 2, 3, 4]).allSatisfy { $0.description.photometric == .ybrFull422 })
        #expect(try object.readers([1, 2, 3, 4, 5, 6]).allSatisfy { $0.description.photometric == .ybrFull })
    }
}
