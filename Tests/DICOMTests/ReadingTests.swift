import DICOM
import Testing

@Suite("Reading files")
struct ReadingTests {
    private let name = Raw.explicit(0x0010, 0x0010, "PN", "Doe^Jane")
    private let comment = Raw.explicit(0x0010, 0x4000, "LT", "x")

    @Test("Explicit little endian: text, numbers and tags come out as they went in")
    func explicitLittleEndian() throws {
        let file = try DICOMFile.read(
            Raw.file(
                Raw.explicit(0x0008, 0x0018, "UI", "1.2.3") + name
                    + Raw.explicit(0x0018, 0x0050, "DS", "2.5\\ 3 ")
                    + Raw.explicit(0x0020, 0x0013, "IS", " 7")
                    + Raw.explicit(0x0028, 0x0009, "AT", Raw.tag(0x0018, 0x1063))
                    + Raw.explicit(0x0028, 0x0010, "US", Raw.u16(512))
                    + Raw.explicit(0x0028, 0x0106, "SS", Raw.u16(0xFFFE))))
        #expect(file.transferSyntax == .explicitLittleEndian)
        #expect(file.warnings.isEmpty)
        #expect(file.dataSet[.sopInstanceUID]?.uid == "1.2.3")
        #expect(file.dataSet[.patientName]?.string == "Doe^Jane")
        #expect(file.dataSet[.sliceThickness]?.doubles == [2.5, 3])
        #expect(file.dataSet[.sliceThickness]?.strings == ["2.5", "3"])
        #expect(file.dataSet[.instanceNumber]?.int == 7)
        #expect(file.dataSet[Tag(0x0028, 0x0009)]?.tags == [Tag(0x0018, 0x1063)])
        #expect(file.dataSet[.rows]?.int == 512)
        #expect(file.dataSet[.smallestImagePixelValue]?.int == -2)
        #expect(file.dataSet[.patientID] == nil)
    }

    @Test("Implicit little endian: the VR is the dictionary's; private attributes are UN, their creators LO")
    func implicitLittleEndian() throws {
        let file = try DICOMFile.read(
            Raw.file(
                Raw.implicit,
                Raw.implicit(0x0008, 0x0016, "1.2.840.10008.5.1.4.1.1.2\0")
                    + Raw.implicit(0x0009, 0x0010, "ACME 1.1") + Raw.implicit(0x0009, 0x1001, [1, 2, 3, 4])
                    + Raw.implicit(0x0028, 0x0010, Raw.u16(512))))
        #expect(file.dataSet.elements.map(\.vr) == [.ui, .lo, .un, .us])
        #expect(file.dataSet[Tag(0x0009, 0x1001)]?.bytes.elementsEqual([1, 2, 3, 4]) == true)
    }

    @Test("Implicit: US or SS follows the Pixel Representation, also when that comes later or lies further out")
    func ambiguousVR() throws {
        let later = Raw.implicit(0x0018, 0x9810, Raw.u16(0xFFFF)) + Raw.implicit(0x0028, 0x0103, Raw.u16(1))
        let inside = Raw.implicit(
            0x0028, 0x3010, Raw.item(Raw.implicit(0x0028, 0x3002, Raw.u16(0xFFFF) + Raw.u16(0) + Raw.u16(16))))
        let file = try DICOMFile.read(Raw.file(Raw.implicit, later + inside))
        #expect(file.dataSet[Tag(0x0018, 0x9810)]?.vr == .ss)
        #expect(file.dataSet[Tag(0x0018, 0x9810)]?.int == -1)
        let table = file.dataSet[Tag(0x0028, 0x3010)]?.items.first
        #expect(table?[.lutDescriptor]?.vr == .ss)
        let unsigned = try DICOMFile.read(Raw.file(Raw.implicit, Raw.implicit(0x0028, 0x0106, Raw.u16(0xFFFF))))
        #expect(unsigned.dataSet[.smallestImagePixelValue]?.int == 65535)
    }

    @Test("Explicit big endian: headers and numbers are turned round, OW words and AT too")
    func explicitBigEndian() throws {
        let file = try DICOMFile.read(
            Raw.file(
                Raw.bigEndian,
                Raw.explicit(0x0028, 0x0009, "AT", Raw.tag(0x0018, 0x1063, big: true), big: true)
                    + Raw.explicit(0x0028, 0x0010, "US", Raw.u16(512, big: true), big: true)
                    + Raw.explicit(0x0028, 0x1201, "OW", [0x01, 0x02, 0x03, 0x04], big: true)))
        #expect(file.transferSyntax == .explicitBigEndian)
        #expect(file.dataSet[.rows]?.int == 512)
        #expect(file.dataSet[Tag(0x0028, 0x0009)]?.tags == [Tag(0x0018, 0x1063)])
        #expect(file.dataSet[Tag(0x0028, 0x1201)]?.littleEndianBytes.elementsEqual([2, 1, 4, 3]) == true)
    }

