/// A value representation (PS3.5 6.2): the type of an attribute's value. The cases are the standard's two letters.
public enum VR: UInt8, CaseIterable, Sendable {
    case ae, `as`, at, cs, da, ds, dt, fd, fl, `is`, lo, lt, ob, od, of, ol, ov, ow, pn, sh, sl, sq, ss, st, sv, tm, uc,
        ui, ul, un, ur, us, ut, uv

    /// From the two letters, in capitals.
    public init?(_ letters: some StringProtocol) {
        let characters = Array(letters.utf8)
        guard characters.count == 2, let vr = VR(characters[0], characters[1]) else { return nil }
        self = vr
    }

    /// From the two bytes of an explicit element's header.
    @inline(__always)
    init?(_ first: UInt8, _ second: UInt8) {
        let (row, column) = (first &- UInt8(ascii: "A"), second &- UInt8(ascii: "A"))
        guard row < 26, column < 26 else { return nil }
        let found = VR.byLetters[Int(row) * 26 + Int(column)]
        guard found != 0xFF else { return nil }
        self.init(rawValue: found)
    }

    /// "PN".
    public var name: String {
        String(decoding: [letters.0, letters.1], as: UTF8.self)
    }

    /// The two bytes of an explicit element's header.
    var letters: (UInt8, UInt8) {
        let at = Int(rawValue) * 2
        return (VR.allLetters[at], VR.allLetters[at + 1])
    }

    private static let allLetters: [UInt8] = Array(
        "AEASATCSDADSDTFDFLISLOLTOBODOFOLOVOWPNSHSLSQSSSTSVTMUCUIULUNURUSUTUV".utf8)

    /// 26 × 26 entries: the raw value for two letters, 0xFF where there is no such VR. One load in the parser's loop.
    private static let byLetters: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 26 * 26)
        for vr in VR.allCases {
            let (first, second) = vr.letters
            table[Int(first &- 65) * 26 + Int(second &- 65)] = vr.rawValue
        }
        return table
    }()
}

extension VR: CustomStringConvertible {
    public var description: String { name }
}

extension VR {
    /// Explicit headers of these carry two reserved bytes and a 32-bit length (PS3.5 table 7.1-1).
    public var isLongForm: Bool {
        switch self {
        case .ob, .od, .of, .ol, .ov, .ow, .sq, .sv, .uc, .un, .ur, .ut, .uv: true
        default: false
        }
    }

    /// The value is characters.
    public var isText: Bool {
        switch self {
        case .ae, .as, .cs, .da, .ds, .dt, .is, .lo, .lt, .pn, .sh, .st, .tm, .uc, .ui, .ur, .ut: true
        default: false
        }
    }

    /// The value is characters of the Specific Character Set; other text is ASCII (PS3.5 6.1.2.2).
    public var usesCharacterSet: Bool {
        switch self {
        case .lo, .lt, .pn, .sh, .st, .uc, .ut: true
        default: false
        }
    }

    /// Text that may hold several values, parted by backslashes. In LT, ST, UR and UT a backslash is a character.
    public var isMultiValuedText: Bool {
        switch self {
        case .lt, .st, .ur, .ut: false
        default: isText
        }
    }

    /// An opaque run of bytes or words: OB, OD, OF, OL, OV, OW and UN; InlineBinary in DICOM JSON.
    public var isBinary: Bool {
        switch self {
        case .ob, .od, .of, .ol, .ov, .ow, .un: true
        default: false
        }
    }

    /// A binary number, or several: US, SS, UL, SL, UV, SV, FL, FD.
    public var isNumber: Bool {
        switch self {
        case .fd, .fl, .sl, .ss, .sv, .ul, .us, .uv: true
        default: false
        }
    }

    /// The bytes that change places with the byte order: 2, 4 or 8; 1 for text, bytes and UN. AT is two 16-bit numbers.
    public var unit: Int {
        switch self {
        case .at, .ow, .ss, .us: 2
        case .fl, .of, .ol, .sl, .ul: 4
        case .fd, .od, .ov, .sv, .uv: 8
        default: 1
        }
    }

    /// What an odd value is filled up with: NUL for UI and binary, a space for text.
    public var padding: UInt8 { isText && self != .ui ? UInt8(ascii: " ") : 0 }
}
