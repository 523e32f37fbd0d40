import DICOM

/// The value that `replace:` puts in an attribute's place: the same in every object, and valid for its VR (PS3.5 6.2).
enum FixedValue {
    static func read(_ node: ProfileNode?, for tag: Tag, _ vrs: [VR], line: Int?) throws(ProfileError) -> String {
        let name = tag.keyword ?? "\(tag)"
        guard let text = node?.text, !text.isEmpty else {
            throw ProfileError(.badForm, line: line, "say what takes the place of \(name): add a line `with:`")
        }
        guard let vr = vrs.first, vr.isText, vr != .ui, vr != .pn else {
            throw ProfileError(
                .badValue, line: node?.line,
                "\(name) holds no text that could be replaced; put it under `remove:` or `empty:`")
        }
        guard fits(text, vr) else {
            throw ProfileError(
                .badValue, line: node?.line,
                "this is no value of \(name), which has VR \(vr); write one that the standard allows (PS3.5 section 6.2), in ASCII"
            )
        }
        return text
    }

    private static func fits(_ text: String, _ vr: VR) -> Bool {
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else { return false }
        let count = text.utf8.count
        func all(_ characters: String) -> Bool { text.utf8.allSatisfy { characters.utf8.contains($0) } }
        switch vr {
        case .da: return CivilDate(dicom: text) != nil && count == 8
        case .dt: return DateShift(days: 0).shifted(dicomDateTime: text) != nil
        case .tm: return DateShift.isTime(text)
        case .as: return PatientCharacteristics.age(text) == text
        case .cs: return count <= 16 && all("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _")
        case .ds: return count <= 16 && Double(text) != nil && all("0123456789+-.eE")
        case .is: return count <= 12 && Int32(text) != nil
        case .ae, .sh: return count <= 16
        case .lo: return count <= 64
        case .st: return count <= 1_024
        case .lt: return count <= 10_240
        default: return count <= 10_240
        }
    }
}
