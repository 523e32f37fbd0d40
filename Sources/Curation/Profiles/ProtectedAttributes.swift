import DICOM

/// What no profile may keep, whoever writes it, and what only the program itself may set.
enum ProtectedAttributes {
    /// Why the attribute cannot be kept or merely cleaned, in words that complete "… cannot be kept: "; nil where it can.
    static func objection(to tag: Tag, _ vrs: [VR]) -> String? {
        if vrs.contains(.pn) { return "it names a person; leave the line out" }
        if let own = set(tag) { return own }
        if identifiers.contains(tag) { return "it leads straight to the patient; leave the line out" }
        if reach.contains(tag) { return "it is where the patient can be reached; leave the line out" }
        if hidden.contains(tag) { return "nobody can look into what it holds; leave the line out" }
        if let action = ConfidentialityTable.standard[tag]?.action, action == .remapUID {
            return
                "a UID that stays among others that are replaced no longer meets its object; take `retain-uids` into the options to keep all"
        }
        return nil
    }

    /// Why the attribute cannot be removed, emptied or given a fixed value; nil where it can.
    static func necessity(of tag: Tag) -> String? {
        if let own = set(tag) { return own }
        switch tag {
        case .sopClassUID, .sopInstanceUID, .studyInstanceUID, .seriesInstanceUID, .patientID:
            return "without it objects cannot be told apart; leave the line out"
        default: return nil
        }
    }

    private static func set(_ tag: Tag) -> String? {
        switch tag {
        case .patientIdentityRemoved, .deidentificationMethod, .deidentificationMethodCodeSequence,
            .longitudinalTemporalInformationModified, .burnedInAnnotation:
            "the program sets it to what was done; leave the line out"
        case .specificCharacterSet: "the program sets it to how text is written; leave the line out"
        default:
            tag.isPixelData
                ? "pixels are dealt with by `pixels:`, not by a line for the attribute; leave the line out"
                : nil
        }
    }

    private static let identifiers: Set<Tag> = [
        .patientID,
        Tag(0x0008, 0x0050),  // Accession Number
        Tag(0x0010, 0x0021),  // Issuer of Patient ID
        Tag(0x0010, 0x0024),  // Issuer of Patient ID Qualifiers Sequence
        Tag(0x0010, 0x1000),  // Other Patient IDs
        Tag(0x0010, 0x1002),  // Other Patient IDs Sequence
        Tag(0x0010, 0x1090),  // Medical Record Locator
        Tag(0x0010, 0x1100),  // Referenced Patient Photo Sequence
        Tag(0x0010, 0x0050),  // Patient's Insurance Plan Code Sequence
        Tag(0x0012, 0x0040),  // Clinical Trial Subject ID
        Tag(0x0038, 0x0010),  // Admission ID
        Tag(0x0038, 0x0060),  // Service Episode ID
        Tag(0x0040, 0x2016),  // Placer Order Number / Imaging Service Request
        Tag(0x0040, 0x2017),  // Filler Order Number / Imaging Service Request
    ]

    private static let reach: Set<Tag> = [
        Tag(0x0008, 0x0092),  // Referring Physician's Address
        Tag(0x0008, 0x0094),  // Referring Physician's Telephone Numbers
        Tag(0x0010, 0x1040),  // Patient's Address
        Tag(0x0010, 0x2154),  // Patient's Telephone Numbers
        Tag(0x0010, 0x2155),  // Patient's Telecom Information
        Tag(0x0038, 0x0400),  // Patient's Institution Residence
        Tag(0x0040, 0x1102),  // Person's Address
        Tag(0x0040, 0x1103),  // Person's Telephone Numbers
        Tag(0x0040, 0x1104),  // Person's Telecom Information
        Tag(0x4008, 0x011A),  // Distribution Address
    ]

    private static let hidden: Set<Tag> = [
        Tag(0x0400, 0x0500),  // Encrypted Attributes Sequence
        Tag(0x0400, 0x0550),  // Modified Attributes Sequence
        Tag(0x0400, 0x0561),  // Original Attributes Sequence
        Tag(0x0042, 0x0011),  // Encapsulated Document
    ]
}
