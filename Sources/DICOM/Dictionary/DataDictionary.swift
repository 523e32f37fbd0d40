/// The standard's dictionary of attributes (PS3.6), repeating groups included. Private attributes are not in it.
public struct DataDictionary: Sendable {
    public static let standard = DataDictionary()

    /// The edition of the standard that the table was made from.
    public static var edition: String { AttributeTable.edition }

    private let rows: AttributeRows

    private init() {
        rows = AttributeRows()
    }

    /// What the standard says about one attribute.
    public struct Entry: Sendable, Equatable {
        /// The tag; of a repeating group, the one with zeros for the digits that vary.
        public let tag: Tag
        /// "PatientName"; empty for the few retired attributes that have none.
        public let keyword: String
        /// "Patient's Name".
        public let name: String
        /// The first where the standard leaves a choice; empty for delimiters.
        public let vrs: [VR]
        /// Value multiplicity: "1", "1-n", "3-3n".
        public let multiplicity: String
        public let isRetired: Bool
    }

    public subscript(tag: Tag) -> Entry? {
        rows.row(of: tag).map(rows.entry)
    }

    /// The VRs of an attribute, without making its names: for passes that ask it of every element. Nil where the attribute
    /// is not of the standard.
    public func vrs(of tag: Tag) -> [VR]? {
        rows.row(of: tag).map(rows.allVRs)
    }

    /// The attribute with that keyword, letter by letter.
    public subscript(keyword keyword: some StringProtocol) -> Entry? {
        rows.row(ofKeyword: String(keyword)).map(rows.entry)
    }

    public func keyword(of tag: Tag) -> String? {
        guard let entry = self[tag], !entry.keyword.isEmpty else { return nil }
        return entry.keyword
    }
}

extension DataDictionary {
    /// The VR of an element that came without one (implicit VR), for the parser: no allocation, one probe of a table.
    @inline(__always)
    func implicitVR(of tag: Tag) -> ImplicitVR {
        if tag.isPrivate {
            // PS3.5 7.8.1: a creator is LO; other private attributes are UN unless one knows the vendor's dictionary.
            return tag.isPrivateCreator ? .one(.lo) : tag.isGroupLength ? .one(.ul) : .one(.un)
        }
        guard let row = rows.row(of: tag) else { return tag.isGroupLength ? .one(.ul) : .one(.un) }
        return rows.implicitVR(row)
    }
}

/// The VR that an attribute has by its tag alone.
enum ImplicitVR: Equatable {
    case one(VR)
    /// US or SS (or OW): the Pixel Representation decides (PS3.3).
    case unsignedOrSigned
    /// US or OW, of LUT Data: OW, but US where the table has one entry.
    case numbersOrWords
}

extension Tag {
    /// From the standard's keyword, "PatientName".
    public init?(keyword: some StringProtocol) {
        guard let entry = DataDictionary.standard[keyword: keyword] else { return nil }
        self = entry.tag
    }

    /// The standard's keyword; nil for private and unknown attributes.
    public var keyword: String? { DataDictionary.standard.keyword(of: self) }
}
