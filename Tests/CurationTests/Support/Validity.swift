import DICOM

/// Whether a value keeps to PS3.5 table 6.2-1: characters and length.
enum Validity {
    static func isValid(_ element: Element) -> Bool {
        let text = element.strings
        func all(_ limit: Int, _ characters: String? = nil) -> Bool {
            text.allSatisfy { value in
                value.count <= limit
                    && (characters.map { allowed in value.allSatisfy { allowed.contains($0) } } ?? true)
            }
        }
        let digits = "0123456789"
        let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        switch element.vr {
        case .ae, .sh: return all(16)
        case .cs: return all(16, capitals + digits + " _")
        case .lo: return all(64)
        case .pn: return all(5 * 64)
        case .st: return all(1024)
        case .lt: return all(10_240)
        case .as: return text.allSatisfy { $0.count == 4 && "DWMY".contains($0.suffix(1)) && Int($0.prefix(3)) != nil }
        case .da:
            return all(8, digits)
                && text.allSatisfy { $0.count == 8 && ("01"..."12").contains($0.dropFirst(4).prefix(2)) }
        case .tm: return all(14, digits + ".")
        case .dt: return all(26, digits + ".+-")
        case .ds, .is: return all(16, digits + "+-.eE")
        case .ui: return all(64, digits + ".")
        case .us, .ss, .ow: return element.bytes.count % 2 == 0
        case .ul, .sl, .fl, .at: return element.bytes.count % 4 == 0
        case .fd, .sv, .uv: return element.bytes.count % 8 == 0
        default: return true
        }
    }
}
