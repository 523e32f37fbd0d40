/// Text that people write and others read.
enum PlainText {
    /// Whether it holds nothing that does not print, but lines and tabs. Marks that turn the direction of writing are
    /// refused too: with them a text reads as what it is not.
    static func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "\n", "\r", "\t": true
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": false
            default:
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
                default: true
                }
            }
        }
    }

    /// Whether a mail can be sent there: one `@`, no spaces, nothing that a mail's header could be cut with.
    static func isMailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, !parts[0].isEmpty, parts[1].contains("."),
            !parts[1].hasPrefix("."), !parts[1].hasSuffix(".")
        else { return false }
        return text.utf8.allSatisfy { byte in
            (0x21...0x7E).contains(byte) && !"\"(),:;<>[\\]".utf8.contains(byte)
        } && text.first != "-"
    }
}
