/// Who a person is to this federation, for ever: the issuer's subject, or the name of a local account.
///
/// `local:anna`, or `oidc:` with the issuer and the subject that it never gives to anybody else.
public struct PersonID: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public static let maximumLength = 300

    public let text: String

    /// Nil where the text is empty, too long, or holds characters that do not print.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.maximumLength,
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
        else { return nil }
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = PersonID(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not the id of a person"))
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
    public static func < (one: PersonID, other: PersonID) -> Bool { one.text < other.text }
}
