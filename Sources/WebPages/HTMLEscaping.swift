public import Mustache

/// Escapes text for HTML, scalar by scalar.
///
/// The library's own escaping goes by `Character`: a quotation mark followed by a combining accent is one character to it,
/// not the quotation mark that it looks for, and so would close an attribute. What pages show comes from outside.
public struct HTMLEscaping: MustacheContentType {
    public static let name = "ESCAPED_HTML"

    public static func register() {
        MustacheContentTypes.register(HTMLEscaping(), named: name)
    }

    public init() {}

    public func escapeText(_ text: String) -> String { Self.escaped(text) }

    /// The text as it may stand between tags and in the quotes of an attribute.
    public static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "&": escaped += "&amp;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            // What HTML does not allow at all.
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
