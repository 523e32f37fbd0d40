import DICOM

/// The bytes of a table as UTF-8, in pieces, whatever encoding the file has.
struct TableByteReader {
    private let source: any ByteSource
    private let encoding: TableForm.Encoding
    private var offset: Int
    /// Half of a UTF-16 unit or pair at the end of a piece.
    private var rest: [UInt8] = []

    private static let piece = 1 << 18

    init(_ source: any ByteSource, encoding: TableForm.Encoding, from offset: Int) {
        self.source = source
        self.encoding = encoding
        self.offset = offset
    }

    /// The next bytes; empty at the end.
    mutating func next() throws(TableError) -> [UInt8] {
        while true {
            let bytes = try Self.read(source, at: offset, count: Self.piece)
            offset += bytes.count
            switch encoding {
            case .utf8: return bytes
            case .windows1252: return Windows1252.utf8(bytes)
            case .utf16LittleEndian, .utf16BigEndian:
                if bytes.isEmpty, rest.isEmpty { return [] }
                let text = try utf16(bytes)
                // A piece that held half a character gives nothing yet.
                if !text.isEmpty || bytes.isEmpty { return text }
            }
        }
    }

    static func read(_ source: any ByteSource, at offset: Int, count: Int) throws(TableError) -> [UInt8] {
        do {
            return try source.read(at: offset, count: count)
        } catch {
            throw TableError(.file, "the file cannot be read: \(error)")
        }
    }

    private mutating func utf16(_ bytes: [UInt8]) throws(TableError) -> [UInt8] {
        let all = rest + bytes
        var units: [UInt16] = []
        units.reserveCapacity(all.count / 2)
        for pair in stride(from: 0, to: all.count - 1, by: 2) {
            let (first, second) = (UInt16(all[pair]), UInt16(all[pair + 1]))
            units.append(encoding == .utf16LittleEndian ? second << 8 | first : first << 8 | second)
        }
        var used = units.count
        if let last = units.last, UTF16.isLeadSurrogate(last), !bytes.isEmpty { used -= 1 }
        rest = Array(all.dropFirst(used * 2))
        if bytes.isEmpty {
            guard rest.isEmpty else { throw TableByteReader.damaged }
        }
        guard let text = String(validating: units.prefix(used), as: UTF16.self) else { throw TableByteReader.damaged }
        return Array(text.utf8)
    }

    private static let damaged = TableError(
        .encoding, "the file says that it is UTF-16 and is not; save it as “CSV UTF-8” and give that file")
}

/// Windows code page 1252, and Latin-1 where it differs only in control characters.
enum Windows1252 {
    /// The characters from 0x80 to 0x9F; the five places that have none keep their control characters.
    private static let upper: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
        0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x009D, 0x017E, 0x0178,
    ]

    static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count)
        for byte in bytes { units.append((0x80...0x9F).contains(byte) ? upper[Int(byte - 0x80)] : UInt16(byte)) }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
