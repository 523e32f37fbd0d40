/// Words as they are kept and compared: upper case, one space between words, none at the ends.
enum Term {
    /// nil for what has no characters but white space. A NUL, at which SQLite's texts end, is white space too.
    static func normalised(_ text: String) -> String? {
        let words = text.uppercased().split { $0.isWhitespace || $0 == "\0" }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
