/// What people write of themselves, or a provider writes of them, as it may stand in a list: on one line, not too long.
public enum PersonText {
    /// The most characters of a name, an address, an organisation.
    public static let longest = 200

    /// Without control characters and without blanks around it; nil where nothing is left.
    public static func plain(_ text: String) -> String? {
        var plain = ""
        for scalar in text.unicodeScalars.prefix(4 * longest) {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: plain.unicodeScalars.append(" ")
            default: plain.unicodeScalars.append(scalar)
            }
        }
        let words = plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? nil : String(words.prefix(longest))
    }
}
