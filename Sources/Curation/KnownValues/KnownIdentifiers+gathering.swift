public import DICOM

extension KnownIdentifiers {
    /// Values that one object can add; an object that has more of them is no image of a patient.
    public static let maximumPerObject = 20_000

    /// Everything in an original that identifies, at every depth: of the patient, the relatives, the staff, the hospital,
    /// the machine, the orders; the UIDs and the days of the examination.
    ///
    /// Text is decoded with the character set in force where it stands. A person's name gives the whole of each of its
    /// writings (alphabetic, ideographic, phonetic) and their parts. What private attributes hold is not gathered: nobody
    /// can tell what it means.
    public init(gatheredFrom dataSet: DataSet) {
        self.init()
        var concept = ReportedConcept()
        for event in dataSet.events {
            guard values.count < Self.maximumPerObject else { return }
            switch event {
            case .element(let element):
                concept.see(element)
                if let kind = IdentifierPlaces.kind(of: element.tag, vr: element.vr) ?? concept.kind(of: element) {
                    gather(element, kind)
                }
            case .beginSequence(let element): concept.begin(element.tag)
            case .endSequence: concept.end()
            case .beginItem: concept.beginItem()
            case .endItem, .fragments: break
            }
        }
    }

    private mutating func gather(_ element: Element, _ kind: Kind) {
        guard !element.isEmpty, element.bytes.count <= Self.longestValue else { return }
        // An implicit VR or a wrong one: the standard says what the bytes are.
        for text in element.vr.isText ? element.strings : [String(decoding: element.bytes, as: UTF8.self)] {
            gather(text.trimmed, kind)
        }
    }

    private static let longestValue = 16_384

    private mutating func gather(_ text: String, _ kind: Kind) {
        switch kind {
        case .patientName, .staffName: gatherName(text, kind)
        case .birthDate, .studyDate:
            let day = String(text.prefix(text.utf8.contains(UInt8(ascii: ".")) && !text.hasDigitPrefix(8) ? 10 : 8))
            if let date = CivilDate(dicom: day), !PlaceholderValue.isPlaceholder(date) { insert(kind, date.dicom) }
        case .uid:
            if text.utf8.count >= KnownUIDs.shortest, !KnownUIDs.isOfTheStandard(text) { insert(kind, text) }
        case .patientID, .address, .phone, .accession, .institution, .device:
            if !text.isEmpty, !PlaceholderValue.isPlaceholder(text) { insert(kind, text) }
        }
    }

    private mutating func gatherName(_ text: String, _ kind: Kind) {
        for group in text.split(separator: "=") {
            let components = group.split(separator: "^", omittingEmptySubsequences: false).map { $0.trimmed }
            let name = components.prefix(3).filter { !$0.isEmpty }
            guard !name.isEmpty else { continue }
            // Prefixes and suffixes, the fourth and fifth components, are titles.
            insert(kind, components.prefix(3).joined(separator: "^"))
            for part in name.flatMap({ $0.split(whereSeparator: { $0 == " " || $0 == "," }) }) {
                insert(kind, String(part))
            }
        }
    }
}

extension String {
    fileprivate func hasDigitPrefix(_ count: Int) -> Bool {
        utf8.count >= count && utf8.prefix(count).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
