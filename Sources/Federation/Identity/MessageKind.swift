/// Checks the name of what a message is about: `query`, `card.update`.
///
/// The federation carries kinds without knowing what they mean; it only insists that they are short plain tokens, so
/// that a name is safe to log and to compare.
enum MessageKind {
    static let longest = 64

    static func isValid(_ kind: String) -> Bool {
        let bytes = kind.utf8
        guard !bytes.isEmpty, bytes.count <= longest else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
    }
}
