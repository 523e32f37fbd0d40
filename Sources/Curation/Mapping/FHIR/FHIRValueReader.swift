/// Reads one JSON value (RFC 8259) from a stream, strictly: no depth, size or text that the file's maker decides alone.
enum FHIRValueReader {
    static func value(_ input: inout ByteStream, depth: Int) throws(TableError) -> FHIRNode {
        guard depth <= FHIRReader.depth else {
            throw TableError(.tooLarge, "there are more than \(FHIRReader.depth) levels inside each other")
        }
        switch try input.skipSpace() {
        case UInt8(ascii: "{"): return try object(&input, depth)
        case UInt8(ascii: "["): return try array(&input, depth)
        case UInt8(ascii: "\""): return .string(try string(&input))
        case UInt8(ascii: "t"): return try word("true", .bool(true), &input)
        case UInt8(ascii: "f"): return try word("false", .bool(false), &input)
        case UInt8(ascii: "n"): return try word("null", .null, &input)
        case .some(let byte) where byte == UInt8(ascii: "-") || isDigit(byte): return .number(try number(&input))
        case nil: throw TableError(.form, "the JSON is cut off; export it again")
        default: throw TableError(.form, "the JSON is damaged: a value should stand here")
        }
    }

    private static func object(_ input: inout ByteStream, _ depth: Int) throws(TableError) -> FHIRNode {
        input.advance()
        var members: [(name: String, value: FHIRNode)] = []
        if try input.skipSpace() == UInt8(ascii: "}") {
            input.advance()
            return .object([])
        }
        while true {
            guard try input.skipSpace() == UInt8(ascii: "\"") else {
                throw TableError(.form, "the JSON is damaged: a name in quotes should stand here")
            }
            let name = try string(&input)
            guard try input.skipSpace() == UInt8(ascii: ":") else {
                throw TableError(.form, "the JSON is damaged: a colon is missing")
            }
            input.advance()
            members.append((name, try value(&input, depth: depth + 1)))
            guard try follows(UInt8(ascii: "}"), &input) else { return .object(members) }
        }
    }

    private static func array(_ input: inout ByteStream, _ depth: Int) throws(TableError) -> FHIRNode {
        input.advance()
        var items: [FHIRNode] = []
        if try input.skipSpace() == UInt8(ascii: "]") {
            input.advance()
            return .array([])
        }
        while true {
            items.append(try value(&input, depth: depth + 1))
            guard try follows(UInt8(ascii: "]"), &input) else { return .array(items) }
        }
    }

    /// Whether a comma and another item follow; the end is passed.
    private static func follows(_ end: UInt8, _ input: inout ByteStream) throws(TableError) -> Bool {
        guard input.counted <= FHIRReader.largestResource else {
            throw TableError(.tooLarge, "one resource is larger than \(FHIRReader.largestResource >> 20) MiB")
        }
        switch try input.skipSpace() {
        case UInt8(ascii: ","):
            input.advance()
            return true
        case end:
            input.advance()
            return false
        case nil: throw TableError(.form, "the JSON is cut off; export it again")
        default: throw TableError(.form, "the JSON is damaged: a comma is missing")
        }
    }

    private static func word(_ text: String, _ node: FHIRNode, _ input: inout ByteStream) throws(TableError) -> FHIRNode
    {
        for byte in text.utf8 {
            guard try input.peek() == byte else { throw TableError(.form, "the JSON is damaged: “\(text)” is cut off") }
            input.advance()
        }
        return node
    }

    private static func number(_ input: inout ByteStream) throws(TableError) -> String {
        var bytes: [UInt8] = []
        while let byte = try input.peek(), isDigit(byte) || "+-.eE".utf8.contains(byte), bytes.count < 64 {
            bytes.append(byte)
            input.advance()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func string(_ input: inout ByteStream) throws(TableError) -> String {
        input.advance()
        var bytes: [UInt8] = []
        while let byte = try input.peek() {
            input.advance()
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw TableError(.encoding, "a text is not UTF-8, as JSON is")
                }
                return text
            case UInt8(ascii: "\\"): bytes += try escaped(&input)
            case 0..<0x20: throw TableError(.form, "the JSON is damaged: a line end stands inside a text")
            default: bytes.append(byte)
            }
            guard input.counted <= FHIRReader.largestResource else {
                throw TableError(.tooLarge, "one resource is larger than \(FHIRReader.largestResource >> 20) MiB")
            }
        }
        throw TableError(.form, "the JSON is cut off inside a text; export it again")
    }

    private static let plain: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "f"): 0x0C, UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "/"): UInt8(ascii: "/"),
    ]

    private static func escaped(_ input: inout ByteStream) throws(TableError) -> [UInt8] {
        guard let byte = try input.peek() else { throw TableError(.form, "the JSON is cut off inside a text") }
        input.advance()
        if let plain = plain[byte] { return [plain] }
        guard byte == UInt8(ascii: "u") else { throw TableError(.form, "the JSON is damaged: an escape is unknown") }
        var units = [try unit(&input)]
        if UTF16.isLeadSurrogate(units[0]), try input.ahead(2) == Array("\\u".utf8) {
            input.advance()
            input.advance()
            units.append(try unit(&input))
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private static func unit(_ input: inout ByteStream) throws(TableError) -> UInt16 {
        var text = ""
        for _ in 0..<4 {
            guard let byte = try input.peek() else { break }
            text.unicodeScalars.append(Unicode.Scalar(byte))
            input.advance()
        }
        guard let unit = UInt16(text, radix: 16) else {
            throw TableError(.form, "the JSON is damaged: an escape is no number")
        }
        return unit
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
