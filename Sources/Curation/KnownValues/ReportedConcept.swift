import DICOM

/// What the content item of a report is about, where the standard's own code says so: the accession number of a report is
/// text like any other, but for the code of its concept (PS3.16, CID 7453 and templates 1001 to 1005).
struct ReportedConcept {
    /// For each open sequence: whether its items are concept names.
    private var open: [Bool] = []
    /// The concept of the content item around each depth; nil where it has none of ours.
    private var concepts: [Int: KnownIdentifiers.Kind] = [:]
    private var isStandard = false
    private var code: String?

    mutating func begin(_ tag: Tag) { open.append(tag == Tag(0x0040, 0xA043)) }

    mutating func end() { _ = open.popLast() }

    mutating func beginItem() {
        if open.last == true { (code, isStandard) = (nil, false) } else { concepts[open.count] = nil }
    }

    mutating func see(_ element: Element) {
        guard open.last == true else { return }
        if element.tag == .codeValue { code = element.string }
        if element.tag == .codingSchemeDesignator { isStandard = element.string == "DCM" }
        if isStandard, let code { concepts[open.count - 1] = Self.kinds[code] }
    }

    /// The kind of a text value whose content item has such a concept.
    func kind(of element: Element) -> KnownIdentifiers.Kind? {
        guard !concepts.isEmpty, Self.values.contains(element.tag) else { return nil }
        return concepts[open.count]
    }

    /// Text Value, and Date of a content item.
    private static let values: Set<Tag> = [Tag(0x0040, 0xA160), Tag(0x0040, 0xA121), Tag(0x0040, 0xA123)]

    /// DICOM's own codes (PS3.16 annex D).
    private static let kinds: [String: KnownIdentifiers.Kind] = [
        "121008": .staffName, "121009": .institution, "121010": .institution,
        "121013": .device, "121016": .device, "121017": .institution,
        "121020": .accession, "121021": .accession, "121022": .accession,
        "121029": .patientName, "121030": .patientID, "121031": .birthDate,
    ]
}
