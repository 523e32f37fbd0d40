public import DICOM

extension KnownIdentifiers {
    /// Values of one object that are looked at, and characters of one of them.
    private static let mostValues = 20_000
    private static let mostCharacters = 512

    /// What an original says of its patient and of those around, at every depth of its sequences.
    ///
    /// Goes by what attributes are for, not by what a profile does with them. Values are decoded with the character set in
    /// force where they stand.
    public init(gatheredFrom dataSet: DataSet) {
        self.init()
        for event in dataSet.events {
            guard case .element(let element) = event, !element.isEmpty, values.count < Self.mostValues else { continue }
            gather(element)
        }
    }

    private mutating func gather(_ element: Element) {
        if element.tag.isPrivate { return }
        if element.vr == .ui {
            return gatherUIDs(element)
        }
        guard let kind = Self.kind(of: element) else { return }
        for text in element.strings.prefix(64) where text.utf8.count <= Self.mostCharacters {
            switch kind {
            case .patientName, .staffName: gatherName(text, kind)
            default: insertTrimmed(kind, text)
            }
        }
    }

    /// Every part of a name counts by itself; so does the whole, where it has several.
    private mutating func gatherName(_ text: String, _ kind: Kind) {
        let groups = text.split(separator: "=").map { $0.split(separator: "^").map(String.init) }
        for parts in groups {
            for part in parts {
                for word in part.split(whereSeparator: { " ,.;/()".contains($0) }) { insertTrimmed(kind, String(word)) }
            }
            if parts.count > 1 { insertTrimmed(kind, parts.filter { !$0.isEmpty }.joined(separator: " ")) }
        }
    }

    private mutating func gatherUIDs(_ element: Element) {
        guard !ClassAttributes.tags.contains(element.tag) else { return }
        for uid in element.strings.prefix(4_096) {
            let text = uid.trimmed
            guard !text.isEmpty, !StandardUID.isRegistered(text), text.contains(".") else { continue }
            insert(.uid, text)
        }
    }

    private mutating func insertTrimmed(_ kind: Kind, _ text: String) {
        let trimmed = text.trimmed
        guard !trimmed.isEmpty, values.count < Self.mostValues else { return }
        insert(kind, trimmed)
    }

    /// What an attribute's value identifies; nil where it identifies nothing.
    private static func kind(of element: Element) -> Kind? {
        if let kind = attributes[element.tag] { return kind }
        switch element.vr {
        case .pn: return element.tag.group == 0x0010 ? .patientName : .staffName
        case .da, .dt: return dates.contains(element.tag) ? .studyDate : nil
        case .ae: return .device
        default: return nil
        }
    }

    /// The days that an examination can be found by. Others, such as a calibration, say nothing of a patient.
    private static let dates: Set<Tag> = Set(
        [
            0x0008_0012, 0x0008_0020, 0x0008_0021, 0x0008_0022, 0x0008_0023, 0x0008_002A, 0x0018_1078, 0x0018_1079,
            0x0032_1000, 0x0032_1040, 0x0038_0020, 0x0038_0030, 0x0040_0002, 0x0040_0244, 0x0040_0250, 0x0040_2004,
            0x0040_A032, 0x0040_A120, 0x0040_A121, 0x3006_0008, 0x300A_0006, 0x3008_0250,
        ].map { Tag(packed: $0) })

    private static let attributes: [Tag: Kind] = {
        var table: [Tag: Kind] = [:]
        for (kind, tags) in rows { for tag in tags { table[Tag(packed: tag)] = kind } }
        return table
    }()

    private static let rows: [(Kind, [UInt32])] = [
        (.patientName, [0x0010_0010, 0x0010_1001, 0x0010_1005, 0x0010_1060, 0x0010_2297, 0x0010_0101]),
        (
            .patientID,
            [
                0x0010_0020, 0x0010_1000, 0x0010_1002, 0x0010_1050, 0x0010_1090, 0x0012_0040,
                0x0012_0042, 0x0038_0010, 0x0038_0060, 0x0040_0551, 0x0040_0512, 0x0040_050A,
            ]
        ),
        (.birthDate, [0x0010_0030, 0x0010_0033]),
        (.address, [0x0010_1040, 0x0010_2152, 0x0008_0092, 0x0008_0081]),
        (.phone, [0x0010_2154, 0x0010_2155, 0x0008_0094, 0x0040_1103, 0x0040_2010]),
        (
            .accession,
            [
                0x0008_0050, 0x0020_0010, 0x0040_1001, 0x0040_0009, 0x0040_0253, 0x0040_2016, 0x0040_2017, 0x0040_2006,
                0x0040_2007, 0x0040_1006, 0x0040_1007, 0x0032_0012,
            ]
        ),
        (
            .staffName,
            [
                0x0008_0090, 0x0008_009C, 0x0008_1048, 0x0008_1050, 0x0008_1060, 0x0008_1070, 0x0032_1032, 0x0040_0006,
                0x0040_1010, 0x0040_2008, 0x0040_A075, 0x0040_A123, 0x0070_0084, 0x300E_0008,
            ]
        ),
        (.institution, [0x0008_0080, 0x0008_1040, 0x0040_A027, 0x0032_1033, 0x0012_0030, 0x0012_0031]),
        (.device, [0x0008_1010, 0x0018_1000, 0x0008_0055, 0x0040_0241, 0x0040_0242, 0x0040_0243]),
    ]
}

/// UIDs that name kinds of things, not things.
enum ClassAttributes {
    static let tags: Set<Tag> = Set(
        [
            0x0008_0016, 0x0008_001A, 0x0008_001B, 0x0008_0062, 0x0008_010C, 0x0008_010D, 0x0008_0117, 0x0008_0118,
            0x0008_040E, 0x0008_1150, 0x0008_115A, 0x0008_3002, 0x0002_0002, 0x0002_0010, 0x0002_0012, 0x0400_0010,
        ].map { Tag(packed: $0) })
}
