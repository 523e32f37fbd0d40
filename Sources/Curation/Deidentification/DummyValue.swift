import DICOM

/// Values that mean nothing and are valid for their VR, for attributes that must have one.
enum DummyValue {
    static let text = "REMOVED"

    /// The value as text, or as bytes where the VR is binary. For sequences see ``DummyItem``.
    static func bytes(of tag: Tag, vr: VR) -> [UInt8] {
        if let special = special[tag] { return Array(special.utf8) }
        switch vr {
        case .as: return Array("000Y".utf8)
        case .da: return Array("19000101".utf8)
        case .dt: return Array("19000101000000".utf8)
        case .tm: return Array("000000".utf8)
        case .ds, .is: return Array("0 ".utf8)
        case .ur: return Array("urn:removed ".utf8)
        case .ui, .sq: return []
        case .fd, .od, .ov, .sv, .uv: return [UInt8](repeating: 0, count: 8)
        case .fl, .of, .ol, .sl, .ul, .at: return [UInt8](repeating: 0, count: 4)
        case .ob, .ow, .un, .ss, .us: return [0, 0]
        case .ae, .cs, .lo, .lt, .pn, .sh, .st, .uc, .ut: return Array((text + " ").utf8)
        }
    }

    /// Attributes whose values the standard enumerates.
    private static let special: [Tag: String] = [
        Tag(0x0400, 0x0565): "CORRECT "  // Reason for the Attribute Modification
    ]
}
