public import DICOM

/// PS3.15 table E.1-1: for each attribute that may identify somebody, what the profile and its options do with it.
public struct ConfidentialityTable: Sendable {
    public static let standard = ConfidentialityTable(text: ConfidentialityRows.text)

    /// The edition of the standard that the table was made from.
    public let edition: String
    /// Every row but those of repeating and private groups.
    public let rows: [Tag: Row]
    /// The rows with digits that vary, 50xx and 60xx.
    public let masked: [MaskedRow]
    /// The row for private attributes, all attributes of odd groups.
    public let privateAttributes: Row

    public struct Row: Sendable, Equatable {
        public let action: ConfidentialityAction
        /// Whether the attribute is part of an object of the standard today; others are retired.
        public let isInStandardObjects: Bool
        /// "Patient's Name".
        public let name: String
        fileprivate let exceptions: [ConfidentialityException?]

        /// What an option changes; nil where it changes nothing.
        public func exception(of option: ConfidentialityOption) -> ConfidentialityException? {
            exceptions.indices.contains(option.rawValue) ? exceptions[option.rawValue] : nil
        }
    }

    public struct MaskedRow: Sendable {
        /// Which bits of a tag must equal those of `value`.
        let mask: UInt32
        let value: UInt32
        public let row: Row

        public func matches(_ tag: Tag) -> Bool { tag.packed & mask == value }
    }

    /// The attributes that the Retain Patient Characteristics option keeps or cleans.
    static let characteristics = Set(
        standard.rows.lazy.filter { $0.value.exception(of: .retainPatientCharacteristics) != nil }.map(\.key))

    /// The row that an attribute falls under; nil for attributes that the standard deems harmless.
    public subscript(tag: Tag) -> Row? {
        if tag.isPrivate { return privateAttributes }
        return rows[tag] ?? masked.first { $0.matches(tag) }?.row
    }
}

extension ConfidentialityTable {
    /// Reads the generated text. A line that cannot be read would leave an attribute unprotected: tests count the rows,
    /// and compare each with the standard's own table.
    init(text: String) {
        var edition = ""
        var rows: [Tag: Row] = [:]
        var masked: [MaskedRow] = []
        var privateAttributes = Row(action: .remove, isInStandardObjects: false, name: "", exceptions: [])
        for line in text.split(separator: "\n") {
            if line.hasPrefix("edition ") {
                edition = String(line.dropFirst("edition ".count))
                continue
            }
            let fields = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: true)
            guard fields.count == 5, let action = ConfidentialityAction(rawValue: String(fields[2])) else { continue }
            let row = Row(
                action: action, isInStandardObjects: fields[1] == "Y", name: String(fields[4]),
                exceptions: fields[3].map(ConfidentialityException.init(rawValue:)))
            if let tag = Tag(hex: fields[0]) {
                rows[tag] = row
            } else if let (mask, value) = ConfidentialityTable.mask(fields[0]) {
                masked.append(MaskedRow(mask: mask, value: value, row: row))
            } else {
                privateAttributes = row
            }
        }
        self.init(edition: edition, rows: rows, masked: masked, privateAttributes: privateAttributes)
    }

    /// "60xx3000": the bits of the digits that are given, and their values.
    private static func mask(_ text: Substring) -> (UInt32, UInt32)? {
        var (mask, value): (UInt32, UInt32) = (0, 0)
        guard text.count == 8 else { return nil }
        for character in text {
            (mask, value) = (mask << 4, value << 4)
            if character == "x" { continue }
            guard let digit = character.hexDigitValue else { return nil }
            mask |= 0xF
            value |= UInt32(digit)
        }
        return (mask, value)
    }
}
