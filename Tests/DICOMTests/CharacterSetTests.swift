import DICOM
import Testing

/// The byte strings are those of PS3.5 annexes H (Japanese), I (Korean), J and K (Chinese).
@Suite("Character sets")
struct CharacterSetTests {
    private func name(_ bytes: [UInt8], _ terms: String...) -> [String] {
        values(bytes, "PN", terms.joined(separator: "\\"))
    }

    /// The values of a person name or other text in a data set with that Specific Character Set.
    private func values(_ bytes: [UInt8], _ vr: String, _ characterSet: String) -> [String] {
        let even = bytes + (bytes.count % 2 == 1 ? [0x20] : [])
        let dataSet = Raw.explicit(0x0008, 0x0005, "CS", characterSet) + Raw.explicit(0x0010, 0x0010, vr, even)
        return (try? DICOMFile.read(Raw.file(dataSet)))?.dataSet[.patientName]?.strings ?? []
    }

    private func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }
    private let kanji: [UInt8] = [0x1B, 0x24, 0x42]

    @Test("Japanese: kanji and kana switched on by escapes, ASCII before each delimiter (H.3.1)")
    func japanese() {
        let back: [UInt8] = [0x1B, 0x28, 0x42]
        var bytes = ascii("Yamada^Tarou=") + kanji + [0x3B, 0x33, 0x45, 0x44] + back + ascii("^")
        bytes += kanji + [0x42, 0x40, 0x4F, 0x3A] + back + ascii("=") + kanji + [0x24, 0x64, 0x24, 0x5E, 0x24, 0x40]
        bytes += back + ascii("^") + kanji + [0x24, 0x3F, 0x24, 0x6D, 0x24, 0x26] + back
        #expect(name(bytes, "", "ISO 2022 IR 87") == ["Yamada^Tarou=山田^太郎=やまだ^たろう"])
    }

    @Test("Japanese: half-width katakana in the upper half, Roman letters in the lower (H.3.2)")
    func japaneseKatakana() {
        let back: [UInt8] = [0x1B, 0x28, 0x4A]
        var bytes: [UInt8] = [0xD4, 0xCF, 0xC0, 0xDE] + ascii("^") + [0xC0, 0xDB, 0xB3] + ascii("=")
        bytes += kanji + [0x3B, 0x33, 0x45, 0x44] + back + ascii("^") + kanji + [0x42, 0x40, 0x4F, 0x3A] + back
        bytes += ascii("=") + kanji + [0x24, 0x64, 0x24, 0x5E, 0x24, 0x40] + back + ascii("^")
        bytes += kanji + [0x24, 0x3F, 0x24, 0x6D, 0x24, 0x26] + back
        #expect(name(bytes, "ISO 2022 IR 13", "ISO 2022 IR 87") == ["ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"])
    }

    @Test("Japanese: the supplementary kanji of JIS X 0212")
    func supplementaryKanji() {
        let bytes: [UInt8] = [0x1B, 0x24, 0x28, 0x44, 0x30, 0x21, 0x1B, 0x28, 0x42]
        #expect(name(bytes, "", "ISO 2022 IR 159") == ["丂"])
    }

    @Test("Korean: after a delimiter the first set is in force again, and the escape comes once more (I.2)")
    func korean() {
        let hangul: [UInt8] = [0x1B, 0x24, 0x29, 0x43]
        var bytes = ascii("Hong^Gildong=") + hangul + [0xFB, 0xF3] + ascii("^") + hangul + [0xD1, 0xCE, 0xD4, 0xD7]
        bytes += ascii("=") + hangul + [0xC8, 0xAB] + ascii("^") + hangul + [0xB1, 0xE6, 0xB5, 0xBF]
        #expect(name(bytes, "", "ISO 2022 IR 149") == ["Hong^Gildong=洪^吉洞=홍^길동"])
    }

    @Test("Chinese: GB 2312 by escapes (K.2)")
    func simplifiedChinese() {
        let chinese: [UInt8] = [0x1B, 0x24, 0x29, 0x41]
        let bytes =
            ascii("Zhang^XiaoDong=") + chinese + [0xD5, 0xC5] + ascii("^") + chinese + [0xD0, 0xA1, 0xB6, 0xAB]
            + ascii("=")
        #expect(name(bytes, "", "ISO 2022 IR 58") == ["Zhang^XiaoDong=张^小东="])
    }

    @Test("Chinese: GB 18030 and UTF-8 (J.1, J.2)")
    func wholeValueSets() {
        let gb18030 = ascii("Wang^XiaoDong=") + [0xCD, 0xF5, 0x5E, 0xD0, 0xA1, 0xB6, 0xAB, 0x3D]
        #expect(name(gb18030, "GB18030") == ["Wang^XiaoDong=王^小东="])
        #expect(name(ascii("Wang^XiaoDong=王^小东="), "ISO_IR 192") == ["Wang^XiaoDong=王^小东="])
    }

    @Test("A character whose second byte is that of a backslash or a circumflex is no delimiter")
    func delimiterBytes() {
        // As Python's gbk and gb18030 codecs have them: 乗 is 81 5C, 乛 is 81 5E.
        #expect(values([0x81, 0x5C] + ascii("\\") + [0x81, 0x5E], "LO", "GBK") == ["乗", "乛"])
        #expect(name([0x81, 0x5C] + ascii("^") + [0x81, 0x5E], "GB18030") == ["乗^乛"])
        // JIS X 0208 has 5C as second byte in G0: 0x30 0x5C is 芦's neighbour 葦 … whatever it is, it must stay one value.
        let jis = kanji + [0x30, 0x5C] + [0x1B, 0x28, 0x42]
        #expect(values(jis, "LO", "\\ISO 2022 IR 87").count == 1)
    }

    @Test(
        "One byte sets, by the term with and without code extensions",
        arguments: [
            ("100", 0xE9, "é"), ("101", 0xE8, "č"), ("109", 0xE6, "ĉ"), ("110", 0xE6, "æ"), ("144", 0xB4, "Д"),
            ("127", 0xC7, "ا"), ("126", 0xE1, "α"), ("138", 0xF9, "ש"), ("148", 0xFE, "ş"), ("203", 0xA4, "€"),
            ("166", 0xA1, "ก"), ("13", 0xD4, "ﾔ"),
        ] as [(String, UInt8, String)])
    func oneByte(number: String, byte: UInt8, character: String) {
        #expect(name([0x41, byte], "ISO_IR \(number)") == ["A" + character])
        #expect(name([0x41, byte], "ISO 2022 IR \(number)") == ["A" + character])
    }

    @Test("An escape to another one byte set ends at the next line, backslash or name delimiter")
    func delimitersReset() {
        let greek: [UInt8] = [0x1B, 0x2D, 0x46, 0xE1]
        #expect(values(greek + ascii("\\") + [0xE9], "LO", "ISO 2022 IR 100\\ISO 2022 IR 126") == ["α", "é"])
        #expect(values(greek + ascii("\r\n") + [0xE9], "LT", "ISO 2022 IR 100\\ISO 2022 IR 126") == ["α\r\né"])
        #expect(name(greek + ascii("^") + [0xE9], "ISO 2022 IR 100", "ISO 2022 IR 126") == ["α^é"])
        // A circumflex in other text is a character, not a delimiter.
        #expect(values(greek + ascii("^") + [0xE1], "LO", "ISO 2022 IR 100\\ISO 2022 IR 126") == ["α^α"])
    }

    @Test("An item may have a character set of its own; others inherit the one around them")
    func nestedCharacterSets() throws {
        let greek = Raw.explicit(0x0008, 0x0005, "CS", "ISO_IR 126") + Raw.explicit(0x0010, 0x0010, "PN", [0xE1, 0x20])
        let inner = Raw.explicit(0x0010, 0x0010, "PN", [0xE1, 0x20])
        let dataSet =
            Raw.explicit(0x0008, 0x0005, "CS", "ISO_IR 144")
            + Raw.explicit(0x0008, 0x1140, "SQ", Raw.item(greek) + Raw.item(inner) + Raw.item(greek))
            + Raw.explicit(0x0010, 0x0010, "PN", [0xE1, 0x20])
        let file = try DICOMFile.read(Raw.file(dataSet))
        let names = try #require(file.dataSet[.referencedImageSequence]).items.map { $0[.patientName]?.string }
        #expect(names == ["α", "с", "α"])
        #expect(file.dataSet[.patientName]?.string == "с")
    }

    @Test("Without a character set, and with one that does not exist, no byte is lost")
    func unknownSets() throws {
        #expect(name([0x4D, 0xFC]) == ["Mü"])
        #expect(name([0x4D, 0xFC], "ISO_IR 999") == ["Mü"])
        #expect(SpecificCharacterSet(terms: ["ISO_IR 999"]).unknownTerms == ["ISO_IR 999"])
        let bytes = Raw.file(Raw.explicit(0x0008, 0x0005, "CS", "KLINGON"))
        #expect(Inspection(of: MemorySource(bytes)).warnings.map(\.code) == [.unknownCharacterSet])
    }

    @Test(
        "Terms are understood as writers misspell them",
        arguments: ["ISO_IR_192", "iso_ir 192", "ISO IR 192", "ISO_IR 192 "])
    func misspelt(term: String) {
        #expect(name(ascii("é"), term) == ["é"])
    }

    @Test("Bytes that are no character of the set become the replacement character, and the rest is read")
    func invalidBytes() {
        #expect(name([0x41, 0xFF, 0x42], "ISO_IR 192") == ["A\u{FFFD}B"])
        #expect(values([0xFF, 0x41], "LO", "GB18030").first?.hasSuffix("A") == true)
        #expect(name(kanji + [0x3B], "", "ISO 2022 IR 87").count == 1)
        #expect(name([0x1B, 0x24, 0x29, 0x43, 0xC8], "", "ISO 2022 IR 149").count == 1)
    }

    @Test("UIDs, codes, dates and numbers are ASCII whatever the character set is")
    func otherVRs() {
        #expect(values([0x41, 0x5C, 0x42, 0x20], "CS", "GB18030") == ["A", "B"])
    }

    @Test("Padding: spaces and NULs at the end of each value, spaces in front where they mean nothing")
    func padding() {
        #expect(values(ascii(" A \\ B"), "LO", "ISO_IR 100") == ["A", "B"])
        #expect(values(ascii("  A "), "LT", "ISO_IR 100") == ["  A"])
        #expect(values(ascii("A\0"), "UI", "") == ["A"])
        #expect(values(ascii("A\\\\B "), "SH", "") == ["A", "", "B"])
        #expect(values(ascii("a\\b"), "UT", "") == ["a\\b"])
        #expect(values(ascii("    "), "LO", "") == [])
    }
}
