/// The little of JSON that a safetensors header needs, read strictly: objects, strings, lists of whole numbers.
///
/// A general decoder would drop names that occur twice, which the format forbids, and accept much else.
struct JSONText {
    private let bytes: ArraySlice<UInt8>
    private var place: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        self.place = bytes.startIndex
    }

    private static let wrong = RoundsError.shape("the header of the safetensors file is not the JSON it should be")

    private mutating func skipBlanks() {
        while place < bytes.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    }

    /// The next byte that is no blank.
    private mutating func peek() throws(RoundsError) -> UInt8 {
        skipBlanks()
        guard place < bytes.endIndex else { throw Self.wrong }
        return bytes[place]
    }

    private mutating func take(_ character: Unicode.Scalar) throws(RoundsError) {
        guard try peek() == UInt8(ascii: character) else { throw Self.wrong }
        place += 1
    }

    private mutating func takeIf(_ character: Unicode.Scalar) throws(RoundsError) -> Bool {
        guard try peek() == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    /// Reads an object and calls `member` at each value.
    mutating func object(
        _ member: (_ name: String, _ text: inout JSONText) throws(RoundsError) -> Void
    ) throws(RoundsError) {
        try take("{")
        if try takeIf("}") { return }
        repeat {
            let name = try string()
            try take(":")
            try member(name, &self)
        } while try takeIf(",")
        try take("}")
    }

    mutating func integers(atMost most: Int) throws(RoundsError) -> [Int] {
        try take("[")
        var found: [Int] = []
        if try takeIf("]") { return found }
        repeat {
            guard found.count < most else { throw Self.wrong }
            found.append(try integer())
        } while try takeIf(",")
        try take("]")
        return found
    }

    private mutating func integer() throws(RoundsError) -> Int {
        _ = try peek()
        let start = place
        while place < bytes.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
        let digits = String(decoding: bytes[start..<place], as: UTF8.self)
        guard let value = Int(digits), digits.count == 1 || !digits.hasPrefix("0") else { throw Self.wrong }
        return value
    }

    mutating func string() throws(RoundsError) -> String {
        try take("\"")
        var units: [UInt8] = []
        while place < bytes.endIndex {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF8.self) else { throw Self.wrong }
                return text
            case UInt8(ascii: "\\"): try escape(into: &units)
            case ..<0x20: throw Self.wrong
            default: units.append(byte)
            }
        }
        throw Self.wrong
    }

    private mutating func escape(into units: inout [UInt8]) throws(RoundsError) {
        guard place < bytes.endIndex else { throw Self.wrong }
        let kind = bytes[place]
        place += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(kind)
        case UInt8(ascii: "b"): units.append(0x08)
        case UInt8(ascii: "f"): units.append(0x0C)
        case UInt8(ascii: "n"): units.append(0x0A)
        case UInt8(ascii: "r"): units.append(0x0D)
        case UInt8(ascii: "t"): units.append(0x09)
        case UInt8(ascii: "u"):
            var value = try hexadecimal()
            if (0xD800..<0xDC00).contains(value) {
                guard bytes[place...].starts(with: Array("\\u".utf8)) else { throw Self.wrong }
                place += 2
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw Self.wrong }
                value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value) else { throw Self.wrong }
            units.append(contentsOf: Array(String(Character(scalar)).utf8))
        default: throw Self.wrong
        }
    }

    private mutating func hexadecimal() throws(RoundsError) -> UInt32 {
        guard bytes.endIndex - place >= 4,
            let value = UInt32(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16)
        else { throw Self.wrong }
        place += 4
        return value
    }

    /// Nothing but blanks may follow.
    mutating func end() throws(RoundsError) {
        skipBlanks()
        guard place == bytes.endIndex else { throw Self.wrong }
    }

    /// A string as JSON writes it.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{08}": quoted += "\\b"
            case "\u{0C}": quoted += "\\f"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case ..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
