import DICOM
import Testing

@Suite("Writing")
struct WritingTests {
    /// A data set with every kind of value.
    private func sample() throws -> DataSet {
        var builder = DataSetBuilder()
        builder.append(.sopClassUID, .ui, string: "1.2.840.10008.5.1.4.1.1.2")
        builder.append(.sopInstanceUID, .ui, string: "1.2.3")
        builder.append(.modality, .cs, string: "CT")
        builder.append(.patientName, .pn, string: "Doe^Jane")
        builder.append(.rows, .us, ints: [512])
        builder.append(.columns, .us, ints: [512])
        builder.append(Tag(0x0018, 0x9073), .fd, doubles: [0.25])
        builder.append(Tag(0x0028, 0x0009), tags: [Tag(0x0018, 0x1063)])
        builder.append(Tag(0x0028, 0x1201), .ow, bytes: [1, 2, 3, 4])
        builder.beginSequence(.referencedImageSequence)
        builder.beginItem()
        builder.append(.referencedSOPInstanceUID, .ui, string: "1.2.3.4")
        builder.beginSequence(Tag(0x0040, 0xA170))
        builder.beginItem()
        builder.endItem()
        builder.endSequence()
        builder.endItem()
        builder.endSequence()
        builder.beginSequence(.otherPatientIDsSequence)
        builder.endSequence()
        return try builder.finish()
    }

    @Test(
        "What is written reads back equal in every transfer syntax",
        arguments: [
            TransferSyntax.implicitLittleEndian, .explicitLittleEndian, .explicitBigEndian,
            .deflatedExplicitLittleEndian,
        ])
    func roundTrip(syntax: TransferSyntax) throws {
        let dataSet = try sample()
        let bytes = try DICOMWriter.file(meta: DataSet(), dataSet: dataSet, transferSyntax: syntax)
        let file = try DICOMFile.read(bytes)
        #expect(file.dataSet == dataSet)
        #expect(file.warnings.isEmpty)
        #expect(file.transferSyntax == syntax)
        #expect(file.meta[.mediaStorageSOPInstanceUID]?.uid == "1.2.3")
        #expect(file.meta[.mediaStorageSOPClassUID]?.uid == "1.2.840.10008.5.1.4.1.1.2")
        #expect(try DICOMWriter.file(meta: file.meta, dataSet: file.dataSet, transferSyntax: syntax) == bytes)
    }

    @Test("The bytes are those of PS3.5 7: ascending, even, sequences of undefined length, no group lengths")
    func bytes() throws {
        let raw =
            Raw.explicit(0x0008, 0x0000, "UL", Raw.u32(99)) + Raw.explicit(0x0008, 0x0060, "CS", Array("MRX".utf8))
            + Raw.explicit(0x0008, 0x1140, "SQ", Raw.item(Raw.explicit(0x0008, 0x1155, "UI", Array("1.2".utf8))))
        let file = try DICOMFile.read(Raw.file(raw))
        let written = try DICOMWriter.encode(file.dataSet, transferSyntax: .explicitLittleEndian)
        let sequence = Raw.openItem(Raw.explicit(0x0008, 0x1155, "UI", "1.2")) + Raw.sequenceEnd
        #expect(
            written == Raw.explicit(0x0008, 0x0060, "CS", "MRX ")
                + Raw.explicit(0x0008, 0x1140, "SQ", sequence, length: Raw.undefined))
    }

    @Test("A value too long for a 16-bit length is written as UN, and read back with its own VR")
    func longValue() throws {
        var builder = DataSetBuilder()
        builder.append(.windowCenter, .ds, bytes: [UInt8](repeating: UInt8(ascii: "1"), count: 70_000))
        let dataSet = try builder.finish()
        for syntax in [TransferSyntax.explicitLittleEndian, .explicitBigEndian] {
            let bytes = try DICOMWriter.encode(dataSet, transferSyntax: syntax)
            #expect(bytes[4..<6].elementsEqual("UN".utf8))
            #expect(try DICOMFile.readDataSet(bytes, transferSyntax: syntax).dataSet == dataSet)
        }
    }

    @Test("A header and pixel data copied behind it are a whole file")
    func headerThenPixels() throws {
        let fragments = Raw.item([]) + Raw.item([1, 2, 3, 4]) + Raw.sequenceEnd
        let source = Raw.file(
            Raw.jpeg,
            Raw.explicit(0x0008, 0x0018, "UI", "1.2.3")
                + Raw.explicit(0x7FE0, 0x0010, "OB", fragments, length: Raw.undefined))
        let file = try DICOMFile.readHeader(MemorySource(source))
        let pixels = try #require(file.pixelData)
        let copy =
            try DICOMWriter.header(meta: file.meta, dataSet: file.dataSet, transferSyntax: file.transferSyntax)
            + DICOMWriter.pixelDataHeader(pixels, transferSyntax: file.transferSyntax)
            + source[try pixels.extent(in: MemorySource(source))]
        #expect(try DICOMFile.read(copy).dataSet == (try DICOMFile.read(source)).dataSet)
    }

    @Test("Compressed pixel data has no form in a syntax that is not compressed, nor the other way round")
    func pixelDataForms() throws {
        var builder = DataSetBuilder()
        builder.append(.pixelData, fragments: [[], [1, 2]])
        let compressed = try builder.finish()
        let jpeg = TransferSyntax(uid: Raw.jpeg)
        #expect(
            error { try DICOMWriter.encode(compressed, transferSyntax: .explicitLittleEndian) }?.code == .cannotWrite)
        #expect(
            try DICOMFile.readDataSet(DICOMWriter.encode(compressed, transferSyntax: jpeg), transferSyntax: jpeg)
                .dataSet == compressed)
        var other = DataSetBuilder()
        other.append(.pixelData, .ow, bytes: [1, 2])
        let native = try other.finish()
        #expect(error { try DICOMWriter.encode(native, transferSyntax: jpeg) }?.code == .cannotWrite)
        let deflated = error {
            try DICOMWriter.header(meta: DataSet(), dataSet: native, transferSyntax: .deflatedExplicitLittleEndian)
        }
        #expect(deflated?.code == .cannotWrite)
    }
}
