/// The query of an address, or the body of a form, as HTML forms write it (`application/x-www-form-urlencoded`: a space is a plus sign).
public enum QueryString {
    /// The value of the first parameter called `name`; nil where there is none, or its bytes are not UTF-8.
    public static func value(of name: String, in query: String?) -> String? {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if let key = parts.first, decoded(key) == name { return parts.count == 2 ? decoded(parts[1]) : "" }
        }
        return nil
    }

    /// The values of all parameters called `name`, in their order: what a form's boxes send.
    public static func values(of name: String, in query: String?) -> [String] {
        (query ?? "").split(separator: "&").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first, decoded(key) == name else { return nil }
            return parts.count == 2 ? decoded(parts[1]) : ""
        }
    }

    /// Text in percent-encoding (RFC 3986), in which a plus sign is a plus sign; nil where its bytes are not UTF-8.
    public static func percentDecoded(_ text: String) -> String? {
        decoded(text.split(separator: "+", omittingEmptySubsequences: false).joined(separator: "%2B")[...])
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                let values = digits.compactMap(hexadecimal)
                guard values.count == 2 else { return nil }
                bytes.append(values[0] << 4 | values[1])
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
