public import Runtime

/// The identifier of a message: 128 random bits, written as 32 lower-case hexadecimal digits.
public struct MessageID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// Nil where `text` is not 32 lower-case hexadecimal digits.
    public init?(_ text: String) {
        guard text.utf8.count == 32, let bytes = Hex.bytes(text), Hex.text(bytes) == text else { return nil }
        self.text = text
    }

    /// A fresh one.
    public init(random: RandomSource) {
        text = random.identifier()
    }

    public var description: String { text }
}

extension MessageID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = MessageID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a message's identifier")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
