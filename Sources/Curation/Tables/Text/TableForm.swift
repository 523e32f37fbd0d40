/// How the text of a table is written: what separates fields, what ends lines, and in which encoding.
public struct TableForm: Sendable, Equatable {
    public var separator: Separator
    public var encoding: Encoding
    /// Whether a byte order mark stands in front, as Excel writes and wants it.
    public var hasByteOrderMark: Bool
    /// Whether lines end in carriage return and line feed (RFC 4180).
    public var endsLinesInCRLF: Bool

    public init(
        separator: Separator = .comma, encoding: Encoding = .utf8, hasByteOrderMark: Bool = false,
        endsLinesInCRLF: Bool = false
    ) {
        self.separator = separator
        self.encoding = encoding
        self.hasByteOrderMark = hasByteOrderMark
        self.endsLinesInCRLF = endsLinesInCRLF
    }

    /// What stands between two fields.
    public enum Separator: String, Sendable, Codable, CaseIterable {
        case comma = ","
        case semicolon = ";"
        case tab = "\t"
        case bar = "|"

        var byte: UInt8 {
            switch self {
            case .comma: UInt8(ascii: ",")
            case .semicolon: UInt8(ascii: ";")
            case .tab: UInt8(ascii: "\t")
            case .bar: UInt8(ascii: "|")
            }
        }
    }

    /// The character encodings that tables come in.
    public enum Encoding: String, Sendable, Codable, CaseIterable {
        case utf8 = "utf-8"
        case utf16LittleEndian = "utf-16le"
        case utf16BigEndian = "utf-16be"
        /// What Excel on Windows in Western Europe calls "CSV"; Latin-1 is read as this, too.
        case windows1252 = "windows-1252"

        /// What they may be called, in specifications and at the command line.
        public static let names: [String: Encoding] = [
            "utf-8": .utf8, "utf-16le": .utf16LittleEndian, "utf-16be": .utf16BigEndian, "windows-1252": .windows1252,
            "latin-1": .windows1252, "iso-8859-1": .windows1252,
        ]
    }
}

extension TableForm {
    /// The first bytes of a file that are looked at.
    static let sample = 65_536

    /// From the first bytes of a file: a byte order mark decides the encoding, the first line the separator.
    ///
    /// - Parameters:
    ///   - separator: where it is known.
    ///   - encoding: where it is known. Never guessed between the many of eight bits: text of one is text of all.
    static func detect(
        _ bytes: [UInt8], separator: Separator?, encoding: Encoding?
    ) throws(TableError) -> (form: TableForm, start: Int) {
        try refuseWorkbooks(bytes)
        var form = TableForm(encoding: encoding ?? .utf8)
        var start = 0
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            (form.encoding, form.hasByteOrderMark, start) = (.utf8, true, 3)
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            (form.encoding, form.hasByteOrderMark, start) = (.utf16LittleEndian, true, 2)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            (form.encoding, form.hasByteOrderMark, start) = (.utf16BigEndian, true, 2)
        }
        var head = Array(bytes.dropFirst(start))
        if form.encoding == .utf16LittleEndian || form.encoding == .utf16BigEndian {
            // Separators and quotes are ASCII: the byte that is not zero is enough to find them.
            let offset = form.encoding == .utf16LittleEndian ? 0 : 1
            head = stride(from: 0, to: head.count - 1, by: 2).map { pair in
                head[pair + 1 - offset] == 0 ? head[pair + offset] : UInt8(ascii: "?")
            }
        }
        let line = FirstLine(head)
        form.endsLinesInCRLF = line.endsInCRLF
        form.separator = separator ?? line.separator ?? .comma
        return (form, start)
    }

    /// A workbook is no text, and what to do about it is always the same.
    private static func refuseWorkbooks(_ bytes: [UInt8]) throws(TableError) {
        let isZip = bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
        let isOLE = bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
        if isZip || isOLE {
            throw TableError(
                .notText,
                "this is a workbook (Excel or OpenDocument), not a table of text; open it and save each sheet with “Save as”, type “CSV UTF-8 (comma delimited)”, then give that file"
            )
        }
        if bytes.starts(with: Array("%PDF".utf8)) || bytes.starts(with: [0x1F, 0x8B]) {
            throw TableError(
                .notText, "this is not a table of text; export it as CSV, not compressed, and give that file")
        }
        if bytes.isEmpty {
            throw TableError(.header, "the file is empty; export it again, with the names of the columns")
        }
    }
}

/// What the first line tells: quotes are respected, as a separator inside them is none.
private struct FirstLine {
    var endsInCRLF = false
    var separator: TableForm.Separator?

    init(_ bytes: [UInt8]) {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        var before: UInt8 = 0
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted {
                if byte == 0x0A || before == 0x0D {
                    endsInCRLF = byte == 0x0A && before == 0x0D
                    break
                }
                counts[byte, default: 0] += 1
            }
            before = byte
        }
        let found = TableForm.Separator.allCases.filter { counts[$0.byte, default: 0] > 0 }
        separator = found.max { counts[$0.byte, default: 0] < counts[$1.byte, default: 0] }
    }
}
