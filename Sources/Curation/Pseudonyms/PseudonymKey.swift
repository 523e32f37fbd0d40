import Crypto

/// The secret that pseudonyms are made with. Whoever has it can tell whether a given patient is behind a pseudonym, so it
/// never leaves the node: a file of mode 0600, no argument, no variable, no log line.
///
/// The same key gives the same pseudonyms: a second delivery of images, a later year, a table of clinical facts all line
/// up. Another key gives pseudonyms that have nothing to do with them.
public struct PseudonymKey: Sendable {
    /// Bytes of a key.
    public static let length = 32

    let secret: SymmetricKey

    /// From the 32 bytes of a key file.
    public init(_ bytes: [UInt8]) throws(CurationError) {
        guard bytes.count == PseudonymKey.length else {
            throw CurationError(
                .badKey,
                "a pseudonym key has \(PseudonymKey.length) bytes, this one has \(bytes.count); restore the key file from its backup"
            )
        }
        secret = SymmetricKey(data: bytes)
    }
}

extension PseudonymKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the secret, whoever prints it.
    public var description: String { "PseudonymKey(secret)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
