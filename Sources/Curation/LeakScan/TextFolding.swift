/// Makes ways of writing the same word equal: case, accents, width, kana, ligatures. Whatever is no letter and no digit
/// becomes a space.
///
/// The result is lower-case letters and digits of ASCII where the script is Latin, else the bytes of UTF-8.
enum TextFolding {
    static let separator = UInt8(ascii: " ")

    static func folded(_ text: some StringProtocol) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        fold(text, into: &bytes)
        return bytes
    }

    static func fold(_ text: some StringProtocol, into bytes: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            if scalar.value < 0x80 {
                bytes.append(ascii[Int(scalar.value)])
            } else {
                foldBeyondASCII(scalar, into: &bytes)
            }
        }
    }

    /// A byte of ASCII, folded; of others, itself.
    static let ascii: [UInt8] = (0...255).map { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(byte) | 0x20
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: UInt8(byte)
        default: separator
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    static func isSeparator(_ byte: UInt8) -> Bool { ascii[Int(byte)] == separator }

    private static func foldBeyondASCII(_ scalar: Unicode.Scalar, into bytes: inout [UInt8]) {
        switch scalar.value {
        case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF: return
        case 0xC0...0x24F, 0x370...0x52F, 0x1E00...0x1FFF:
            if let base = FoldedLetters.table[scalar.value] { return bytes.append(contentsOf: base) }
        case 0x3041...0x3096: return append(kana(scalar.value + 0x60), &bytes)
        case 0x30A1...0x30FA: return append(kana(scalar.value), &bytes)
        case 0xFF01...0xFF5E: return bytes.append(ascii[Int(scalar.value - 0xFEE0)])
        // Half-width voice marks say what the full-width kana leave out.
        case 0xFF9E, 0xFF9F: return
        case 0xFF66...0xFF9D: return append(halfWidthKana[Int(scalar.value - 0xFF66)], &bytes)
        default: break
        }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return
        case .decimalNumber:
            if let value = properties.numericValue, value >= 0, value < 10 {
                return bytes.append(UInt8(ascii: "0") + UInt8(value))
            }
        default: break
        }
        if properties.isAlphabetic || properties.numericType != nil || properties.generalCategory == .spacingMark {
            bytes.append(contentsOf: properties.lowercaseMapping.utf8)
        } else {
            bytes.append(separator)
        }
    }

    private static func append(_ value: UInt32, _ bytes: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(value) else { return }
        bytes.append(contentsOf: String(scalar).utf8)
    }

    /// Katakana without its voice mark, small ones made large: ガ and カ, ッ and ツ are one.
    private static func kana(_ value: UInt32) -> UInt32 {
        switch value {
        case 0x30A1...0x30AA: value | 1 == value ? value + 1 : value
        case 0x30AB...0x30C2: value & 1 == 0 ? value - 1 : value
        case 0x30C3: 0x30C4
        case 0x30C5, 0x30C7, 0x30C9: value - 1
        case 0x30CF...0x30DD: value - (value - 0x30CF) % 3
        case 0x30E3, 0x30E5, 0x30E7, 0x30EE: value + 1
        case 0x30F4: 0x30A6
        case 0x30F5: 0x30AB
        case 0x30F6: 0x30B1
        default: value
        }
    }

    /// U+FF66 to U+FF9D in full width, as ``kana(_:)`` leaves it.
    private static let halfWidthKana: [UInt32] = Array(
        "ヲアイウエオヤユヨツーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン".unicodeScalars
    ).map(\.value)
}

/// Letters of Latin, Greek and Cyrillic without their marks, by the names that Unicode gives them.
enum FoldedLetters {
    static let table: [UInt32: [UInt8]] = {
        let ranges: [ClosedRange<UInt32>] = [0xC0...0x24F, 0x370...0x52F, 0x1E00...0x1FFF]
        var byName: [String: UInt32] = [:]
        for value in Array(UInt32(0x41)...0x7A) + ranges[1] {
            if let scalar = Unicode.Scalar(value), let name = scalar.properties.name { byName[name] = value }
        }
        var table: [UInt32: [UInt8]] = [:]
        for value in ranges.joined() {
            guard let scalar = Unicode.Scalar(value), let name = scalar.properties.name,
                scalar.properties.isAlphabetic
            else { continue }
            let base = name.range(of: " WITH ").map { byName[String(name[..<$0.lowerBound])] ?? value } ?? value
            guard let letter = Unicode.Scalar(base) else { continue }
            let lower = letter.properties.lowercaseMapping
            table[value] = special[lower].map { Array($0.utf8) } ?? Array(lower.utf8)
        }
        return table
    }()

    private static let special: [String: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ĳ": "ij", "ŉ": "n", "ſ": "s", "ŋ": "n",
        "ǆ": "dz", "ǉ": "lj", "ǌ": "nj", "ς": "σ", "й": "и", "ё": "е", "ї": "і", "ў": "у", "ѓ": "г", "ќ": "к",
    ]
}

extension String {
    /// The first place of a text in this one.
    fileprivate func range(of part: String) -> Range<String.Index>? { firstRange(of: part) }
}
