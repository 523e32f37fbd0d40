/// The documents in which Lens, the front end of EUCAIM's explorer, sends a question.
///
/// It sends base64 of `{"lang": "ast", "query": base64 of {"ast": tree, "id": …}}`. Each wrapping may be missing: the tree
/// alone is read as well.
enum LensDocument {
    /// The tree inside, and the name that the front end gave the question.
    static func unwrap(_ bytes: [UInt8]) throws(LensError) -> (tree: JSONValue, id: String?) {
        var value = try json(bytes)
        // Two wrappings in base64, and no more: what is deeper is no question.
        for _ in 0..<2 {
            guard case .object(let members) = value, let query = members.first(where: { $0.name == "query" }) else {
                break
            }
            let lang = members.first { $0.name == "lang" }?.value
            guard lang == nil || lang == .string("ast") else {
                throw .malformed("only questions in Lens's own tree (`lang` \"ast\") are answered, not CQL or others")
            }
            guard case .string(let text) = query.value else { throw .malformed("`query` is not a text") }
            value = try json(Array(text.utf8))
        }
        if case .object(let members) = value, let tree = members.first(where: { $0.name == "ast" })?.value {
            if case .string(let id)? = members.first(where: { $0.name == "id" })?.value { return (tree, id) }
            return (tree, nil)
        }
        return (value, nil)
    }

    /// JSON, or base64 of it.
    private static func json(_ bytes: [UInt8]) throws(LensError) -> JSONValue {
        guard bytes.count <= 2 * QueryLimits.bytes else { throw .malformed("the question is too long") }
        let start = bytes.first { !isSpace($0) }
        let plain: [UInt8]
        if start == UInt8(ascii: "{") || start == UInt8(ascii: "[") {
            plain = bytes
        } else if let decoded = Base64Text.bytes(bytes) {
            plain = decoded
        } else {
            throw .malformed("the question is neither JSON nor base64 of it")
        }
        do {
            return try JSONReader.value(utf8(plain))
        } catch {
            throw .malformed("the question cannot be read: \(error.message)")
        }
    }

    /// A browser's `btoa` writes one byte a character: what is no UTF-8 is Latin-1.
    private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        return bytes.flatMap { Array(String(Character(Unicode.Scalar($0))).utf8) }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

/// Base64 (RFC 4648, section 4).
enum Base64Text {
    /// What the text stands for; nil for what is no base64.
    static func bytes(_ text: [UInt8]) -> [UInt8]? {
        var digits = text[...]
        while let last = digits.last, last == UInt8(ascii: "=") || last == 0x0A || last == 0x0D { digits.removeLast() }
        guard digits.count % 4 != 1 else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(digits.count * 3 / 4)
        var (bits, held) = (UInt32(0), 0)
        for digit in digits {
            guard let value = value(digit) else { return nil }
            bits = bits << 6 | UInt32(value)
            held += 6
            if held >= 8 {
                held -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
            }
        }
        return out
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
