import Curation
import DICOM
import Testing

/// Identifiers planted where they have been seen, or could be, after a de-identification.
@Suite("Planted leaks")
struct PlantedLeakTests {
    private typealias Value = KnownIdentifiers.Value

    private static let all = KnownIdentifiers([
        Value(.patientName, "Mustermann^Erika"), Value(.patientID, "83004711"), Value(.birthDate, "19410803"),
        Value(.address, "Heidestraße 17^51147 Köln"), Value(.phone, "0221 4710815"), Value(.accession, "RAD-2024-0815"),
        Value(.staffName, "Sauerbruch^Ferdinand"), Value(.institution, "Charité Universitätsmedizin Berlin"),
        Value(.uid, "1.3.6.1.4.1.9590.100.1.2.3"), Value(.device, "CTWARD7"), Value(.studyDate, "20240317"),
    ])

    private static func findings(
        _ known: KnownIdentifiers = all, charset: String? = nil, _ fill: (inout DataSetBuilder) -> Void
    ) throws -> [LeakFinding] {
        var builder = DataSetBuilder()
        if let charset { builder.append(.specificCharacterSet, .cs, string: charset) }
        fill(&builder)
        return LeakScanner(known: known).scan(dataSet: try builder.finish())
    }

    static let texts: [(KnownIdentifiers.Kind, String)] = [
        (.patientName, "ERIKA MUSTERMANN"), (.patientID, "83004711"), (.birthDate, "03.08.1941"),
        (.address, "Heidestrasse 17"), (.phone, "+49 221 4710815"), (.accession, "RAD20240815"),
        (.staffName, "sauerbruch"),
        (.institution, "CHARITE"), (.uid, "1.3.6.1.4.1.9590.100.1.2.3"), (.device, "CTWARD7"),
        (.studyDate, "2024-03-17"),
    ]

