import DICOM
import Testing

@Suite("Listings and inspections")
struct PresentationTests {
    @Test("A listing shows tag, VR, keyword and value, and indents what is nested")
    func listing() throws {
        let item = Raw.item(Raw.explicit(0x0008, 0x1155, "UI", "1.2.3"))
        let raw =
            Raw.explicit(0x0008, 0x1140, "SQ", item + Raw.item([])) + Raw.explicit(0x0009, 0x0010, "LO", "ACME")
            + Raw.explicit(0x0010, 0x0010, "PN", "Doe^Jane") + Raw.explicit(0x0028, 0x1201, "OW", [1, 2, 0xFE, 0xFF])
        let text = Listing().text(try DICOMFile.read(Raw.file(raw)).dataSet)
        #expect(
            text == """
                (0008,1140) SQ ReferencedImageSequence                  2 items
                  item 1
                    (0008,1155) UI ReferencedSOPInstanceUID             1.2.3
                  item 2
                (0009,0010) LO (private)                                ACME
                (0010,0010) PN PatientName                              Doe^Jane
                (0028,1201) OW RedPaletteColorLookupTableData           4 bytes: 01 02 FE FF

                """)
    }

    @Test("Long values are shortened, and control characters cannot reach the terminal")
    func shortened() throws {
        let raw = Raw.explicit(0x0010, 0x4000, "LT", "\u{1B}[31m" + String(repeating: "x", count: 100))
        var listing = Listing()
        listing.valueWidth = 10
        #expect(listing.text(try DICOMFile.read(Raw.file(raw)).dataSet).hasSuffix(#"\u{1b}[31mxxxxx…"# + "\n"))
    }

    @Test("An inspection tells what is in order, faulty, damaged, and no DICOM")
    func verdicts() {
        let good = Raw.explicit(0x0008, 0x0018, "UI", "1.2.3")
        func verdict(_ bytes: [UInt8]) -> Inspection.Verdict { Inspection(of: MemorySource(bytes)).verdict }
        #expect(verdict(Raw.file(good)) == .ok)
        #expect(verdict(Raw.file(Raw.explicit(0x0008, 0x0018, "UI", "1.02.3"))) == .warnings)
        #expect(
            verdict(Raw.file(Raw.explicit(0x0008, 0x0018, "UI", "1." + String(repeating: "2", count: 63)))) == .warnings
        )
        #expect(verdict(Array(Raw.file(good).dropLast())) == .damaged)
        #expect(verdict(Array("hello".utf8)) == .notDICOM)
        #expect(verdict([]) == .notDICOM)
    }

    @Test("Pixel data that is not as large as its dimensions say is a fault")
    func dimensions() {
        let header = Raw.explicit(0x0028, 0x0010, "US", Raw.u16(2)) + Raw.explicit(0x0028, 0x0011, "US", Raw.u16(3))
        let bits = Raw.explicit(0x0028, 0x0100, "US", Raw.u16(16))
        func faults(_ count: Int) -> [DICOMError.Code] {
            let pixels = Raw.explicit(0x7FE0, 0x0010, "OW", [UInt8](repeating: 0, count: count))
            return Inspection(of: MemorySource(Raw.file(header + bits + pixels))).warnings.map(\.code)
        }
        #expect(faults(12).isEmpty)
        #expect(faults(10) == [.badValue] && faults(14) == [.badValue])
    }
}
