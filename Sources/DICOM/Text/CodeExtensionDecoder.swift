/// Text with the code extensions of ISO 2022 (PS3.5 6.1.2.5): escape sequences change what the lower (G0) and the upper
/// half (G1) of the bytes mean, until the end of the value or the next delimiter.
struct CodeExtensionDecoder {
    private let initial: CharacterSet
    private let isPersonName: Bool
    private var lower: CharacterSet = .ascii
    private var upper: CharacterSet
    private var text = ""
    /// Bytes not converted yet, all of one set.
    private var run: [UInt8] = []
    private var runSet: CharacterSet = .ascii

    init(initial: CharacterSet, isPersonName: Bool) {
        self.initial = initial
        self.isPersonName = isPersonName
        upper = initial
        reset()
    }

    mutating func decode(_ bytes: ArraySlice<UInt8>) -> String {
        var rest = bytes
        while let byte = rest.first {
            if byte == 0x1B, let length = escape(rest) {
                rest = rest.dropFirst(length)
                continue
            }
            rest = rest.dropFirst()
            if byte >= 0x80 {
                takeUpper(byte, &rest)
            } else if lower == .ascii || byte <= 0x20 {
                take([byte], of: .ascii)
                if isDelimiter(byte) { reset() }
            } else {
                // A pair of JIS X 0208 or 0212. EUC-JP is the same pair with the upper bits set, behind 0x8F for 0212.
                let second = rest.popFirst() ?? 0x21
                let pair = [byte | 0x80, second | 0x80]
                take(lower == .japaneseSupplementary ? [0x8F] + pair : pair, of: .japaneseKanji)
            }
        }
        flush()
        return text
    }

    private mutating func takeUpper(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) {
        switch upper {
        case .japaneseKana:
            // Half-width katakana: EUC-JP has them behind 0x8E.
            take([0x8E, byte], of: .japaneseKanji)
        case .korean, .simplifiedChinese:
            if let second = rest.first, second >= 0x80 {
                rest = rest.dropFirst()
                take([byte, second], of: upper)
            } else {
                take([byte], of: upper)
            }
        default:
            take([byte], of: upper)
        }
    }

    private mutating func take(_ bytes: [UInt8], of set: CharacterSet) {
        if set != runSet { flush() }
        runSet = set
        run += bytes
    }

    private mutating func flush() {
        guard !run.isEmpty else { return }
        text += Converter.convert(run[...], from: runSet)
        run = []
    }

    /// Back to the set of the first term.
    private mutating func reset() {
        lower = .ascii
        // Kanji cannot be on from the start: without an escape the value is ASCII.
        upper = initial == .japaneseKanji || initial == .japaneseSupplementary ? .ascii : initial
    }

    /// After these the first set is in force again: line and page ends, the backslash, and in names `^` and `=`.
    private func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0C, 0x0D, UInt8(ascii: "\\"): true
        case UInt8(ascii: "^"), UInt8(ascii: "="): isPersonName
        default: false
        }
    }

    /// The length of the escape sequence at the front, when it is one of the standard; it is in force then.
    private mutating func escape(_ bytes: ArraySlice<UInt8>) -> Int? {
        let code = Array(bytes.dropFirst().prefix(3))
        for known in Self.escapes where code.starts(with: known.code.utf8) {
            if known.isUpper { upper = known.set } else { lower = known.set }
            return known.code.utf8.count + 1
        }
        return nil
    }

    /// PS3.3 tables C.12-3 and C.12-4, behind the escape byte.
    private static let escapes: [(code: String, set: CharacterSet, isUpper: Bool)] = [
        ("(B", .ascii, false), ("(J", .ascii, false), (")I", .japaneseKana, true),
        ("$B", .japaneseKanji, false), ("$@", .japaneseKanji, false), ("$(D", .japaneseSupplementary, false),
        ("$)C", .korean, true), ("$)A", .simplifiedChinese, true),
        ("-A", .latin1, true), ("-B", .latin2, true), ("-C", .latin3, true), ("-D", .latin4, true),
        ("-L", .cyrillic, true), ("-G", .arabic, true), ("-F", .greek, true), ("-H", .hebrew, true),
        ("-M", .latin5, true), ("-b", .latin9, true), ("-T", .thai, true),
    ]
}
