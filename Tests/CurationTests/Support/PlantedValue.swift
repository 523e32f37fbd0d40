import DICOM

/// A value of each VR that would tell who a patient is, valid for the VR, and found again as bytes.
enum PlantedValue {
    static func append(_ tag: Tag, _ vr: VR, to builder: inout DataSetBuilder) {
        if vr == .sq {
            builder.sequence(tag) { item in
                item.append(.referencedSOPClassUID, .ui, string: Objects.ct)
                item.append(.referencedSOPInstanceUID, .ui, string: uid)
                item.append(.codeMeaning, .lo, string: text)
                item.append(.personName, .pn, string: text)
            }
        } else {
            builder.append(tag, vr, bytes: bytes(vr))
        }
    }

    static let text = "MUSTERMANN^ERIKA"
    static let uid = "1.3.6.1.4.1.9590.20240317.4711"

    static func bytes(_ vr: VR) -> [UInt8] {
        switch vr {
        case .as: Array("083Y".utf8)
        case .da: Array("19410803".utf8)
        case .tm: Array("041327.55".utf8)
        case .dt: Array("19410803041327.55".utf8)
        case .ds, .is: Array("4711471147".utf8)
        case .ui: Array(uid.utf8)
        case .us, .ss, .ul, .sl, .fl, .at, .of, .ol: [0x4D, 0x55, 0x53, 0x54]
        case .fd, .od, .ov, .sv, .uv: Array("MUSTERMA".utf8)
        default: Array(text.utf8)
        }
    }

    /// Whether something of the value is in a written object. A sequence gives itself away by its content.
    static func survives(_ vr: VR, in written: [UInt8]) -> Bool {
        if vr == .sq { return written.holds(text) || written.holds(uid) }
        return written.firstRange(of: bytes(vr)) != nil
    }
}
