import DICOM
import Testing

@Suite("Building data sets")
struct BuilderTests {
    @Test("Elements come out in order; of two with one tag the later one counts")
    func order() throws {
        var builder = DataSetBuilder()
        builder.append(.patientID, .lo, string: "first")
        builder.append(.modality, .cs, string: "MR")
        builder.append(.patientID, .lo, string: "second")
        let dataSet = try builder.finish()
        #expect(dataSet.elements.map(\.tag) == [.modality, .patientID])
        #expect(dataSet[.patientID]?.string == "second")
    }

    @Test("Copies from a big endian file are little endian, sequences whole")
    func copies() throws {
        let item = Raw.tag(0xFFFE, 0xE000, big: true) + Raw.u32(10, big: true)
        let raw =
            Raw.explicit(
                0x0008, 0x1140, "SQ", item + Raw.explicit(0x0028, 0x0010, "US", Raw.u16(5, big: true), big: true),
                big: true)
            + Raw.explicit(0x0028, 0x0011, "US", Raw.u16(512, big: true), big: true)
        let file = try DICOMFile.read(Raw.file(Raw.bigEndian, raw))
        var builder = DataSetBuilder()
        for element in file.dataSet.elements { builder.append(element) }
        let copy = try builder.finish()
        #expect(copy == file.dataSet)
        #expect(copy[.columns]?.bytes.elementsEqual([0, 2]) == true)
        #expect(copy[.referencedImageSequence]?.items.first?[.rows]?.int == 5)
    }

    @Test("A walk over events, appended one by one, makes the same data set")
    func walk() throws {
        let inner = Raw.explicit(
            0x0008, 0x2220, "SQ", Raw.item(Raw.explicit(0x0008, 0x0100, "SH", "A ")) + Raw.item([]))
        let raw =
            Raw.explicit(0x0008, 0x2218, "SQ", Raw.item(inner) + Raw.item([])) + Raw.explicit(0x0008, 0x2228, "SQ")
            + Raw.explicit(0x0010, 0x0010, "PN", "Doe^Jane")
        let file = try DICOMFile.read(Raw.file(raw))
        var builder = DataSetBuilder()
        var depth = 0
        for event in file.dataSet.events {
            switch event {
            case .element(let element), .fragments(let element):
                builder.append(element)
            case .beginSequence(let element):
                builder.beginSequence(element.tag)
                depth += 1
            case .beginItem: builder.beginItem()
            case .endItem: builder.endItem()
            case .endSequence:
                builder.endSequence()
                depth -= 1
            }
        }
        #expect(depth == 0)
        #expect(try builder.finish() == file.dataSet)
    }

    @Test("A sub data set can be walked by itself")
    func walkOfItem() throws {
        let raw = Raw.explicit(
            0x0008, 0x1140, "SQ",
            Raw.item(Raw.explicit(0x0008, 0x2220, "SQ", Raw.item([])))
                + Raw.item(Raw.explicit(0x0010, 0x0020, "LO", "AB")))
        let file = try DICOMFile.read(Raw.file(raw))
        let counts = try #require(file.dataSet[.referencedImageSequence]).items.map {
            $0.events.reduce(0) { n, _ in n + 1 }
        }
        #expect(counts == [4, 1])
    }

    @Test("Numbers that do not fit their VR are refused when the data set is finished")
    func numbers() {
        for (vr, number) in [(VR.us, 65536), (.us, -1), (.ss, 32768), (.ul, -1), (.sl, 1 << 31), (.pn, 1)] {
            var builder = DataSetBuilder()
            builder.append(.rows, vr, ints: [number])
            #expect(error { try builder.finish() }?.code == .badValue)
        }
    }

    @Test("Decimal strings are the nearest number that sixteen characters can say")
    func decimalStrings() throws {
        let numbers = [0.1, 512, -1.0 / 3, 1e-300 / 3, 123_456_789_012_345_680, -1.797_693_134_862_315_7e308]
        var builder = DataSetBuilder()
        builder.append(.windowCenter, .ds, doubles: numbers)
        let element = try #require(try builder.finish()[.windowCenter])
        #expect(element.strings.allSatisfy { $0.utf8.count <= 16 })
        #expect(element.strings.prefix(2) == ["0.1", "512"])
        for (text, number) in zip(element.doubles, numbers) {
            #expect(abs(text - number) <= abs(number) * 1e-8)
        }
    }

    @Test("Depth beyond the limit, and items outside sequences, are refused")
    func shape() {
        var deep = DataSetBuilder()
        for _ in 0..<65 {
            deep.beginSequence(.contentSequence)
            deep.beginItem()
        }
        #expect(error { try deep.finish() }?.code == .tooDeep)
        var stray = DataSetBuilder()
        stray.beginItem()
        #expect(error { try stray.finish() }?.code == .strayItem)
        var between = DataSetBuilder()
        between.beginSequence(.contentSequence)
        between.append(.patientID, .lo, string: "x")
        #expect(error { try between.finish() }?.code == .strayItem)
    }

    @Test("Text can be turned into UTF-8 on the way")
    func utf8() throws {
        let raw =
            Raw.explicit(0x0008, 0x0005, "CS", "ISO_IR 126")
            + Raw.explicit(0x0010, 0x0010, "PN", [0xE1, 0x5C, 0xE2, 0x20])
        let file = try DICOMFile.read(Raw.file(raw))
        var builder = DataSetBuilder()
        for element in file.dataSet.elements { builder.appendInUTF8(element) }
        builder.append(.specificCharacterSet, .cs, string: "ISO_IR 192")
        #expect(try builder.finish()[.patientName]?.strings == ["α", "β"])
    }
}