    @Test("Sequences of defined and undefined length, nested, give the same data set")
    func sequences() throws {
        let inner = Raw.explicit(0x0008, 0x0100, "SH", "T-04000 ")
        let defined = Raw.explicit(
            0x0008, 0x2218, "SQ", Raw.item(inner + Raw.explicit(0x0008, 0x2220, "SQ", Raw.item(inner))))
        let nested = Raw.explicit(0x0008, 0x2220, "SQ", Raw.openItem(inner) + Raw.sequenceEnd, length: Raw.undefined)
        let undefined = Raw.explicit(
            0x0008, 0x2218, "SQ", Raw.openItem(inner + nested) + Raw.sequenceEnd, length: Raw.undefined)
        let one = try DICOMFile.read(Raw.file(defined + name))
        let other = try DICOMFile.read(Raw.file(undefined + name))
        #expect(one.dataSet == other.dataSet)
        #expect(one.warnings.isEmpty && other.warnings.isEmpty)
        let region = one.dataSet[Tag(0x0008, 0x2218)]
        #expect(region?.items.count == 1)
        #expect(region?.items.first?[Tag(0x0008, 0x2220)]?.items.first?[.codeValue]?.string == "T-04000")
        #expect(region?.items.first?[Tag(0x0008, 0x2220)]?.depth == 1)
        #expect(one.dataSet[.patientName]?.string == "Doe^Jane")
    }

    @Test("UN of undefined length is a sequence in implicit little endian, in explicit files too (CP-246)")
    func unknownSequence() throws {
        let content = Raw.openItem(Raw.implicit(0x0010, 0x0020, "ID")) + Raw.sequenceEnd
        for (syntax, big) in [(Raw.explicit, false), (Raw.bigEndian, true)] {
            let file = try DICOMFile.read(
                Raw.file(
                    syntax,
                    Raw.explicit(0x2001, 0x9000, "UN", content, length: Raw.undefined, big: big)
                        + Raw.explicit(0x2001, 0x9001, "LO", Array("AB".utf8), big: big)))
            let sequence = file.dataSet[Tag(0x2001, 0x9000)]
            #expect(sequence?.vr == .sq)
            #expect(sequence?.items.first?[.patientID]?.string == "ID")
            #expect(file.dataSet[Tag(0x2001, 0x9001)]?.string == "AB")
        }
    }

    @Test("An attribute of the standard that came as UN gets its own VR: what is inside a sequence cannot hide")
    func knownAttributeAsUN() throws {
        let content = Raw.item(Raw.implicit(0x0010, 0x0020, "SECRET"))
        let file = try DICOMFile.read(
            Raw.file(
                Raw.explicit(0x0010, 0x0010, "UN", Array("Doe^Jane".utf8)) + Raw.explicit(0x0010, 0x1002, "UN", content)
                    + Raw.explicit(0x0028, 0x0010, "UN", Raw.u16(7))))
        #expect(file.dataSet[.patientName]?.vr == .pn)
        #expect(file.dataSet[.rows]?.int == 7)
        #expect(file.dataSet[.otherPatientIDsSequence]?.items.first?[.patientID]?.string == "SECRET")
        let empty = try DICOMFile.read(Raw.file(Raw.explicit(0x0010, 0x1002, "UN") + comment))
        #expect(empty.dataSet[.otherPatientIDsSequence]?.isEmpty == true)
        #expect(empty.dataSet[.patientComments]?.string == "x")
    }

    @Test("Explicit items inside an implicit file are noticed, and implicit ones inside an explicit file")
    func mixedEncodings() throws {
        let explicitInside = Raw.implicit(0x0008, 0x1140, Raw.item(Raw.explicit(0x0008, 0x1150, "UI", "1.2")))
        let one = try DICOMFile.read(Raw.file(Raw.implicit, explicitInside))
        #expect(one.dataSet[.referencedImageSequence]?.items.first?[.referencedSOPClassUID]?.uid == "1.2")
        #expect(one.warningCodes == [.wrongVR])
        let implicitInside = Raw.explicit(0x0008, 0x1140, "SQ", Raw.item(Raw.implicit(0x0008, 0x1150, "1.2\0")))
        let other = try DICOMFile.read(Raw.file(implicitInside))
        #expect(other.dataSet[.referencedImageSequence]?.items.first?[.referencedSOPClassUID]?.uid == "1.2")
        #expect(other.warningCodes == [.wrongVR])
    }

