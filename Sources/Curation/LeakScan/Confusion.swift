/// Letters and digits that the reading of pixels takes for each other.
enum Confusion {
    /// A word with one of each such group in the place of the others.
    static func settled(_ word: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in word.utf8 {
            switch byte {
            case UInt8(ascii: "0"), UInt8(ascii: "q"): bytes.append(UInt8(ascii: "o"))
            case UInt8(ascii: "1"), UInt8(ascii: "i"), UInt8(ascii: "j"): bytes.append(UInt8(ascii: "l"))
            case UInt8(ascii: "5"): bytes.append(UInt8(ascii: "s"))
            case UInt8(ascii: "8"): bytes.append(UInt8(ascii: "b"))
            case UInt8(ascii: "2"): bytes.append(UInt8(ascii: "z"))
            case UInt8(ascii: "n") where bytes.last == UInt8(ascii: "r"):
                bytes[bytes.count - 1] = UInt8(ascii: "m")
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    /// Whether two words are the same but for one letter: another one, one too many, or one too few.
    static func isNear(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        if one == other { return true }
        let (short, long) = one.count <= other.count ? (one, other) : (other, one)
        guard long.count - short.count <= 1 else { return false }
        let start = zip(short, long).prefix { $0 == $1 }.count
        let (restShort, restLong) = (short[start...], long[start...])
        return short.count == long.count
            ? restShort.dropFirst() == restLong.dropFirst() : restShort.elementsEqual(restLong.dropFirst())
    }
}