    @Test(
        "of every kind are found in every kind of text, three sequences deep", arguments: VR.allCases.filter(\.isText))
    func everyText(vr: VR) throws {
        // Numbers of patients are looked for in numbers, days in days; the others in any text.
        for (kind, text) in Self.texts where vr != .ui || kind == .uid {
            let isNumber = vr == .ds || vr == .is || vr == .da || vr == .dt || vr == .tm
            if isNumber, ![.patientID, .studyDate].contains(kind) || (kind == .patientID && vr != .ds && vr != .is) {
                continue
            }
            let value = kind == .studyDate && isNumber ? "20240317" : text
            let found = try Self.findings { builder in
                for _ in 0..<3 {
                    builder.beginSequence(.contributing)
                    builder.beginItem()
                }
                builder.append(DICOMTag(0x0071, 0x1001), vr, string: value)
            }
            #expect(found.map(\.kind) == [kind], "\(vr) \(kind)")
            #expect(
                found.first?.place
                    == .attribute("(0018,A001)[1].(0018,A001)[1].(0018,A001)[1].(0071,1001)"))
        }
    }

    @Test("are found in bytes of every kind that nobody explains", arguments: VR.allCases.filter(\.isBinary))
    func everyBinary(vr: VR) throws {
        for (kind, text) in Self.texts {
            let forms: [[UInt8]] = [
                Array(text.utf8), [0, 1, 2, 3, 0xFF, 0x80] + Array(text.utf8) + [0, 0, 9],
                [1, 0, 7, 0] + Self.utf16(text, isBigEndian: false) + [0, 0],
                [1, 9, 7, 3] + Self.utf16(text, isBigEndian: true) + [0, 0],
            ]
            for bytes in forms {
                let found = try Self.findings { $0.append(DICOMTag(0x0071, 0x1001), vr, bytes: bytes) }
                #expect(found.map(\.kind).contains(kind), "\(vr) \(kind) \(bytes)")
            }
        }
    }

    private static func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for unit in text.utf16 {
            let pair = [UInt8(unit & 255), UInt8(unit >> 8)]
            bytes += isBigEndian ? pair.reversed() : pair
        }
        return bytes
    }

    @Test("are found as binary numbers", arguments: [VR.ul, .sl, .uv, .sv, .fd])
    func binaryNumbers(vr: VR) throws {
        for (kind, number) in [(KnownIdentifiers.Kind.patientID, 83_004_711), (.studyDate, 20_240_317)] {
            let found = try Self.findings { builder in
                if vr == .fd {
                    builder.append(DICOMTag(0x0040, 0x0440), vr, doubles: [1, Double(number)])
                } else {
                    builder.append(DICOMTag(0x0040, 0x0440), vr, ints: [1, number])
                }
            }
            #expect(found.map(\.kind) == [kind])
            #expect(found.first?.match == .number || found.first?.match == .date)
        }
    }

    /// Names in the bytes of the standard's own examples (PS3.5 annexes H, I, J and K), and by the tables of ISO 8859.
    static let written: [(charset: String, name: String, bytes: [UInt8])] = [
        (
            "\\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう",
            [0x1B, 0x24, 0x42, 0x3B, 0x33, 0x45, 0x44, 0x1B, 0x28, 0x42]
        ),
        (
            "\\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう",
            [0x1B, 0x24, 0x42, 0x24, 0x64, 0x24, 0x5E, 0x24, 0x40, 0x1B, 0x28, 0x42]
        ),
        // Half-width katakana ﾔﾏﾀﾞ of JIS X 0201.
        ("ISO 2022 IR 13", "Yamada^Tarou=山田^太郎=やまだ^たろう", [0xD4, 0xCF, 0xC0, 0xDE]),
        ("\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동", [0x1B, 0x24, 0x29, 0x43, 0xB1, 0xE6, 0xB5, 0xBF]),
        ("\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동", [0x1B, 0x24, 0x29, 0x43, 0xD1, 0xCE, 0xD4, 0xD7]),
        ("GB18030", "Wang^XiaoDong=王^小东", [0xCD, 0xF5, 0xD0, 0xA1, 0xB6, 0xAB]),
        ("GB18030", "Wang^XiaoDong=王^小东", [0xD0, 0xA1, 0xB6, 0xAB]),
        ("ISO_IR 192", "Wang^XiaoDong=王^小東", [0xE5, 0xB0, 0x8F, 0xE6, 0x9D, 0xB1]),
        ("ISO_IR 126", "Διονυσίου^Ελένη", [0xC4, 0xC9, 0xCF, 0xCD, 0xD5, 0xD3, 0xC9, 0xCF, 0xD5]),
        ("ISO_IR 144", "Люксембург^Роза", [0xBB, 0xEE, 0xDA, 0xE1, 0xD5, 0xDC, 0xD1, 0xE3, 0xE0, 0xD3]),
        ("ISO_IR 100", "Buc^Jérôme", [0x4A, 0xE9, 0x72, 0xF4, 0x6D, 0x65]),
        ("ISO_IR 101", "Wałęsa^Lech", [0x57, 0x61, 0xB3, 0xEA, 0x73, 0x61]),
        ("ISO_IR 127", "قباني^لنزار", [0xE2, 0xC8, 0xC7, 0xE6, 0xEA]),
        ("ISO_IR 138", "שרון^דבורה", [0xF9, 0xF8, 0xE5, 0xEF]),
        ("ISO_IR 6", "Jérôme^Buc", Array("JEROME".utf8)),
    ]

    @Test("in the character sets of the standard are found in text, wherever a name may stand", arguments: written)
    func characterSets(charset: String, name: String, bytes: [UInt8]) throws {
        let known = KnownIdentifiers([Value(.patientName, name)])
        for text in [bytes, Array("CT ".utf8) + bytes, bytes + Array(" (2)".utf8)] {
            let found = try Self.findings(known, charset: charset) { $0.append(.imageComments, .lt, bytes: text) }
            #expect(found.map(\.kind) == [.patientName], "\(charset) \(text)")
        }
    }

    @Test("in the character sets of the standard are found in bytes that declare none", arguments: written)
    func undeclared(charset: String, name: String, bytes: [UInt8]) throws {
        let known = KnownIdentifiers([Value(.patientName, name)])
        // Hebrew, Arabic and others are tried because the name is of their script.
        let blob: [UInt8] = [0, 1, 2] + Array("Name: ".utf8) + bytes + [0, 0, 1]
        let found = try Self.findings(known) { $0.append(DICOMTag(0x0071, 0x1001), .un, bytes: blob) }
        #expect(found.map(\.kind) == [.patientName], "\(charset)")
        #expect(LeakScanner(known: known).scan(bytes: blob).map(\.kind).contains(.patientName))
    }

    @Test("that ASCII cannot write are found in UTF-16 of both orders")
    func wide() throws {
        let known = KnownIdentifiers([Value(.patientName, "Люксембург^Роза")])
        for text in ["ЛЮКСЕМБУРГ", "Роза"] {
            for isBigEndian in [false, true] {
                let blob = [1, 2, 3, 4] + Self.utf16(text, isBigEndian: isBigEndian)
                #expect(Set(LeakScanner(known: known).scan(bytes: blob).map(\.kind)) == [.patientName])
            }
        }
    }

    @Test("in the file as bytes are found without a parser, with their place")
    func raw() throws {
        let scanner = LeakScanner(known: Self.all)
        for (kind, text) in Self.texts {
            var builder = DataSetBuilder()
            builder.append(.imageComments, .lt, string: text)
            let data = try builder.finish()
            for syntax in [TransferSyntax.explicitLittleEndian, .implicitLittleEndian, .explicitBigEndian] {
                let bytes = try DICOMWriter.encode(data, transferSyntax: syntax)
                let found = scanner.scan(bytes: bytes, at: 132)
                #expect(found.map(\.kind).contains(kind), "\(kind) \(syntax)")
                guard case .offset(let offset)? = found.first?.place else {
                    Issue.record("no offset")
                    continue
                }
                #expect((132..<132 + bytes.count).contains(offset))
            }
        }
        // A value that runs into the tag of the next element: (0054,0081) begins with "T".
        let bytes = Array("LT".utf8) + [4, 0] + Array("ERIKA ".utf8) + [0x54, 0x00, 0x81, 0x00]
        #expect(scanner.scan(bytes: bytes).map(\.kind) == [.patientName])
        let tight = [0, 0] + Array("MUSTERMANN".utf8) + [0x54, 0x00, 0x81, 0x00]
        #expect(scanner.scan(bytes: tight).map(\.kind) == [.patientName])
    }

    @Test("in the file's meta group, its private creators and its private text are found")
    func elsewhere() throws {
        var meta = DataSetBuilder()
        meta.append(.sourceApplicationEntityTitle, .ae, string: "CTWARD7")
        let found = LeakScanner(known: Self.all).scan(dataSet: DataSet(), meta: try meta.finish())
        #expect(found == [LeakFinding(kind: .device, place: .attribute("(0002,0016)"), match: .identifier)])
        let creator = try Self.findings { $0.append(DICOMTag(0x0071, 0x0010), .lo, string: "MUSTERMANN TOOLS") }
        #expect(creator.map(\.kind) == [.patientName])
    }

    @Test("in pixel data are left to those who look at pictures, in headers of pictures not")
    func pixels() throws {
        let found = try Self.findings { builder in
            builder.append(.pixelData, .ow, bytes: Array("ERIKA MUSTERMANN".utf8))
            builder.sequence(DICOMTag(0x0088, 0x0200)) { $0.append(.imageComments, .lt, string: "Erika") }
        }
        #expect(found.map(\.place) == [.attribute("(0088,0200)[1].(0020,4000)")])
    }
}
