/// Words as they are kept and compared: upper case, one space between words, none at the ends.
enum Term {
    /// nil for what has no characters but white space.
    static func normalised(_ text: String) -> String? {
        let words = text.uppercased().split(whereSeparator: \.isWhitespace)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
