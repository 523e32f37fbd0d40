/// HTML under construction. Text and attributes are escaped, scalar by scalar: nothing that came from an object can close a
/// tag or an attribute.
struct Markup {
    private(set) var html = ""

    /// Adds markup that this program wrote itself.
    mutating func raw(_ markup: StaticString) {
        html += "\(markup)"
    }

    mutating func text(_ text: String) {
        html += Self.escaped(text)
    }

    /// An element with text in it.
    mutating func element(_ name: StaticString, _ attributes: [(StaticString, String)] = [], text: String) {
        open(name, attributes)
        self.text(text)
        close(name)
    }

    mutating func element(
        _ name: StaticString, _ attributes: [(StaticString, String)] = [], _ content: (inout Markup) -> Void
    ) {
        open(name, attributes)
        content(&self)
        close(name)
    }

    /// An element that has no content and no end, such as `img`; in SVG, one that is empty.
    mutating func empty(_ name: StaticString, _ attributes: [(StaticString, String)]) {
        open(name, attributes)
    }

    private mutating func open(_ name: StaticString, _ attributes: [(StaticString, String)]) {
        html += "<\(name)"
        for (key, value) in attributes { html += " \(key)=\"\(Self.escaped(value))\"" }
        html += ">"
    }

    private mutating func close(_ name: StaticString) {
        html += "</\(name)>"
    }

    static func escaped(_ text: String) -> String {
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
