public import Federation

/// A computation, named for people and fixed by the hash of its content.
public struct ComputationReference: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    public let name: String
    public let version: String
    /// SHA-256 of what is run: the manifest of a built-in computation, an image, an ONNX file, a Flower app.
    public let hash: Digest

    private enum CodingKeys: String, CodingKey { case name, version, hash }

    /// Nil where name or version are empty, too long, or hold other characters than letters, digits and `._-/:`.
    public init?(name: String, version: String, hash: Digest) {
        guard Self.isToken(name), Self.isToken(version) else { return nil }
        self.name = name
        self.version = version
        self.hash = hash
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let hash = Digest(try container.decode(String.self, forKey: .hash)),
            let made = ComputationReference(
                name: try container.decode(String.self, forKey: .name),
                version: try container.decode(String.self, forKey: .version), hash: hash)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a computation"))
        }
        self = made
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(version, forKey: .version)
        try container.encode("\(hash)", forKey: .hash)
    }

    /// `cox@2`
    public var description: String { "\(name)@\(version)" }

    public static func < (one: ComputationReference, other: ComputationReference) -> Bool {
        (one.name, one.version, "\(one.hash)") < (other.name, other.version, "\(other.hash)")
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
