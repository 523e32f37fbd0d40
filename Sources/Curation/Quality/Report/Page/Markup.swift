import WebPages

/// HTML under construction. Text and attributes are escaped, scalar by scalar: nothing that came from an object can close a
/// tag or an attribute.
struct Markup {
    private(set) var html = ""

    /// Adds markup that this program wrote itself.
    mutating func raw(_ markup: StaticString) {
        html += "\(markup)"
    }

    mutating func text(_ text: String) {
        html += HTMLEscaping.escaped(text)
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
        for (key, value) in attributes { html += " \(key)=\"\(HTMLEscaping.escaped(value))\"" }
        html += ">"
    }

    private mutating func close(_ name: StaticString) {
        html += "</\(name)>"
    }

    /// The beginning of a page that needs nothing else, up to its styles: no network, no scripts.
    ///
    /// - Parameter policy: what the page may show beside its text, as a Content-Security-Policy.
    mutating func beginPage(title: String, policy: StaticString) {
        raw(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="
            """)
        raw(policy)
        raw(
            """
            ">
            <meta name="referrer" content="no-referrer">

            """)
        element("title", text: title)
        raw("<style>")
        raw(PageStyle.css)
    }
}
