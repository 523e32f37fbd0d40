/// Reads JSON (RFC 8259) strictly.
///
/// Questions come from strangers. Foundation's decoder keeps one of two equal names and says nothing, which here would
/// drop a condition; it reads 512 levels deep, and its errors have no place. This reader refuses what is there twice,
/// what is too deep and what is too long, and says at which byte.
struct JSONReader {
    /// Lists and objects inside each other: two for each group of a question, and what a test needs.
    static let maximumDepth = 2 * QueryLimits.depth + 8

    static func value(_ bytes: [UInt8]) throws(QueryError) -> JSONValue {
        guard bytes.count <= QueryLimits.bytes else {
            throw QueryError(.size, "the question is longer than \(QueryLimits.bytes) bytes")
        }
        var reader = JSONReader(bytes: bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.index == bytes.count else { throw reader.error("something follows after the end of the question") }
        return value
    }

    private let bytes: [UInt8]
    private var index = 0

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func value(depth: Int) throws(QueryError) -> JSONValue {
        skipSpace()
        guard depth <= Self.maximumDepth else {
            throw QueryError(
                .size, "the question has more than \(QueryLimits.depth) groups inside each other", at: index)
        }
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return .number(try number())
        case nil: throw error("the document ends too early")
        default: throw error("a value belongs here")
        }
    }

    private mutating func object(depth: Int) throws(QueryError) -> JSONValue {
        index += 1
        var members: [JSONValue.Member] = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            let start = index
            guard peek == UInt8(ascii: "\"") else { throw error("a name in quotes belongs here") }
            let name = try string()
            guard !members.contains(where: { $0.name == name }) else {
                throw QueryError(.form, "\"\(name.prefix(60))\" is there twice", at: start, length: index - start)
            }
            skipSpace()
            guard take(":") else { throw error("a colon belongs here") }
            members.append(.init(name: name, value: try value(depth: depth + 1)))
            // No object of a question has more names than this; it bounds the search for doubles.
            guard members.count <= 16 else { throw error("an object with too many names") }
            skipSpace()
        } while take(",")
        guard take("}") else { throw error("a comma or a closing brace belongs here") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(QueryError) -> JSONValue {
        index += 1
        var values: [JSONValue] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            values.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw error("a comma or a closing bracket belongs here") }
        return .array(values)
    }

    private mutating func string() throws(QueryError) -> String {
        let start = index
        index += 1
        // Most texts have nothing escaped in them, and are read in one piece.
        let rest = bytes[index...]
        if let end = rest.firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 < 0x20 }),
            bytes[end] == UInt8(ascii: "\"")
        {
            index = end + 1
            guard let text = String(validating: rest[..<end], as: UTF8.self) else {
                throw QueryError(.form, "a text that is not UTF-8", at: start)
            }
            return text
        }
        var content: [UInt8] = []
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw QueryError(.form, "a text that is not UTF-8", at: start)
                }
                return text
            case UInt8(ascii: "\\"): try escape(into: &content)
            case 0..<0x20: throw QueryError(.form, "a control character inside a text", at: index - 1)
            default: content.append(byte)
            }
        }
        throw QueryError(.form, "the text that opens here is never closed", at: start)
    }

    private mutating func escape(into content: inout [UInt8]) throws(QueryError) {
        guard let byte = peek else { throw error("the document ends too early") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xD800..<0xDC00).contains(code) {
                guard take("\\"), take("u") else { throw error("half of a surrogate pair") }
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw error("half of a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair") }
            content.append(contentsOf: String(Character(scalar)).utf8)
        default: throw QueryError(.form, "a backslash before a character that it does not escape", at: index - 2)
        }
    }

    private mutating func hexadecimal() throws(QueryError) -> UInt32 {
        guard index + 4 <= bytes.count,
            bytes[index..<index + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits belong here") }
        index += 4
        return code
    }

    private mutating func number() throws(QueryError) -> String {
        let start = index
        while let byte = peek, "0123456789+-.eE".utf8.contains(byte) { index += 1 }
        let digits = String(decoding: bytes[start..<index], as: UTF8.self)
        guard digits.count <= 64, Decimals.number(digits, shiftedBy: 0) != nil else {
            throw QueryError(
                .value, "\(digits.prefix(64)) is no number that can be compared", at: start, length: index - start)
        }
        return digits
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(QueryError) -> JSONValue {
        guard bytes[index...].starts(with: word.utf8) else { throw error("a value belongs here") }
        index += word.utf8.count
        return value
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private func error(_ message: String) -> QueryError { QueryError(.form, message, at: index) }
}
