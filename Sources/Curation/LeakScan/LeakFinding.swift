/// Something in an object that is known to identify its patient. Says what kind and where, never what it is.
public struct LeakFinding: Sendable, Hashable {
    public let kind: KnownIdentifiers.Kind
    /// "(0008,1140)[2].(0008,1155)", "byte 1204 of the header", "frame 3".
    public let place: String
    public let match: Match

    /// How it was found.
    public enum Match: String, Sendable, Codable {
        /// In the text of an attribute.
        case text
        /// As a UID.
        case uid
        /// As a day, in whatever form.
        case date
        /// In bytes that are no text: private elements, unknown ones, the file itself.
        case bytes
        /// As a number in binary form.
        case number
        /// Read from the pixels.
        case pixels
    }

    public var sentence: String {
        switch match {
        case .pixels: "a \(kind.rawValue) can be read in the pixels of \(place)"
        default: "a known \(kind.rawValue) is still there, in \(place) (found as \(match.rawValue))"
        }
    }
}
