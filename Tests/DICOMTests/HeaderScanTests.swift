import DICOM
import Testing

@Suite("Scanning headers")
struct HeaderScanTests {
    private let header = Raw.explicit(0x0028, 0x0010, "US", Raw.u16(2)) + Raw.explicit(0x0028, 0x0011, "US", Raw.u16(2))

    @Test("Stops before pixel data and says where it lies")
    func stopsBeforePixelData() throws {
        let bytes = Raw.file(header + Raw.explicit(0x7FE0, 0x0010, "OW", [1, 2, 3, 4, 5, 6, 7, 8]))
        let file = try DICOMFile.readHeader(MemorySource(bytes))
        let pixels = try #require(file.pixelData)
        #expect(file.dataSet.elements.map(\.tag) == [.rows, .columns])
        #expect(pixels.tag == .pixelData && pixels.vr == .ow && pixels.length == .bytes(8))
        #expect(pixels.elementOffset == Raw.start() + header.count)
        #expect(Array(bytes[try pixels.extent(in: MemorySource(bytes))]) == [1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test(
        "Never reads pixel data, however large: a file that claims 4 GB costs its first 16 KiB",
        arguments: [0xFFFF_FFF0, 1 << 31, 1 << 20] as [UInt32])
    func neverLoadsPixelData(length: UInt32) throws {
        let bytes = Raw.file(header + Raw.explicit(0x7FE0, 0x0010, "OW", [], length: length))
        let source = CountingSource(bytes, total: bytes.count + Int(length))
        let file = try DICOMFile.readHeader(source)
        #expect(file.pixelData?.length == .bytes(Int(length)))
        #expect(source.bytesRead <= 16 << 10)
        #expect(file.warnings.isEmpty)
    }

    @Test("Reads on, in few pieces, when the header is longer than the first read")
    func longHeader() throws {
        var elements: [UInt8] = []
        for number in 0..<UInt16(3000) { elements += Raw.explicit(0x0009, 0x1000 + number, "LO", "value \(number)  ") }
        let comment = Raw.explicit(0x0010, 0x4000, "LT", [UInt8](repeating: 65, count: 60_000))
        let bytes = Raw.file(elements + comment + Raw.explicit(0x7FE0, 0x0010, "OW", [0, 0]))
        let source = CountingSource(bytes)
        let file = try DICOMFile.readHeader(source)
        #expect(file.dataSet.elements.reduce(0) { count, _ in count + 1 } == 3001)
        #expect(file.dataSet[.patientComments]?.bytes.count == 60_000)
        #expect(file.warnings.isEmpty)
        #expect(source.bytesRead <= bytes.count)
    }

    @Test("Pixel data inside a sequence, an icon, is part of the header")
    func iconImage() throws {
        let icon = Raw.explicit(0x0088, 0x0200, "SQ", Raw.item(Raw.explicit(0x7FE0, 0x0010, "OB", [9, 8])))
        let file = try DICOMFile.readHeader(MemorySource(Raw.file(icon + Raw.explicit(0x7FE0, 0x0010, "OB", [1, 2]))))
        #expect(file.dataSet[.iconImageSequence]?.items.first?[.pixelData]?.bytes.elementsEqual([9, 8]) == true)
        #expect(file.pixelData?.length == .bytes(2))
    }

    @Test("Compressed pixel data: delimiter bytes inside a fragment end nothing")
    func delimiterBytesInFragment() throws {
        let fragment = [0xFF, 0x4F] + Raw.sequenceEnd + Raw.itemEnd + [0xFF, 0xD9]
        let pixels = Raw.item([]) + Raw.item(fragment) + Raw.item([1, 2]) + Raw.sequenceEnd
        let bytes = Raw.file(
            Raw.jpeg, header + Raw.explicit(0x7FE0, 0x0010, "OB", pixels, length: Raw.undefined) + [7, 7])
        let scanned = try DICOMFile.readHeader(MemorySource(bytes))
        let location = try #require(scanned.pixelData)
        let found = try location.fragments(in: MemorySource(bytes))
        #expect(found.ranges.map { Array(bytes[$0]) } == [[], fragment, [1, 2]])
        #expect(found.extent.count == pixels.count)

        let whole = try DICOMFile.read(Array(bytes.dropLast(2)))
        #expect(whole.dataSet[.pixelData]?.fragments.map(Array.init) == [[], fragment, [1, 2]])
    }

    @Test("Pixel data cut short: the header is read and the file marked")
    func shortPixelData() throws {
        let bytes = Raw.file(header + Raw.explicit(0x7FE0, 0x0010, "OW", [1, 2, 3, 4], length: 8))
        let scanned = try DICOMFile.readHeader(MemorySource(bytes))
        #expect(scanned.dataSet[.rows]?.int == 2)
        #expect(scanned.warningCodes == [.pixelDataShort])
        #expect(error { try scanned.pixelData?.extent(in: MemorySource(bytes)) }?.code == .pixelDataShort)
        let whole = try DICOMFile.read(bytes)
        #expect(whole.warningCodes == [.pixelDataShort])
        #expect(whole.dataSet[.pixelData]?.bytes.count == 4)
    }

    @Test("Compressed pixel data cut short or out of order is refused with the fragment that is wrong")
    func badFragments() throws {
        let whole = Raw.item([]) + Raw.item([1, 2, 3, 4])
        for (pixels, code) in [
            (Raw.item([]), DICOMError.Code.pixelDataShort), (whole.dropLast(2) + [], .pixelDataShort),
            (whole + [1, 2, 3, 4, 5, 6, 7, 8], .badFragments),
        ] as [([UInt8], DICOMError.Code)] {
            let bytes = Raw.file(Raw.jpeg, header + Raw.explicit(0x7FE0, 0x0010, "OB", pixels, length: Raw.undefined))
            let location = try #require(try DICOMFile.readHeader(MemorySource(bytes)).pixelData)
            let found = error { try location.extent(in: MemorySource(bytes)) }
            #expect(found?.code == code)
            #expect(found?.tag == .pixelData)
            #expect((found?.offset ?? 0) >= location.valueOffset)
        }
    }
}
