/// ``AttributeTable`` made ready for look-ups: where each row lies, the VRs apart, a hash of tags, an order of keywords.
///
/// Made once, on first use, in about a millisecond: 5,129 rows cost 60 KB beside the text itself.
struct AttributeRows: Sendable {
    /// Where the row begins in the text.
    private let starts: [UInt32]
    private let vrs: [PackedVR]
    /// Open addressing: the row of a tag, from `hash(tag)` on; 0xFFFF is an empty place.
    private let slots: [UInt16]
    private let tags: [UInt32]
    /// Rows whose tags have digits that vary.
    private let repeating: [(mask: UInt32, value: UInt32, row: UInt16)]

    private static let slotBits: UInt32 = 14

    init() {
        var starts: [UInt32] = []
        var vrs: [PackedVR] = []
        var tags: [UInt32] = []
        var repeating: [(mask: UInt32, value: UInt32, row: UInt16)] = []
        var slots = [UInt16](repeating: 0xFFFF, count: 1 << Int(AttributeRows.slotBits))
        let text = AttributeRows.text
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
            let row = UInt16(truncatingIfNeeded: starts.count)
            var (mask, value): (UInt32, UInt32) = (0, 0)
            for character in text[start..<min(start + 8, end)] {
                let digit = Hexadecimal.value(of: character)
                mask = mask << 4 | (digit == nil ? 0 : 15)
                value = value << 4 | UInt32(digit ?? 0)
            }
            starts.append(UInt32(start))
            tags.append(value)
            vrs.append(PackedVR(text[min(start + 9, end)..<end].prefix { $0 != UInt8(ascii: " ") }))
            if mask != .max {
                repeating.append((mask, value, row))
            } else {
                var slot = AttributeRows.hash(value)
                while slots[slot] != 0xFFFF { slot = (slot + 1) & (slots.count - 1) }
                slots[slot] = row
            }
            start = end + 1
        }
        self.starts = starts
        self.vrs = vrs
        self.tags = tags
        self.slots = slots
        self.repeating = repeating
    }

    func row(of tag: Tag) -> Int? {
        var slot = AttributeRows.hash(tag.packed)
        while slots[slot] != 0xFFFF {
            let row = Int(slots[slot])
            if tags[row] == tag.packed { return row }
            slot = (slot + 1) & (slots.count - 1)
        }
        // Odd groups are private, whatever their digits: 5001 is not one of 50xx.
        if tag.isPrivate { return nil }
        return repeating.first { tag.packed & $0.mask == $0.value }.map { Int($0.row) }
    }

    func row(ofKeyword keyword: String) -> Int? {
        AttributeRows.rowsByKeyword[keyword].map { Int($0) }
    }

    /// Made on the first look-up by keyword, which parsing and writing never do.
    private static let rowsByKeyword: [String: UInt16] = {
        var rows: [String: UInt16] = [:]
        var (row, start) = (UInt16(0), 0)
        while start < text.count {
            let keyword = fields(at: start).keyword
            if !keyword.isEmpty { rows[keyword] = row }
            row += 1
            start = (text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count) + 1
        }
        return rows
    }()

    func allVRs(_ row: Int) -> [VR] { vrs[row].all }

    func implicitVR(_ row: Int) -> ImplicitVR { vrs[row].implicit }

    func entry(_ row: Int) -> DataDictionary.Entry {
        let fields = AttributeRows.fields(at: Int(starts[row]))
        return DataDictionary.Entry(
            tag: Tag(packed: tags[row]), keyword: fields.keyword, name: fields.name, vrs: vrs[row].all,
            multiplicity: fields.multiplicity, isRetired: fields.isRetired)
    }

    private static func hash(_ tag: UInt32) -> Int {
        // Fibonacci hashing: the upper bits of a product with 2^32 divided by the golden ratio.
        Int((tag &* 2_654_435_769) >> (32 - slotBits))
    }
}

extension AttributeRows {
    /// The table's bytes. A StaticString lives as long as the program and its `utf8CodeUnitCount` is its size, so that the
    /// buffer is valid wherever it is used; reading through it is bounds-checked in debug builds and every index below
    /// comes from a search inside it.
    private static var text: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: AttributeTable.rows.utf8Start, count: AttributeTable.rows.utf8CodeUnitCount)
    }

    private struct Fields {
        var keyword: String
        var name: String
        var multiplicity: String
        var isRetired: Bool
    }

    private static func fields(at start: Int) -> Fields {
        let row = text[start...].prefix { $0 != UInt8(ascii: "\n") }
        let parts = row.dropFirst(9).split(separator: UInt8(ascii: " "), maxSplits: 2)
        var name = parts.count > 2 ? String(decoding: parts[2], as: UTF8.self) : ""
        var keyword = ""
        if let equals = name.lastIndex(of: "=") {
            keyword = String(name[name.index(after: equals)...])
            name = String(name[..<equals])
        } else {
            keyword = keywordFromName(name)
        }
        return Fields(
            keyword: keyword, name: name,
            multiplicity: parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "",
            isRetired: row.dropFirst(8).first == UInt8(ascii: "!"))
    }

    /// "Patient's Birth Date" becomes "PatientBirthDate": the rule that scripts/make_dicom_tables.py relies on.
    private static func keywordFromName(_ name: String) -> String {
        var keyword: [UInt8] = []
        var startsWord = true
        var rest = Array(name.utf8)[...]
        while let character = rest.popFirst() {
            switch character {
            case UInt8(ascii: "'") where rest.starts(with: "s ".utf8): rest = rest.dropFirst(); startsWord = true
            case UInt8(ascii: "a")...UInt8(ascii: "z"):
                keyword.append(startsWord ? character - 32 : character)
                startsWord = false
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                keyword.append(character)
                startsWord = false
            default: startsWord = true
            }
        }
        return String(decoding: keyword, as: UTF8.self)
    }
}

/// The VR column of a row: "CS", "US/SS", "--".
struct PackedVR: Sendable {
    private let first: UInt8
    private let second: UInt8
    private let third: UInt8

    init(_ column: some Sequence<UInt8>) {
        let letters = Array(column)
        func vr(_ at: Int) -> UInt8 {
            guard letters.count >= at + 2, let vr = VR(letters[at], letters[at + 1]) else { return 0xFF }
            return vr.rawValue
        }
        (first, second, third) = (vr(0), vr(3), vr(6))
    }

    var all: [VR] { [first, second, third].compactMap { VR(rawValue: $0) } }

    var implicit: ImplicitVR {
        guard let vr = VR(rawValue: first) else { return .one(.un) }
        guard let other = VR(rawValue: second) else { return .one(vr) }
        return switch other {
        case .ss: .unsignedOrSigned
        case .ow where vr == .us: .numbersOrWords
        // OB or OW: in implicit VR it is OW (PS3.5 A.1).
        default: .one(other)
        }
    }
}
