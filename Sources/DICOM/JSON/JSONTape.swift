/// A JSON text as a flat list of tokens, each knowing the one after its content: no tree, no recursion.
struct JSONTape {
    enum Kind { case object, array, string, number, `true`, `false`, null }

    struct Token {
        var kind: Kind
        /// The bytes of it; of a string, what is between the quotes.
        var range: Range<Int>
        /// The token after this one and its content. In an object, keys and values take turns.
        var next: Int
    }

    let bytes: [UInt8]
    private(set) var tokens = ContiguousArray<Token>()

    /// Reads one value and nothing after it.
    init(_ bytes: [UInt8], limits: Limits) throws(DICOMError) {
        self.bytes = bytes
        // A sequence is an object in an array in an object; three levels each, and those at the bottom.
        let maximumDepth = 3 * limits.maximumDepth + 6
        /// Objects and arrays that are open.
        var open: [Int] = []
        var position = 0
        while true {
            // At a value.
            skipSpace(&position)
            if let container = try value(&position) {
                open.append(container)
                guard open.count <= maximumDepth else {
                    throw DICOMError(
                        .tooDeep, offset: position, "objects lie more than \(maximumDepth) deep in one another")
                }
                if !closes(&position, container) {
                    if tokens[container].kind == .object { try key(&position) }
                    continue
                }
                open.removeLast()
            }
            guard tokens.count <= 8 * limits.maximumElements else {
                throw DICOMError(.tooManyElements, offset: position, "the text has too many values")
            }
            // After a value.
            while true {
                skipSpace(&position)
                guard let container = open.last else {
                    guard position == bytes.count else {
                        throw DICOMError(.badJSON, offset: position, "there is more text after the end of the object")
                    }
                    return
                }
                if byte(position) == UInt8(ascii: ",") {
                    position += 1
                    if tokens[container].kind == .object { try key(&position) }
                    break
                }
                guard closes(&position, container) else {
                    throw DICOMError(.badJSON, offset: position, "a comma or the end of the object or list is missing")
                }
                open.removeLast()
            }
        }
    }

    /// The text of a string token, escapes resolved.
    func string(_ token: Token) -> String {
        let raw = bytes[token.range]
        guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
        var units: [UInt16] = []
        var rest = raw
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
                // Bytes up to the next escape are UTF-8.
                let text = [byte] + rest.prefix { $0 != UInt8(ascii: "\\") }
                rest = rest.dropFirst(text.count - 1)
                units += String(decoding: text, as: UTF8.self).utf16
                continue
            }
            switch escape {
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "u"):
                let digits = rest.prefix(4).reduce(UInt16(0)) { $0 << 4 | UInt16(Hexadecimal.value(of: $1) ?? 0) }
                rest = rest.dropFirst(4)
                units.append(digits)
            default: units.append(UInt16(escape))
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// The number token's text.
    func text(_ token: Token) -> String { String(decoding: bytes[token.range], as: UTF8.self) }
}

extension JSONTape {
    private func byte(_ position: Int) -> UInt8? { bytes.indices.contains(position) ? bytes[position] : nil }

    private func skipSpace(_ position: inout Int) {
        while let next = byte(position), next == 0x20 || (0x09...0x0D).contains(next) { position += 1 }
    }

    /// Takes the end of the container, when it is next, and closes the token.
    private mutating func closes(_ position: inout Int, _ container: Int) -> Bool {
        skipSpace(&position)
        let end = tokens[container].kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")
        guard byte(position) == end else { return false }
        position += 1
        tokens[container].range = tokens[container].range.lowerBound..<position
        tokens[container].next = tokens.count
        return true
    }

    private mutating func key(_ position: inout Int) throws(DICOMError) {
        skipSpace(&position)
        guard byte(position) == UInt8(ascii: "\"") else {
            throw DICOMError(.badJSON, offset: position, "the name of a member is missing")
        }
        try string(&position)
        skipSpace(&position)
        guard byte(position) == UInt8(ascii: ":") else {
            throw DICOMError(.badJSON, offset: position, "there is no colon after the name of a member")
        }
        position += 1
    }

    /// One scalar, or the beginning of an object or array, whose token it gives.
    private mutating func value(_ position: inout Int) throws(DICOMError) -> Int? {
        let start = position
        switch byte(position) {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let kind: Kind = byte(position) == UInt8(ascii: "{") ? .object : .array
            tokens.append(Token(kind: kind, range: start..<start + 1, next: tokens.count + 1))
            position += 1
            return tokens.count - 1
        case UInt8(ascii: "\""):
            try string(&position)
        case UInt8(ascii: "t"): try word("true", .true, &position)
        case UInt8(ascii: "f"): try word("false", .false, &position)
        case UInt8(ascii: "n"): try word("null", .null, &position)
        default:
            while let next = byte(position), Self.numberCharacters.contains(next) { position += 1 }
            guard Self.isNumber(bytes[start..<position]) else {
                throw DICOMError(.badJSON, offset: start, "there is no value here that JSON knows")
            }
            tokens.append(Token(kind: .number, range: start..<position, next: tokens.count + 1))
        }
        return nil
    }

    private mutating func word(_ text: String, _ kind: Kind, _ position: inout Int) throws(DICOMError) {
        guard bytes[position...].starts(with: text.utf8) else {
            throw DICOMError(.badJSON, offset: position, "there is no value here that JSON knows")
        }
        tokens.append(Token(kind: kind, range: position..<position + text.utf8.count, next: tokens.count + 1))
        position += text.utf8.count
    }

    private mutating func string(_ position: inout Int) throws(DICOMError) {
        let start = position + 1
        position += 1
        while let next = byte(position), next != UInt8(ascii: "\"") {
            position += next == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else {
            throw DICOMError(.badJSON, offset: start - 1, "a string has no end")
        }
        tokens.append(Token(kind: .string, range: start..<position, next: tokens.count + 1))
        position += 1
    }

    private static let numberCharacters = Set("+-.0123456789eE".utf8)

    /// RFC 8259: an optional minus, digits without a leading zero, a fraction, an exponent.
    static func isNumber(_ text: some Sequence<UInt8>) -> Bool {
        var rest = Array(text)[...]
        func digits() -> Int {
            let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let leading = rest.first
        let whole = digits()
        guard whole > 0, whole == 1 || leading != UInt8(ascii: "0") else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits() > 0 else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}
