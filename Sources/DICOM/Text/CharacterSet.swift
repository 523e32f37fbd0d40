/// One coded character set of PS3.3 C.12.1.1.2, by its registered number.
enum CharacterSet: UInt8, Sendable {
    /// ASCII, and what a file without Specific Character Set is: its upper half is undefined.
    case ascii
    case latin1, latin2, latin3, latin4, latin5, latin9, cyrillic, arabic, greek, hebrew, thai
    /// JIS X 0201: ASCII-like letters below, half-width katakana above.
    case japaneseKana
    /// Two bytes in G0, which an escape sequence switches on.
    case japaneseKanji, japaneseSupplementary
    /// Two bytes in G1.
    case korean, simplifiedChinese
    /// Sets without code extensions: the whole value is in them.
    case utf8, gb18030, gbk

    /// The name that the C library's converter knows it by.
    var converterName: String {
        switch self {
        case .ascii, .latin1: "ISO-8859-1"
        case .latin2: "ISO-8859-2"
        case .latin3: "ISO-8859-3"
        case .latin4: "ISO-8859-4"
        case .latin5: "ISO-8859-9"
        case .latin9: "ISO-8859-15"
        case .cyrillic: "ISO-8859-5"
        case .arabic: "ISO-8859-6"
        case .greek: "ISO-8859-7"
        case .hebrew: "ISO-8859-8"
        case .thai: "TIS-620"
        case .japaneseKana, .japaneseKanji, .japaneseSupplementary: "EUC-JP"
        case .korean: "EUC-KR"
        case .simplifiedChinese: "GB2312"
        case .utf8: "UTF-8"
        case .gb18030: "GB18030"
        case .gbk: "GBK"
        }
    }

    var isWholeValue: Bool { self == .utf8 || self == .gb18030 || self == .gbk }

    /// From a defined term: "ISO_IR 100", "ISO 2022 IR 87", "GB18030". Spaces, underscores and hyphens are taken for one
    /// another, as writers do.
    init?(term: some StringProtocol) {
        let letters = term.uppercased().filter { $0 != " " && $0 != "_" && $0 != "-" && $0 != "\0" }
        guard let set = CharacterSet.byTerm[letters.replacing(prefix: "ISO2022IR", with: "ISOIR")] else { return nil }
        self = set
    }

    private static let byTerm: [String: CharacterSet] = [
        "": .ascii, "ISOIR6": .ascii, "ISOIR100": .latin1, "ISOIR101": .latin2, "ISOIR109": .latin3,
        "ISOIR110": .latin4,
        "ISOIR144": .cyrillic, "ISOIR127": .arabic, "ISOIR126": .greek, "ISOIR138": .hebrew, "ISOIR148": .latin5,
        "ISOIR203": .latin9, "ISOIR166": .thai, "ISOIR13": .japaneseKana, "ISOIR87": .japaneseKanji,
        "ISOIR159": .japaneseSupplementary, "ISOIR149": .korean, "ISOIR58": .simplifiedChinese, "ISOIR192": .utf8,
        "GB18030": .gb18030, "GBK": .gbk,
    ]
}

extension String {
    fileprivate func replacing(prefix: String, with other: String) -> String {
        hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
    }
}
