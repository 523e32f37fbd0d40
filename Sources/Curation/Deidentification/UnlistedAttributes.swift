import DICOM

/// What is done with attributes that PS3.15 table E.1-1 does not name.
///
/// The standard leaves them all in place. That is too trusting for some: names, dates, places on a network and UIDs of
/// instances lead back to a patient wherever they stand, and of an attribute that nobody knows nothing can be promised.
///
/// The options hold here too, in their spirit: with dates that are moved all dates are moved, with UIDs that stay all stay,
/// and where text is cleaned, what is known to identify is taken out of all text.
enum UnlistedAttributes {
    static func disposal(of element: Element, profile: ConfidentialityProfile) -> Disposal {
        let tag = element.tag
        if let special = special[tag] {
            switch tag {
            case .textValue where profile.has(.cleanStructuredContent): return .clean(orElse: .dummy)
            case .unformattedTextValue where profile.has(.cleanGraphics): return .clean(orElse: .dummy)
            case .documentTitle where profile.has(.cleanStructuredContent): return .clean(orElse: .empty)
            default: return special
            }
        }
        if tag.isPixelData { return element.depth == 0 ? .keep : .remove }
        // File-set names and paths; the rest of an overlay whose data is removed; pixel data in forms long retired.
        if tag.group == 0x0004 || tag.group & 0xFF00 == 0x6000 { return .remove }
        if tag.group & 0xFF00 == 0x7F00, tag.group != 0x7FE0 { return .remove }
        guard let expected = DataDictionary.standard.vrs(of: tag) else { return .remove }
        if expected.contains(.sq) || element.isSequence { return element.isSequence ? .keep : .remove }
        for vr in [element.vr] + expected {
            switch vr {
            case .pn: return .empty
            case .da, .dt, .tm:
                if profile.has(.retainFullDates) { return .retain }
                return profile.has(.retainModifiedDates) ? .shift(orElse: .empty) : .empty
            case .ae, .ur: return .remove
            case .ui:
                if classUIDs.contains(tag) { return .keep }
                return profile.has(.retainUIDs) ? .retain : .remapUID
            default: break
            }
        }
        // Text where a number should be: not what the attribute is for.
        let isText = element.vr.isText
        if element.vr != .un, !expected.contains(where: { $0.isText == isText }) { return .remove }
        guard profile.cleansText, isFreeText(element, expected) else { return .keep }
        return isDescription(tag) ? .clean(orElse: .empty) : .scrub
    }

    /// Whether people describe something with it in words of their own: as all that the table calls so.
    private static func isDescription(_ tag: Tag) -> Bool {
        guard let keyword = tag.keyword, tag.group != 0x0018 else { return false }
        return ["Description", "Comments", "Comment", "Remarks", "Reason", "ContentLabel"].contains {
            keyword.hasSuffix($0)
        }
    }

    /// Whether people may have written what they liked into it. Codes come from tables; their meanings should.
    private static func isFreeText(_ element: Element, _ expected: [VR]) -> Bool {
        guard element.tag != .codeValue, element.tag != .codingSchemeDesignator else { return false }
        let vr = element.vr == .un ? expected.first ?? .un : element.vr
        switch vr {
        case .lo, .sh, .lt, .st, .ut, .uc: return true
        default: return false
        }
    }