    @Test("A file without preamble or without meta group is read by its looks, with a warning")
    func noPreambleNoMeta() throws {
        let big = Raw.explicit(0x0008, 0x0060, "CS", Array("MR".utf8), big: true)
        for (bytes, syntax) in [
            (Raw.explicit(0x0008, 0x0060, "CS", "MR"), TransferSyntax.explicitLittleEndian),
            (Raw.implicit(0x0008, 0x0060, "MR"), .implicitLittleEndian), (big, .explicitBigEndian),
        ] {
            for start in [[], Raw.preamble] {
                let file = try DICOMFile.read(start + bytes)
                #expect(file.transferSyntax == syntax)
                #expect(file.dataSet[.modality]?.string == "MR")
                #expect(file.warningCodes.contains(.badMeta))
                #expect(file.hasPreamble == !start.isEmpty)
            }
        }
    }

    @Test("A wrong or missing length of the meta group does not move the data set")
    func metaLength() throws {
        let syntax = Raw.explicit(0x0002, 0x0010, "UI", Raw.explicit)
        for length in [0, 5, 100, 0xFFFF_FFFF] as [UInt32] {
            let file = try DICOMFile.read(
                Raw.preamble + Raw.explicit(0x0002, 0x0000, "UL", Raw.u32(length)) + syntax + name)
            #expect(file.dataSet[.patientName]?.string == "Doe^Jane")
            #expect(file.warningCodes == [.badMeta])
        }
        let file = try DICOMFile.read(Raw.preamble + syntax + name)
        #expect(file.dataSet[.patientName]?.string == "Doe^Jane")
        #expect(file.warningCodes == [.badMeta])
    }

    @Test("A transfer syntax that is not in the standard is read as explicit little endian, with a warning")
    func unknownTransferSyntax() throws {
        let file = try DICOMFile.read(Raw.file("1.2.3.4", name))
        #expect(file.dataSet[.patientName]?.string == "Doe^Jane")
        #expect(file.transferSyntax.uid == "1.2.3.4")
        #expect(!file.transferSyntax.isKnown)
        #expect(file.warningCodes == [.unknownTransferSyntax])
    }

    @Test("A data set that is not laid down as its transfer syntax says is read as it is, with a warning")
    func wrongTransferSyntax() throws {
        let one = try DICOMFile.read(Raw.file(Raw.implicit, name))
        #expect(one.dataSet[.patientName]?.string == "Doe^Jane")
        #expect(one.warningCodes == [.wrongVR])
        let other = try DICOMFile.read(Raw.file(Raw.explicit, Raw.implicit(0x0010, 0x0010, "Doe^Jane")))
        #expect(other.dataSet[.patientName]?.string == "Doe^Jane")
        #expect(other.warningCodes == [.wrongVR])
    }

    @Test(
        "Where only the meta group's length tells it from the data set, it is believed: group 0200 in big endian order")
    func bigEndianGroup0200() throws {
        let first = Raw.explicit(0x0200, 0x1300, "SH", Array("AB".utf8), big: true)
        let file = try DICOMFile.read(Raw.file(Raw.bigEndian, first))
        #expect(file.dataSet[Tag(0x0200, 0x1300)]?.string == "AB")
        #expect(file.meta[Tag(0x0002, 0x0013)] == nil)
    }

    @Test("An implicit element so long that its length looks like a VR is still implicit")
    func lengthLikeVR() throws {
        // 0x4853 bytes: "SH" in the place of a VR.
        let value = [UInt8](repeating: UInt8(ascii: "x"), count: 0x4853 - 1) + [0x20]
        let file = try DICOMFile.read(Raw.file(Raw.implicit, Raw.implicit(0x0010, 0x4000, value)))
        #expect(file.dataSet[.patientComments]?.string?.utf8.count == 0x4853 - 1)
    }

    @Test("Compressed pixel data that came as UN is fragments, not a sequence")
    func pixelDataAsUN() throws {
        let fragments = Raw.item([]) + Raw.item([1, 2]) + Raw.sequenceEnd
        let bytes = Raw.file(Raw.jpeg, Raw.explicit(0x7FE0, 0x0010, "UN", fragments, length: Raw.undefined))
        #expect(try DICOMFile.read(bytes).dataSet[.pixelData]?.fragments.map(Array.init) == [[], [1, 2]])
        #expect(try DICOMFile.readHeader(MemorySource(bytes)).pixelData?.vr == .ob)
    }
}
