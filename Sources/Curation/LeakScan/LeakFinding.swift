import DICOM

/// Something that identifies, found in what was to be released. Says what it is, where and how it showed; never the value.
public struct LeakFinding: Sendable, Hashable, Codable {
    public let kind: KnownIdentifiers.Kind
    public let place: Place
    public let match: Match

    public init(kind: KnownIdentifiers.Kind, place: Place, match: Match) {
        self.kind = kind
        self.place = place
        self.match = match
    }

    public enum Place: Sendable, Hashable, Codable {
        /// The path of an attribute: "(0040,A730)[2].(0040,A160)", items counted from 1.
        case attribute(String)
        /// Bytes from the beginning of what was written.
        case offset(Int)
        /// Text that was read in the pixels of a frame, counted from 0.
        case frame(Int)
    }

    /// How the value was recognised.
    public enum Match: String, Sendable, Codable {
        /// A word of it, or more.
        case word
        /// An identifier with its letters and digits.
        case identifier
        /// The digits of a phone number.
        case phone
        /// A day, in one of the forms in which days are written.
        case date
        /// The UID, or a longer one that begins with it.
        case uid
        /// A binary number.
        case number
        /// Letters that differ by what a reader of pictures mistakes.
        case similar
    }
}

extension LeakFinding: CustomStringConvertible {
    /// For the person who judges the object.
    public var sentence: String {
        switch match {
        case .similar: "what looks like a known \(kind.rawValue) is still there, in \(place)"
        default: "a known \(kind.rawValue) is still there, in \(place)"
        }
    }

    public var description: String { sentence }
}

extension LeakFinding.Place: CustomStringConvertible {
    public var description: String {
        switch self {
        case .attribute(let path): Self.named(path)
        case .offset(let offset): "byte \(offset) of the header"
        case .frame(let frame): "the pixels of frame \(frame + 1)"
        }
    }

    /// With the last attribute's keyword: "(0018,0015) BodyPartExamined".
    private static func named(_ path: String) -> String {
        let digits = path.suffix(11).filter(\.isHexDigit)
        guard let keyword = Tag(hex: digits)?.keyword else { return path }
        return "\(path) \(keyword)"
    }
}
