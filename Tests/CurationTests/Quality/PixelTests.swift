import Curation
import DICOM
import Testing

@Suite("Pixels that are not what the header says")
struct PixelTests {
    private func report(deep: Bool = false, _ change: (inout Slice) -> Void) throws -> QualityReport {
        var options = QualityOptions()
        options.isDeep = deep
        return try MemoryDataSet(Slice.stack(heights(5), change)).check(options)
    }

    private func words(_ values: [UInt16]) -> [UInt8] { values.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } }

    @Test("too few bytes are an error with both numbers, too many a notice")
    func length() throws {
        // 24 × 24 pixels of two bytes are 1152.
        let short = try report { if $0.number == 3 { $0.pixels = Array(repeating: 7, count: 1000) } }
        #expect(short.found() == ["pixel.length"])
        #expect(short.finding("pixel.length")?.detail == "The image needs 1152 bytes, 1000 are there.")
        #expect(short.finding("pixel.length")?.place.instance == "1.2.3.1.1.3")
        let long = try report { $0.pixels = Slice.picture($0.seed, 24, 24) + [0, 0, 0, 0] }
        #expect(long.found() == [] && long.finding("pixel.surplus")?.count == 5)
    }

    @Test("a file that was cut off is found by its bytes, whatever its header claims")
    func cutOff() throws {
        var dataSet = try MemoryDataSet(Slice.stack(heights(4)))
        let last = Slice(5, at: 10)
        dataSet.add(try Array(last.bytes().dropLast(300)), last)
        #expect(try dataSet.check().finding("pixel.length")?.detail == "The image needs 1152 bytes, 852 are there.")
        var broken = try MemoryDataSet(Slice.stack(heights(4)))
        broken.add(try Array(last.bytes().prefix(400)), last)
        #expect(try broken.check().finding("file.unreadable")?.place.instance == "1.2.3.1.1.5")
        var other = try MemoryDataSet(Slice.stack(heights(4)))
        other.add(Array("not DICOM".utf8), last)
        #expect(try other.check().found() == ["file.unreadable"])
    }

    @Test("an image without pixels, and pixels without a description, are errors")
    func description() throws {
        let none = try report { $0.change = { $0.append(.pixelData, .ow) } }
        #expect(none.found().contains("pixel.description") || none.found().contains("pixel.length"))
        let bits = try report { $0.change = { $0.append(.bitsStored, .us, ints: [17]) } }
        #expect(bits.found() == ["pixel.description"])
        #expect(bits.finding("pixel.description")?.place.attribute == "BitsStored")
    }

    @Test("blank frames are found among those looked at; a deep check looks at all")
    func blank() throws {
        // The second of five is not among first, middle and last.
        func blank(_ number: Int, deep: Bool) throws -> QualityReport {
            try report(deep: deep) { if $0.number == number { $0.pixels = Array(repeating: 0, count: 1152) } }
        }
        #expect(try blank(5, deep: false).found() == ["pixel.constant"])
        #expect(try blank(2, deep: false).found() == [])
        let deep = try blank(2, deep: true)
        #expect(deep.found() == ["pixel.constant"])
        #expect(deep.finding("pixel.constant")?.place.instance == "1.2.3.1.1.2")
        #expect(deep.checked.framesDecoded == 5 && deep.checked.isDeep)
    }

    @Test("bits above the highest are found; those of a negative number are its sign")
    func foreignBits() throws {
        var values = [UInt16](repeating: 100, count: 576)
        values[5] = 900
        values[9] = 0x1064
        #expect(
            try report {
                $0.pixels = words(values); $0.pixels?[0] = UInt8($0.number)
            }.found() == ["pixel.bits-stored"])
        values[9] = 0xFFF0
        let signed = try report { slice in
            slice.pixels = words(values)
            slice.pixels?[0] = UInt8(slice.number)
            slice.change = { $0.append(.pixelRepresentation, .us, ints: [1]) }
        }
        #expect(signed.found() == [])
    }

    @Test("values at both ends of an unsigned range look signed")
    func sign() throws {
        func sixteen(_ values: [UInt16]) throws -> [String] {
            try report { slice in
                slice.pixels = words(values)
                slice.pixels?[0] = UInt8(slice.number)
                slice.change = { builder in
                    builder.append(.bitsStored, .us, ints: [16])
                    builder.append(.highBit, .us, ints: [15])
                }
            }.found()
        }
        // Half of the pixels -20 … -1, half 0 … 19.
        let negative = (0..<576).map { UInt16(truncatingIfNeeded: $0 % 40 - 20) }
        #expect(try sixteen(negative) == ["pixel.sign"])
        #expect(try sixteen((0..<576).map { UInt16($0 * 113) }) == [])
    }

    @Test("shallow content of deep pixels is told")
    func shallow() throws {
        let report = try report {
            $0.pixels = words((0..<576).map { UInt16($0 % 251) }); $0.pixels?[0] = UInt8($0.number)
        }
        #expect(
            report.finding("pixel.eight-bits")?.detail
                == "12 bits are stored; no value in 3 frames needs more than 8.")
    }

    @Test("CT without Hounsfield units is an error, where the slope is 0 too")
    func rescale() throws {
        #expect(try report { $0.change = { $0.append(.rescaleSlope, .ds) } }.found() == ["ct.rescale"])
        let zero = try report { $0.change = { $0.append(.rescaleSlope, .ds, string: "0") } }
        #expect(zero.finding("ct.rescale")?.detail == "The slope is 0." && zero.finding("ct.rescale")?.count == 5)
    }

    @Test("compressed frames that are damaged are an error, those of unknown compression a notice")
    func compressed() throws {
        func encapsulated(_ syntax: String, _ fragment: [UInt8]) throws -> QualityReport {
            var dataSet = try MemoryDataSet()
            var slice = Slice(1, at: 0)
            slice.change = { $0.append(.pixelData, .ob, fragments: [[], fragment[...]]) }
            let bytes = try DICOMWriter.file(
                meta: DataSet(), dataSet: slice.dataSet(), transferSyntax: TransferSyntax(uid: syntax))
            dataSet.add(bytes, slice)
            return try dataSet.check()
        }
        #expect(try encapsulated("1.2.840.10008.1.2.4.80", [1, 2, 3, 4]).found() == ["pixel.undecodable"])
        let video = try encapsulated("1.2.840.10008.1.2.4.102", [1, 2, 3, 4])
        #expect(video.found() == [] && video["pixel.not-looked-at"] != nil)
    }
}
