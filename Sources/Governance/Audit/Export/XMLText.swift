/// Builds an XML document element by element; every value is escaped here.
struct XMLText {
    private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

    /// An element with attributes, and what `content` writes into it. An attribute without a value is left out.
    mutating func element(
        _ name: StaticString, _ attributes: [(StaticString, String?)] = [], _ content: ((inout XMLText) -> Void)? = nil
    ) {
        text += "<\(name)"
        for (name, value) in attributes {
            if let value { text += " \(name)=\"\(Self.escaped(value))\"" }
        }
        guard let content else {
            text += "/>"
            return
        }
        text += ">"
        content(&self)
        text += "</\(name)>"
    }

    /// Escaped for an attribute in double quotes. What XML 1.0 cannot hold is replaced.
    static func escaped(_ value: String) -> String {
        var out = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\t", "\n", "\r": out += "&#\(scalar.value);"
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: out += "\u{FFFD}"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
