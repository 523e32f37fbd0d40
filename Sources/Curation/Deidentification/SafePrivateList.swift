public import DICOM

/// Private elements that are known to say nothing of a patient, by the name of their creator (PS3.15 E.3.10).
///
/// Elements are found by their creator's name, never by the number of its block, which differs from file to file. Each
/// holds numbers or codes; text in its place is not kept.
public struct SafePrivateList: Sendable, Equatable {
    public struct Element: Sendable, Hashable {
        /// As it stands in the creator element (gggg,00bb), without padding.
        public let creator: String
        public let group: UInt16
        /// The last two digits of the element: (gggg,bb??).
        public let element: UInt8
        public let vr: VR
        /// "B value".
        public let meaning: String

        public init(creator: String, group: UInt16, element: UInt8, vr: VR, meaning: String) {
            self.creator = creator
            self.group = group
            self.element = element
            self.vr = vr
            self.meaning = meaning
        }
    }

    private struct Key: Hashable {
        let creator: String
        let group: UInt16
        let element: UInt8
    }

    private var table: [Key: Element] = [:]

    public init(_ elements: some Sequence<Element> = []) {
        for element in elements { insert(element) }
    }

    public var elements: [Element] {
        table.values.sorted { ($0.creator, $0.group, $0.element) < ($1.creator, $1.group, $1.element) }
    }

    public mutating func insert(_ element: Element) {
        table[Key(creator: element.creator, group: element.group, element: element.element)] = element
    }

    /// The entry of an element of that creator; nil where it is not known to be safe.
    public func entry(creator: String, tag: Tag) -> Element? {
        table[Key(creator: creator, group: tag.group, element: UInt8(truncatingIfNeeded: tag.element))]
    }
}

extension SafePrivateList {
    /// Elements that carry physics which quantitative work cannot do without: diffusion, PET and CT values. Their meaning
    /// is published in the makers' conformance statements; each can hold nothing but numbers or a short code.
    public static let standard = SafePrivateList(
        rows.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "|").map(\.trimmed)
            guard fields.count == 5, let group = UInt16(fields[1], radix: 16),
                let element = UInt8(fields[2], radix: 16),
                let vr = VR(fields[3])
            else { return nil }
            return Element(creator: fields[0], group: group, element: element, vr: vr, meaning: fields[4])
        })

    private static let rows = """
        SIEMENS MR HEADER            | 0019 | 0A | US | Number of images in mosaic
        SIEMENS MR HEADER            | 0019 | 0B | DS | Slice measurement duration
        SIEMENS MR HEADER            | 0019 | 0C | IS | B value
        SIEMENS MR HEADER            | 0019 | 0D | CS | Diffusion directionality
        SIEMENS MR HEADER            | 0019 | 0E | FD | Diffusion gradient direction
        SIEMENS MR HEADER            | 0019 | 27 | FD | B matrix
        SIEMENS MR HEADER            | 0019 | 28 | FD | Bandwidth per pixel, phase encode
        SIEMENS MR HEADER            | 0019 | 29 | FD | Mosaic reference acquisition times
        SIEMENS MED NM               | 0033 | 38 | DS | Energy window
        SIEMENS MED PT WAVEFORM      | 0071 | 21 | UI | Registration matrix reference
        SIEMENS MED PT               | 0071 | 22 | DT | Decay correction date time
        GEMS_ACQU_01                 | 0019 | 23 | DS | Table speed
        GEMS_ACQU_01                 | 0019 | 24 | DS | Mid scan time
        GEMS_ACQU_01                 | 0019 | 26 | DS | Degrees of azimuth
        GEMS_ACQU_01                 | 0019 | 27 | DS | Gantry period
        GEMS_ACQU_01                 | 0019 | BB | DS | Diffusion direction x
        GEMS_ACQU_01                 | 0019 | BC | DS | Diffusion direction y
        GEMS_ACQU_01                 | 0019 | BD | DS | Diffusion direction z
        GEMS_PARM_01                 | 0043 | 27 | SH | Scan pitch ratio
        GEMS_PARM_01                 | 0043 | 39 | IS | B value and diffusion parameters
        GEMS_PARM_01                 | 0043 | 6F | DS | Scanner table entry
        GEMS_RELA_01                 | 0021 | 5A | SL | Diffusion flag
        GEMS_PETD_01                 | 0009 | 0D | DT | Scan date time
        GEMS_PETD_01                 | 0009 | 3B | DT | Tracer administration date time
        GEMS_PETD_01                 | 0009 | 3C | FL | Post-injection activity
        GEMS_PETD_01                 | 0009 | 3D | DT | Post-injection date time
        GEMS_PETD_01                 | 0009 | 38 | FL | Tracer activity
        GEMS_PETD_01                 | 0009 | 39 | DT | Measured date time
        GEMS_PETD_01                 | 0009 | 3F | FL | Half-life
        Philips PET Private Group    | 7053 | 00 | DS | SUV scale factor
        Philips PET Private Group    | 7053 | 09 | DS | Activity concentration scale factor
        Philips Imaging DD 001       | 2001 | 03 | FL | Diffusion b-factor
        Philips Imaging DD 001       | 2001 | 04 | CS | Diffusion direction
        Philips Imaging DD 001       | 2001 | 08 | IS | Phase number
        Philips Imaging DD 001       | 2001 | 0A | IS | Slice number
        Philips Imaging DD 001       | 2001 | 18 | SL | Number of slices
        Philips MR Imaging DD 001    | 2005 | 0D | FL | Scale intercept
        Philips MR Imaging DD 001    | 2005 | 0E | FL | Scale slope
        Philips MR Imaging DD 001    | 2005 | B0 | FL | Diffusion direction RL
        Philips MR Imaging DD 001    | 2005 | B1 | FL | Diffusion direction AP
        Philips MR Imaging DD 001    | 2005 | B2 | FL | Diffusion direction FH
        Philips MR Imaging DD 005    | 2005 | 12 | IS | Number of diffusion b values
        Philips MR Imaging DD 005    | 2005 | 13 | IS | Diffusion gradient orientation number
        TOSHIBA_MEC_CT3              | 7005 | 0B | DS | Scan range start
        TOSHIBA_MEC_MR3              | 700D | 00 | DS | Scale factor
        ELSCINT1                     | 01E1 | 26 | CS | Phantom type
        """
}
