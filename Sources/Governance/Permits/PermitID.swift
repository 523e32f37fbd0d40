public import Federation
public import Runtime

/// The identifier of a permit: 128 random bits, written as 32 lower-case hexadecimal digits.
public struct PermitID: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    /// The same bits, as audit entries carry them.
    public let message: MessageID

    /// Nil where `text` is not 32 lower-case hexadecimal digits.
    public init?(_ text: String) {
        guard let message = MessageID(text) else { return nil }
        self.message = message
    }

    /// A fresh one.
    public init(random: RandomSource) { message = MessageID(random: random) }

    public init(from decoder: any Decoder) throws { message = try MessageID(from: decoder) }
    public func encode(to encoder: any Encoder) throws { try message.encode(to: encoder) }

    public var text: String { message.text }
    public var description: String { message.text }
    public static func < (one: PermitID, other: PermitID) -> Bool { one.text < other.text }
}
