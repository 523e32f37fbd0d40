/// The name of a party in a federation: a slug that the operator assigns with the invitation.
///
/// Lower-case letters, digits and inner hyphens, at most 63 characters, as in a host name. It stands in certificates,
/// logs and audit entries, so its alphabet is too small to carry anything else.
public struct SiteID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let text: String

    /// Nil where `text` is not such a slug.
    public init?(_ text: String) {
        guard Self.isSlug(text) else { return nil }
        self.text = text
    }

    private init(reserved text: String) { self.text = text }

    /// The hub itself, which is a party like the sites: it signs what it asks and opens what it is answered.
    public static let hub = SiteID(reserved: "hub")

    public var description: String { text }

    public static func < (left: SiteID, right: SiteID) -> Bool { left.text < right.text }

    /// A slug for a site's name: "Hospital Universitari La Fe" becomes `hospital-universitari-la-fe`.
    ///
    /// Letters outside a–z are dropped with their hyphen kept, and what is empty then becomes `site`.
    public static func suggested(for name: String) -> SiteID {
        var out: [UInt8] = []
        for byte in name.lowercased().utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): out.append(byte)
            default: if let last = out.last, last != UInt8(ascii: "-") { out.append(UInt8(ascii: "-")) }
            }
            if out.count == 40 { break }
        }
        while out.last == UInt8(ascii: "-") { out.removeLast() }
        let text = String(decoding: out, as: UTF8.self)
        if text == hub.text { return SiteID(reserved: "hub-site") }
        return SiteID(text) ?? SiteID(reserved: "site")
    }

    /// This slug with a number, for when the plain one is taken.
    func numbered(_ number: Int) -> SiteID {
        SiteID(reserved: "\(text.prefix(50))-\(number)")
    }

    private static func isSlug(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
        guard first != UInt8(ascii: "-"), last != UInt8(ascii: "-") else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}

extension SiteID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let site = SiteID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a site's identifier")
        }
        self = site
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
