import DICOM
import Testing

/// Each of these has broken a reader somewhere. All must end in a sentence that names offset and element, or in a warning.
@Suite("Hostile and broken input")
struct HostileInputTests {
    private let start = Raw.start()
    private let name = Raw.explicit(0x0010, 0x0010, "PN", "Doe^Jane")

    // MARK: Lengths

    @Test(
        "A value that claims more bytes than the file has is refused without memory for it",
        arguments: ["OB", "UT", "UN", "OW", "UC"])
    func lengthBomb(vr: String) {
        let bytes = Raw.file(name + Raw.explicit(0x0011, 0x1001, vr, [1, 2], length: 0xFFFF_FFFE))
        let found = error { try DICOMFile.read(bytes) }
        #expect(found?.code == .truncated)
        #expect(found?.tag == Tag(0x0011, 0x1001))
        #expect(found?.offset == start + name.count)
        #expect(found?.message.contains("(0011,1001)") == true)
    }

    @Test("A value of 4 GB that a huge file really could hold is refused by the limit, after little reading")
    func fourGigabyteClaim() {
        let bytes = Raw.file(name + Raw.explicit(0x0011, 0x1001, "OB", [], length: 0xFFFF_FFF0))
        let source = CountingSource(bytes, total: 1 << 33)
        let found = error { try DICOMFile.readHeader(source) }
        #expect(found?.code == .tooLarge)
        #expect(found?.tag == Tag(0x0011, 0x1001))
        #expect(source.bytesRead <= 16 << 10)
    }

    @Test("A header that never ends is refused at the limit")
    func endlessHeader() {
        var limits = Limits.standard
        limits.maximumHeaderBytes = 1 << 20
        let source = CountingSource(Raw.file(name), total: 1 << 40)
        let found = error { try DICOMFile.readHeader(source, limits: limits) }
        #expect(found?.code == .tooLarge)
        #expect(source.bytesRead <= 4 << 20)
    }

    @Test("A value that crosses the end of its item is refused")
    func valueCrossesItem() {
        let content = Raw.explicit(0x0010, 0x0020, "LO", [0x41, 0x42], length: 40)
        let bytes = Raw.file(Raw.explicit(0x0010, 0x1002, "SQ", Raw.item(content)) + name + name + name)
        let found = error { try DICOMFile.read(bytes) }
        #expect(found?.code == .crossesEnd)
        #expect(found?.tag == .patientID)
        #expect(found?.offset == start + 12 + 8)
    }

    @Test("An item that crosses the end of its sequence is refused, and so is a sequence that crosses its item")
    func containerCrosses() {
        let item = Raw.item + Raw.u32(100) + Raw.explicit(0x0010, 0x0020, "LO", "AB")
        let one = error {
            try DICOMFile.read(Raw.file(Raw.explicit(0x0010, 0x1002, "SQ", item) + [UInt8](repeating: 0, count: 200)))
        }
        #expect(one?.code == .crossesEnd)
        let inner = Raw.explicit(0x0040, 0xA168, "SQ", [], length: 80)
        let other = error {
            try DICOMFile.read(
                Raw.file(Raw.explicit(0x0010, 0x1002, "SQ", Raw.item(inner)) + [UInt8](repeating: 0, count: 200)))
        }
        #expect(other?.code == .crossesEnd)
        #expect(other?.tag == Tag(0x0040, 0xA168))
    }

    @Test("Undefined lengths where the standard allows none are refused")
    func undefinedText() {
        let found = error {
            try DICOMFile.read(Raw.file(Raw.explicit(0x0010, 0x4000, "UT", [], length: Raw.undefined)))
        }
        #expect(found?.code == .undefinedLength)
        #expect(found?.tag == .patientComments)
        let fragment = Raw.item + Raw.u32(Raw.undefined)
        let other = error {
            try DICOMFile.read(Raw.file(Raw.jpeg, Raw.explicit(0x7FE0, 0x0010, "OB", fragment, length: Raw.undefined)))
        }
        #expect(other?.code == .undefinedLength)
    }

    @Test("OB of undefined length outside pixel data is read as fragments")
    func fragmentsElsewhere() throws {
        let content = Raw.item([]) + Raw.item([5, 6]) + Raw.sequenceEnd
        let file = try DICOMFile.read(
            Raw.file(Raw.explicit(0x0009, 0x1010, "OB", content, length: Raw.undefined) + name))
        #expect(file.dataSet[Tag(0x0009, 0x1010)]?.fragments.map(Array.init) == [[], [5, 6]])
        #expect(file.dataSet[.patientName]?.string == "Doe^Jane")
    }

