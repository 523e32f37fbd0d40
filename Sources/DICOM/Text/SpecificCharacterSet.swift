/// The characters that the text of a data set is written in: the value of (0008,0005), and what it means.
public struct SpecificCharacterSet: Hashable, Sendable {
    /// The defined terms, as they are in the file.
    public let terms: [String]
    /// The set in force at the beginning of every value and after every delimiter.
    let initial: CharacterSet

    /// Where a data set has no Specific Character Set: ASCII. Bytes beyond it, which should not be there, are read as
    /// Latin-1, which loses none.
    public static let `default` = SpecificCharacterSet(terms: [])
    public static let utf8 = SpecificCharacterSet(terms: ["ISO_IR 192"])

    public init(terms: [String]) {
        self.terms = terms
        initial = terms.first.flatMap { CharacterSet(term: $0) } ?? .ascii
    }

    /// From the bytes of an element (0008,0005).
    init(value: ArraySlice<UInt8>) {
        self.init(
            terms: value.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false).map {
                var term = $0
                while let last = term.last, last == UInt8(ascii: " ") || last == 0 { term.removeLast() }
                while term.first == UInt8(ascii: " ") { term.removeFirst() }
                return String(decoding: term, as: UTF8.self)
            })
    }

    /// Terms that the standard does not have; their text is read as if they were not there.
    public var unknownTerms: [String] { terms.filter { CharacterSet(term: $0) == nil } }

    /// The text of a value. Delimiters are those of the VR; bytes that are no character become U+FFFD.
    public func decode(_ bytes: ArraySlice<UInt8>, vr: VR) -> String {
        // Most text is ASCII, which is the same in every set; an escape is not.
        if bytes.allSatisfy({ $0 < 0x80 && $0 != 0x1B }) { return String(decoding: bytes, as: UTF8.self) }
        guard vr.usesCharacterSet else { return Converter.latin1(bytes) }
        if initial == .utf8 { return String(decoding: bytes, as: UTF8.self) }
        if initial.isWholeValue { return Converter.convert(bytes, from: initial) }
        var decoder = CodeExtensionDecoder(initial: initial, isPersonName: vr == .pn)
        return decoder.decode(bytes)
    }

    /// The values of a text element: decoded first and only then parted at backslashes, since a byte like a backslash may
    /// be the second half of a character. Spaces and NULs at the end of each are removed.
    public func values(_ bytes: ArraySlice<UInt8>, vr: VR) -> [String] {
        guard !bytes.isEmpty else { return [] }
        let text = decode(bytes, vr: vr)
        guard vr.isMultiValuedText else {
            let value = SpecificCharacterSet.trimmed(text[...])
            return value.isEmpty ? [] : [value]
        }
        let values = text.split(separator: "\\", omittingEmptySubsequences: false).map(SpecificCharacterSet.trimmed)
        return values.count == 1 && values[0].isEmpty ? [] : values
    }

    private static func trimmed(_ text: Substring) -> String {
        var end = text.utf8.endIndex
        while end > text.utf8.startIndex {
            let before = text.utf8.index(before: end)
            guard text.utf8[before] == UInt8(ascii: " ") || text.utf8[before] == 0 else { break }
            end = before
        }
        return String(text[..<end])
    }
}