    private static let special: [Tag: Disposal] = [
        Tag(0x0008, 0x0051): .remove,  // Issuer of Accession Number Sequence
        Tag(0x0008, 0x010E): .keep,  // Coding Scheme URL
        Tag(0x0008, 0x0120): .keep,  // URN Code Value
        Tag(0x0008, 0x0300): .remove,  // Private Data Element Characteristics Sequence: of elements that are gone
        Tag(0x0008, 0x0310): .remove,  // Private Data Element Definition Sequence
        Tag(0x0010, 0x0024): .remove,  // Issuer of Patient ID Qualifiers Sequence
        Tag(0x0010, 0x0033): .remove,  // Patient's Birth Date in Alternative Calendar
        Tag(0x0010, 0x0034): .remove,  // Patient's Death Date in Alternative Calendar
        Tag(0x0010, 0x0035): .remove,  // Patient's Alternative Calendar
        Tag(0x0010, 0x2294): .remove,  // Breed Registration Sequence
        Tag(0x0012, 0x0062): .remove,  // set anew: Patient Identity Removed
        Tag(0x0012, 0x0063): .remove,  // De-identification Method
        Tag(0x0012, 0x0064): .remove,  // De-identification Method Code Sequence
        Tag(0x0028, 0x0303): .remove,  // Longitudinal Temporal Information Modified
        Tag(0x0040, 0x0026): .remove,  // Order Placer Identifier Sequence
        Tag(0x0040, 0x0027): .remove,  // Order Filler Identifier Sequence
        Tag(0x0040, 0x0031): .remove,  // Local Namespace Entity ID
        Tag(0x0040, 0x0032): .remove,  // Universal Entity ID
        Tag(0x0040, 0x0036): .remove,  // Assigning Facility Sequence
        Tag(0x0040, 0x0039): .remove,  // Assigning Jurisdiction Code Sequence
        Tag(0x0040, 0x003A): .remove,  // Assigning Agency or Department Code Sequence
        Tag(0x0040, 0x1006): .remove,  // Placer Order Number / Procedure
        Tag(0x0040, 0x1007): .remove,  // Filler Order Number / Procedure
        Tag(0x0040, 0x2006): .remove,  // Placer Order Number / Imaging Service Request (retired)
        Tag(0x0040, 0x2007): .remove,  // Filler Order Number / Imaging Service Request (retired)
        Tag(0x0040, 0xA074): .remove,  // Object Binary Identifier
        Tag(0x0040, 0xA089): .remove,  // Object Directory Binary Identifier
        Tag(0x0040, 0xA160): .dummy,  // Text Value, in content items outside the Content Sequence
        Tag(0x0040, 0xA224): .remove,  // Identification Description
        Tag(0x0040, 0xE001): .remove,  // HL7 Instance Identifier
        Tag(0x0042, 0x0010): .empty,  // Document Title
        Tag(0x0070, 0x0006): .dummy,  // Unformatted Text Value
        Tag(0x0088, 0x0130): .remove,  // Storage Media File-set ID
        Tag(0x0400, 0x0500): .remove,  // Encrypted Attributes Sequence: somebody's originals
        Tag(0x2100, 0x0010): .remove,  // Print Job ID
        Tag(0x2100, 0x0160): .remove,  // Owner ID
        Tag(0x4008, 0x0103): .remove,  // Reference to Recorded Sound
    ]

    /// UIDs that name kinds of things, not things: they stay, also where a vendor gave them out.
    private static let classUIDs: Set<Tag> = [
        Tag(0x0008, 0x0016),  // SOP Class UID
        Tag(0x0008, 0x001A),  // Related General SOP Class UID
        Tag(0x0008, 0x001B),  // Original Specialized SOP Class UID
        Tag(0x0008, 0x0062),  // SOP Classes in Study
        Tag(0x0008, 0x010C),  // Coding Scheme UID
        Tag(0x0008, 0x010D),  // Context Group Extension Creator UID
        Tag(0x0008, 0x0117),  // Context UID
        Tag(0x0008, 0x0118),  // Mapping Resource UID
        Tag(0x0008, 0x040E),  // Stored Instance Transfer Syntax UID
        Tag(0x0008, 0x1150),  // Referenced SOP Class UID
        Tag(0x0008, 0x115A),  // SOP Classes Supported
        Tag(0x0008, 0x3002),  // Available Transfer Syntax UID
        Tag(0x0034, 0x0003),  // Flow Transfer Syntax UID
        Tag(0x0400, 0x0010),  // MAC Calculation Transfer Syntax UID
        Tag(0x3010, 0x0052),  // Pertinent SOP Classes in Study
        Tag(0x3010, 0x0053),  // Pertinent SOP Classes in Series
    ]
}

extension Tag {
    static let documentTitle = Tag(0x0042, 0x0010)
    static let unformattedTextValue = Tag(0x0070, 0x0006)
}
