import DICOM
import DICOMImaging
import Testing

@Suite("What a data set says of its pixels")
struct PixelDescriptionTests {
    @Test("is taken over where it is in order, and gives the bytes of a frame")
    func inOrder() throws {
        let description = try Object(
            rows: 3, columns: 5, allocated: 16, stored: 12, isSigned: true, frames: 4, padding: -2000
        ).description()
        #expect(description.rows == 3 && description.columns == 5 && description.frames == 4)
        #expect(description.bitsStored == 12 && description.highBit == 11 && description.isSigned)
        #expect(description.padding == -2000)
        #expect(description.bytesPerFrame == 30)
    }

    @Test(
        "counts bits, colours and shared colour differences",
        arguments: [
            (Object(rows: 3, columns: 5, allocated: 1), 2),
            (Object(rows: 3, columns: 4, samples: 3, photometric: "RGB"), 36),
            (Object(rows: 3, columns: 4, samples: 3, photometric: "YBR_FULL_422"), 24),
            (Object(rows: 2, columns: 2, allocated: 32), 16),
        ])
    func sizes(object: Object, bytes: Int) throws {
        #expect(try object.description().bytesPerFrame == bytes)
    }

    @Test(
        "is refused where it contradicts itself",
        arguments: [
            (Object(allocated: 8, stored: 12, high: 7), DICOM.Tag.bitsStored, ImagingError.Code.badDescription),
            (Object(allocated: 16, stored: 12, high: 16), .highBit, .badDescription),
            (Object(allocated: 16, stored: 12, high: 10), .highBit, .badDescription),
            (Object(allocated: 12), .bitsAllocated, .unsupported),
            (Object(samples: 3), .samplesPerPixel, .badDescription),
            (Object(samples: 1, photometric: "RGB"), .samplesPerPixel, .badDescription),
            (Object(photometric: "CMYK"), .photometricInterpretation, .unsupported),
            (Object(rows: 0), .rows, .badDescription),
            (Object(planar: 7), .planarConfiguration, .badDescription),
        ])
    func contradictions(object: Object, tag: DICOM.Tag, code: ImagingError.Code) throws {
        let found = error { try object.description() }
        #expect(found?.tag == tag)
        #expect(found?.code == code)
    }

    @Test("with Rows of 32 bits that no image can have is refused before anything is multiplied")
    func wideRows() throws {
        for number in [65536, Int(UInt32.max)] {
            let dataSet = try Object().dataSet { $0.append(.rows, .ul, ints: [number]) }
            #expect(error { try PixelDescription(dataSet) }?.tag == .rows)
        }
        let dataSet = try Object().dataSet { $0.append(.rows, .ul, ints: [2]) }
        #expect(try PixelDescription(dataSet).rows == 2)
    }

    @Test("larger than the limit is refused, with what to do")
    func tooLarge() throws {
        let found = error {
            try Object(rows: 65535, columns: 65535, samples: 3, allocated: 32, photometric: "RGB").description()
        }
        #expect(found?.code == .tooLarge)
        #expect(found?.message.contains("raise the limit") == true)
    }

    @Test("with Float Pixel Data has numbers with fractions, of 32 and 64 bits only")
    func floats() throws {
        #expect(try Object(allocated: 32, tag: .floatPixelData).description().isFloat)
        #expect(try Object(allocated: 64, tag: .doubleFloatPixelData).description().isFloat)
        #expect(error { try Object(allocated: 16, tag: .floatPixelData).description() }?.tag == .bitsAllocated)
    }

    @Test("without an attribute that it needs is refused with its name")
    func missing() throws {
        var builder = DataSetBuilder()
        builder.append(.rows, .us, ints: [2])
        let dataSet = try builder.finish()
        #expect(error { try PixelDescription(dataSet) }?.tag == .columns)
    }
}
