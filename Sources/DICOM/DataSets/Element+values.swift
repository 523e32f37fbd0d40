/// Values of text.
extension Element {
    /// The values as text, decoded with the character set in force, without padding: spaces and NULs at the end, and
    /// spaces in front where the VR calls them insignificant (PS3.5 6.2). Numbers and tags as text; nothing for binary.
    public var strings: [String] {
        let vr = vr
        if vr.isText {
            return texts.map { vr.hasInsignificantLeadingSpaces ? String($0.drop { $0 == " " }) : $0 }
        }
        if vr == .at { return tags.map(\.hex) }
        if vr == .fl || vr == .fd { return doubles.map { "\($0)" } }
        return vr.isNumber ? integers.map { "\($0)" } : []
    }

    /// The first value as text; nil where there is none or it is blank.
    public var string: String? {
        guard let first = strings.first, !first.isEmpty else { return nil }
        return first
    }

    /// The first value as a UID: digits and points, without padding. Nil where it is anything else.
    public var uid: String? {
        guard vr == .ui, let text = string, text.utf8.count <= 64,
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") })
        else { return nil }
        return text
    }

    /// The values of a text VR with the padding at their ends removed: what DICOM JSON carries.
    var texts: [String] {
        guard vr.isText else { return [] }
        return storage.characterSet(at: index).values(bytes, vr: vr)
    }
}

/// Values of numbers.
extension Element {
    /// The values of US, SS, UL, SL, SV, UV that fit 64 bits with a sign, and of IS. Nothing for other VRs, or where a
    /// value is no whole number.
    public var ints: [Int] {
        if vr == .is || vr == .ds {
            let numbers = texts.map { DecimalText.integer($0) }
            return numbers.contains(nil) ? [] : numbers.compactMap(\.self)
        }
        let numbers = integers.map { Int(exactly: $0) }
        return numbers.contains(nil) ? [] : numbers.compactMap(\.self)
    }

    public var int: Int? { ints.first }

    /// The values of any number VR, DS and IS included; nothing where a value is no number.
    public var doubles: [Double] {
        switch vr {
        case .fl: littleEndianWords(of: UInt32.self).map { Double(Float(bitPattern: $0)) }
        case .fd: littleEndianWords(of: UInt64.self).map { Double(bitPattern: $0) }
        case .ds, .is: DecimalText.doubles(texts)
        default: integers.map { Double($0) }
        }
    }

    public var double: Double? { doubles.first }

    /// The values of AT.
    public var tags: [Tag] {
        guard vr == .at else { return [] }
        let words = littleEndianWords(of: UInt16.self)
        return stride(from: 0, to: words.count - 1, by: 2).map { Tag(words[$0], words[$0 + 1]) }
    }

    /// The values of the binary integer VRs, in a type that holds UV and SV alike.
    var integers: [Int128] {
        switch vr {
        case .us: littleEndianWords(of: UInt16.self).map { Int128($0) }
        case .ss: littleEndianWords(of: UInt16.self).map { Int128(Int16(bitPattern: $0)) }
        case .ul: littleEndianWords(of: UInt32.self).map { Int128($0) }
        case .sl: littleEndianWords(of: UInt32.self).map { Int128(Int32(bitPattern: $0)) }
        case .uv: littleEndianWords(of: UInt64.self).map { Int128($0) }
        case .sv: littleEndianWords(of: UInt64.self).map { Int128(Int64(bitPattern: $0)) }
        default: []
        }
    }

    /// The value cut into words; bytes that do not fill a word at the end are left out.
    private func littleEndianWords<Word: FixedWidthInteger>(of type: Word.Type) -> [Word] {
        let size = MemoryLayout<Word>.size
        let value = bytes
        let bigEndian = isBigEndian
        return stride(from: value.startIndex, to: value.endIndex - (size - 1), by: size).map { start in
            var word: Word = 0
            for position in 0..<size {
                let byte = Word(truncatingIfNeeded: value[start + position])
                word |= byte << Word(8 * (bigEndian ? size - 1 - position : position))
            }
            return word
        }
    }
}

extension VR {
    /// Spaces in front mean nothing (PS3.5 table 6.2-1). In LT, ST, UC, UT and UR they do or must not be there.
    var hasInsignificantLeadingSpaces: Bool {
        switch self {
        case .ae, .cs, .ds, .is, .lo, .pn, .sh, .ui: true
        default: false
        }
    }
}
