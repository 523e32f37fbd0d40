import DICOM
import Testing

@Suite("Deflated data sets")
struct DeflateTests {
    private func deflated(_ dataSet: [UInt8]) throws -> [UInt8] {
        let plain = try DICOMFile.readDataSet(dataSet, transferSyntax: .explicitLittleEndian)
        return try DICOMWriter.file(
            meta: DataSet(), dataSet: plain.dataSet, transferSyntax: .deflatedExplicitLittleEndian)
    }

    private let name = Raw.explicit(0x0010, 0x0010, "PN", "Doe^Jane")

    @Test("A stream that Python's zlib made, bare and in zlib's own wrapping")
    func streams() throws {
        // zlib.compress(dataSet, 9), and with wbits=-15; dataSet = (0010,0010) PN "Doe^Jane".
        let bare: [UInt8] = [
            0x13, 0x60, 0x10, 0x60, 0x08, 0xF0, 0xE3, 0x60, 0x70, 0xC9, 0x4F, 0x8D, 0xF3, 0x4A, 0xCC, 0x4B, 0x05, 0x00,
        ]
        for stream in [bare, [0x78, 0xDA] + bare + [0x16, 0x43, 0x03, 0xBB]] {
            let file = try DICOMFile.read(Raw.file(Raw.deflated, stream))
            #expect(file.dataSet[.patientName]?.string == "Doe^Jane")
            #expect(file.dataSet == (try DICOMFile.read(Raw.file(name))).dataSet)
        }
    }

    @Test("What is written deflated reads back equal")
    func roundTrip() throws {
        let file = try DICOMFile.read(
            deflated(name + Raw.explicit(0x7FE0, 0x0010, "OW", [UInt8](repeating: 3, count: 500_000))))
        #expect(file.transferSyntax == .deflatedExplicitLittleEndian)
        #expect(file.dataSet[.pixelData]?.bytes.count == 500_000)
        #expect(file.warnings.isEmpty)
    }

    @Test("Scanning the header unfolds no pixel data")
    func headerScan() throws {
        let bytes = try deflated(name + Raw.explicit(0x7FE0, 0x0010, "OW", [UInt8](repeating: 3, count: 50_000_000)))
        var limits = Limits.standard
        limits.maximumInflatedBytes = 1 << 20
        let file = try DICOMFile.readHeader(MemorySource(bytes), limits: limits)
        #expect(file.dataSet[.patientName]?.string == "Doe^Jane")
        #expect(file.pixelData?.length == .bytes(50_000_000))
        #expect(error { try DICOMFile.read(bytes, limits: limits) }?.code == .tooLarge)
    }

    @Test("A bomb, a thousand times its size, is refused by the ratio before it is unfolded")
    func bomb() throws {
        let comment = Raw.explicit(0x0010, 0x4000, "UT", [UInt8](repeating: 65, count: 60_000_000))
        let bytes = try deflated(comment)
        #expect(bytes.count < 100_000)
        #expect(error { try DICOMFile.read(bytes) }?.code == .tooLarge)
        #expect(error { try DICOMFile.readHeader(MemorySource(bytes)) }?.code == .tooLarge)
    }

    @Test("A damaged or cut stream is refused with the byte where it broke")
    func damaged() throws {
        var elements: [UInt8] = []
        for number in 0..<UInt16(500) { elements += Raw.explicit(0x0009, 0x1000 + number, "LO", "\(number &* 7919)") }
        let bytes = try deflated(elements)
        let cut = error { try DICOMFile.read(Array(bytes.dropLast(100))) }
        #expect(cut?.code == .truncated)
        #expect(cut?.offset == bytes.count - 100)
        let garbage = Raw.file(Raw.deflated, [UInt8](repeating: 0xFF, count: 100))
        let found = error { try DICOMFile.read(garbage) }
        #expect(found?.code == .badDeflate)
        #expect((found?.offset ?? 0) >= Raw.start(Raw.deflated))
    }

    @Test("An empty data set deflates to two bytes and is read again")
    func empty() throws {
        let file = try DICOMFile.read(deflated([]))
        #expect(file.dataSet.isEmpty && file.warnings.isEmpty)
    }
}