    @Test("Odd lengths are read, with a warning that names the element")
    func oddLength() throws {
        let file = try DICOMFile.read(Raw.file(Raw.explicit(0x0008, 0x0060, "CS", Array("MRX".utf8)) + name))
        #expect(file.dataSet[.modality]?.string == "MRX")
        #expect(file.dataSet[.patientName]?.string == "Doe^Jane")
        #expect(
            file.warnings == [
                DICOMError(.oddLength, offset: start, tag: .modality, "the value has an odd length, 3 bytes")
            ])
    }

    // MARK: Depth and number

    @Test("Depth bombs: 64 sequences inside one another are read, the 65th is refused, 100,000 at once too")
    func depthBomb() throws {
        func nested(_ depth: Int) -> [UInt8] {
            var bytes: [UInt8] = []
            for _ in 0..<depth {
                bytes +=
                    Raw.explicit(0x0040, 0xA730, "SQ", [], length: Raw.undefined) + Raw.item + Raw.u32(Raw.undefined)
            }
            for _ in 0..<depth { bytes += Raw.itemEnd + Raw.sequenceEnd }
            return Raw.file(bytes)
        }
        let deepest = try DICOMFile.read(nested(64))
        #expect(deepest.dataSet.events.reduce(0) { count, _ in count + 1 } == 4 * 64)
        let json = DICOMJSON.encode(deepest.dataSet)
        #expect(try DICOMJSON.decode(json) == deepest.dataSet)
        for depth in [65, 100_000] {
            let found = error { try DICOMFile.read(nested(depth)) }
            #expect(found?.code == .tooDeep)
            #expect(found?.tag == .contentSequence)
            #expect(found?.offset == start + 64 * 20)
        }
    }

    @Test("More elements, items or fragments than the limit are refused")
    func tooManyElements() {
        var limits = Limits.standard
        limits.maximumElements = 1000
        let items = Raw.explicit(0x0008, 0x1140, "SQ", (0..<2000).flatMap { _ in Raw.item([]) })
        #expect(error { try DICOMFile.read(Raw.file(items), limits: limits) }?.code == .tooManyElements)
        let fragments = (0..<2000).flatMap { _ in Raw.item([]) } + Raw.sequenceEnd
        let pixels = Raw.file(Raw.jpeg, Raw.explicit(0x7FE0, 0x0010, "OB", fragments, length: Raw.undefined))
        #expect(error { try DICOMFile.read(pixels, limits: limits) }?.code == .tooManyElements)
    }

    // MARK: Delimiters

    @Test("Stray delimiters close nothing: they are passed over with a warning")
    func strayDelimiters() throws {
        let file = try DICOMFile.read(Raw.file(Raw.itemEnd + Raw.sequenceEnd + name))
        #expect(file.dataSet[.patientName]?.string == "Doe^Jane")
        #expect(file.warningCodes == [.strayDelimiter, .strayDelimiter])
        let inDefined = Raw.explicit(0x0008, 0x1140, "SQ", Raw.item(Raw.itemEnd) + Raw.sequenceEnd)
        #expect(try DICOMFile.read(Raw.file(inDefined + name)).warningCodes == [.strayDelimiter, .strayDelimiter])
    }

    @Test("A delimiter with the length 0xFFFFFFFF, or any other, still closes")
    func delimiterLength() throws {
        for length in [Raw.undefined, 4] as [UInt32] {
            let end = Raw.tag(0xFFFE, 0xE0DD) + Raw.u32(length)
            let file = try DICOMFile.read(
                Raw.file(Raw.explicit(0x0008, 0x1140, "SQ", Raw.openItem([]) + end, length: Raw.undefined) + name))
            #expect(file.dataSet[.patientName]?.string == "Doe^Jane")
            #expect(file.warningCodes == [.delimiterLength])
        }
    }

    @Test("An item outside a sequence, and something else where an item must be, are refused")
    func strayItems() {
        #expect(error { try DICOMFile.read(Raw.file(Raw.item([]) + name)) }?.code == .strayItem)
        let found = error { try DICOMFile.read(Raw.file(Raw.explicit(0x0008, 0x1140, "SQ", name))) }
        #expect(found?.code == .strayItem)
        #expect(found?.tag == .patientName)
        let unknown = error { try DICOMFile.read(Raw.file(Raw.tag(0xFFFE, 0x1234) + Raw.u32(0))) }
        #expect(unknown?.code == .strayDelimiter)
    }

    @Test("A sequence that never ends is a file cut off")
    func missingDelimiter() {
        let open = Raw.explicit(0x0008, 0x1140, "SQ", Raw.item + Raw.u32(Raw.undefined) + name, length: Raw.undefined)
        let found = error { try DICOMFile.read(Raw.file(open)) }
        #expect(found?.code == .truncated)
        var lenient = Limits.standard
        lenient.acceptsTruncatedDataSets = true
        let file = try? DICOMFile.read(Raw.file(open), limits: lenient)
        #expect(file?.dataSet[.referencedImageSequence]?.items.first?[.patientName]?.string == "Doe^Jane")
    }

    // MARK: VRs

    @Test("Two letters that are no VR: read as UN, with a warning, in the short and the long form")
    func unknownVR() throws {
        let short = Raw.explicit(0x0011, 0x1001, "ZZ", [1, 2])
        let long = Raw.tag(0x0011, 0x1002) + Array("ZY".utf8) + [0, 0] + Raw.u32(4) + [1, 2, 3, 4]
        let file = try DICOMFile.read(Raw.file(short + long + Raw.explicit(0x0020, 0x0013, "IS", "7 ")))
        #expect(file.dataSet[Tag(0x0011, 0x1001)]?.bytes.elementsEqual([1, 2]) == true)
        #expect(file.dataSet[Tag(0x0011, 0x1002)]?.bytes.count == 4)
        #expect(file.dataSet[.instanceNumber]?.int == 7)
        #expect(file.warningCodes == [.wrongVR, .wrongVR])
    }

    @Test("Values that are not what their VR says give nothing, never a trap")
    func nonsenseValues() throws {
        let file = try DICOMFile.read(
            Raw.file(
                Raw.explicit(0x0018, 0x0050, "DS", "1.5\\abc ")
                    + Raw.explicit(0x0020, 0x0013, "IS", "99999999999999999999")
                    + Raw.explicit(0x0028, 0x0009, "AT", [1, 2, 3]) + Raw.explicit(0x0028, 0x0010, "US", [1])
                    + Raw.explicit(0x0028, 0x0011, "UL", Raw.u32(.max)) + Raw.explicit(0x0028, 0x1052, "FD", [1, 2, 3]))
        )
        #expect(file.dataSet[.sliceThickness]?.doubles == [])
        #expect(file.dataSet[.sliceThickness]?.strings == ["1.5", "abc"])
        #expect(file.dataSet[.instanceNumber]?.int == nil)
        #expect(file.dataSet[.rows]?.int == nil)
        #expect(file.dataSet[.columns]?.int == 4_294_967_295)
        #expect(file.dataSet[.rescaleIntercept]?.double == nil)
        #expect(file.dataSet[Tag(0x0028, 0x0009)]?.tags == [])
    }

    @Test("Dimensions whose product overflows are a fault, not a trap")
    func overflowingDimensions() {
        let bytes = Raw.file(
            Raw.explicit(0x0028, 0x0002, "US", Raw.u16(.max)) + Raw.explicit(0x0028, 0x0008, "IS", "2147483647")
                + Raw.explicit(0x0028, 0x0010, "UL", Raw.u32(.max)) + Raw.explicit(0x0028, 0x0011, "UL", Raw.u32(.max))
                + Raw.explicit(0x0028, 0x0100, "US", Raw.u16(.max)) + Raw.explicit(0x7FE0, 0x0010, "OW", [0, 0]))
        let found = Inspection(of: MemorySource(bytes))
        #expect(found.verdict == .warnings)
        #expect(found.warnings.contains { $0.code == .badValue && $0.detail.contains("larger than any image") })
    }

    // MARK: Smuggling

    @Test("An element that is there twice: the last one counts everywhere, and only it is written")
    func duplicates() throws {
        let twice = Raw.explicit(0x0010, 0x0020, "LO", "first ") + Raw.explicit(0x0010, 0x0020, "LO", "second")
        let file = try DICOMFile.read(Raw.file(twice))
        #expect(file.warningCodes == [.duplicate])
        #expect(file.dataSet[.patientID]?.string == "second")
        let written = try DICOMWriter.encode(file.dataSet, transferSyntax: .explicitLittleEndian)
        #expect(written == Raw.explicit(0x0010, 0x0020, "LO", "second"))
    }

    @Test("Elements out of order are found, also inside items, and written in order")
    func unordered() throws {
        let inside = Raw.explicit(0x0008, 0x1155, "UI", "1.2.3") + Raw.explicit(0x0008, 0x1150, "UI", "1.2")
        let bytes = Raw.file(
            name + Raw.explicit(0x0008, 0x1140, "SQ", Raw.item(inside)) + Raw.explicit(0x0008, 0x0060, "CS", "MR"))
        let file = try DICOMFile.read(bytes)
        #expect(file.warningCodes == [.unordered, .unordered, .unordered])
        #expect(file.dataSet.elements.map(\.tag) == [.modality, .referencedImageSequence, .patientName])
        let item = try #require(file.dataSet[.referencedImageSequence]?.items.first)
        #expect(item.elements.map(\.tag) == [.referencedSOPClassUID, .referencedSOPInstanceUID])
        #expect(item[.referencedSOPInstanceUID]?.uid == "1.2.3")
        let again = try DICOMFile.read(
            try DICOMWriter.file(meta: file.meta, dataSet: file.dataSet, transferSyntax: .explicitLittleEndian))
        #expect(again.warnings.isEmpty)
        #expect(again.dataSet == file.dataSet)
    }

    @Test(
        "A preamble that is a program is reported, and zeros when the file is written",
        arguments: [[0x4D, 0x5A], [0x7F, 0x45, 0x4C, 0x46], [0x23, 0x21]] as [[UInt8]])
    func executablePreamble(magic: [UInt8]) throws {
        let file = try DICOMFile.read(magic + Raw.file(name).dropFirst(magic.count))
        #expect(file.warningCodes == [.executablePreamble])
        let written = try DICOMWriter.file(meta: file.meta, dataSet: file.dataSet, transferSyntax: file.transferSyntax)
        #expect(written.prefix(128).allSatisfy { $0 == 0 })
    }

    // MARK: Other files

    @Test("Files that are no DICOM say so")
    func notDICOM() {
        let texts = [
            "<html>", "{\"a\": 1}", "PK\u{3}\u{4}", "%PDF-1.7", "\n", "DIC", String(repeating: "A", count: 500),
        ]
        for text in texts {
            #expect(error { try DICOMFile.readHeader(MemorySource(Array(text.utf8))) }?.code == .notDICOM)
        }
        #expect(error { try DICOMFile.readHeader(MemorySource([])) }?.code == .empty)
        #expect(error { try DICOMFile.readHeader(MemorySource([UInt8](repeating: 0, count: 4096))) }?.code == .notDICOM)
    }

    @Test("A file cut at any byte is refused or marked, and the sentence names a place in it")
    func cutAnywhere() throws {
        let inside = Raw.explicit(0x0008, 0x1140, "SQ", Raw.openItem(name) + Raw.sequenceEnd, length: Raw.undefined)
        let bytes = Raw.file(inside + name)
        for count in 132..<bytes.count {
            do {
                let file = try DICOMFile.readHeader(MemorySource(Array(bytes.prefix(count))))
                // A cut between two elements cannot be seen; what was read is whole.
                #expect(file.dataSet.elements.allSatisfy { $0.offset + $0.bytes.count <= count })
            } catch {
                #expect(error.code == .truncated)
                #expect((error.offset ?? count + 1) <= count)
            }
        }
    }

    @Test("Zeros after the data set are padding")
    func trailingZeros() throws {
        for count in [3, 8, 512, 40_000] {
            let file = try DICOMFile.readHeader(MemorySource(Raw.file(name) + [UInt8](repeating: 0, count: count)))
            #expect(file.dataSet.elements.map(\.tag) == [.patientName])
            #expect(file.warningCodes == [.trailingBytes])
        }
    }

    @Test("Zeros that are no padding, and text of which no byte is a character, take no longer than their size")
    func quadraticTraps() throws {
        var limits = Limits.standard
        limits.maximumElements = 4_000_000
        let zeros = Raw.file(name) + [UInt8](repeating: 0, count: 4 << 20) + [1, 0, 0, 0, 0, 0, 0, 0]
        _ = try? DICOMFile.read(zeros, limits: limits)
        let text = [UInt8](repeating: 0xFF, count: 1 << 20)
        let file = try DICOMFile.read(
            Raw.file(Raw.explicit(0x0008, 0x0005, "CS", "GB18030 ") + Raw.explicit(0x0010, 0x4000, "UT", text)))
        #expect(file.dataSet[.patientComments]?.string?.unicodeScalars.count == text.count)
    }

    @Test("No error carries a patient's value")
    func noValues() {
        let value = "Secretname^Patient"
        for cut in 0..<60 {
            let bytes = Raw.file(Raw.explicit(0x0010, 0x0010, "PN", value) + Raw.explicit(0x0010, 0x0020, "LO", value))
            let inspection = Inspection(of: MemorySource(Array(bytes.dropLast(cut))))
            let text = ([inspection.error].compactMap(\.self) + inspection.warnings).map(\.message).joined()
            #expect(!text.contains("Secret"))
        }
    }
}
