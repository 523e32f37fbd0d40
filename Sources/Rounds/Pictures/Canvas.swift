/// Draws shapes and text into SVG. Lengths are in user units, from the top left.
struct Canvas {
    enum Anchor: String { case start, middle, end }

    /// Colours of series, each of middle lightness: they stand out on white and on black, and differ for people who do not
    /// see all colours. Series differ by their dashes too.
    static let series = ["#2f7ec0", "#d0602b", "#2b9a72", "#a26bb5", "#b8891c", "#5f7a8c", "#c4588a", "#6f8f2f"]
    static let dashes = ["", "7 3", "2 2.5", "9 3 2 3", "5 2", "12 4", "1.5 3", "8 2 2 2 2 2"]
    static let ink = "currentColor"

    let width: Double
    private(set) var height: Double
    private var body = ""

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    static func color(_ place: Int) -> String { series[place % series.count] }
    static func dash(_ place: Int) -> String { dashes[place % dashes.count] }

    mutating func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, color: String = ink, width: Double = 1,
        opacity: Double = 1, dash: String = ""
    ) {
        body +=
            "<line x1=\"\(Self.text(x1))\" y1=\"\(Self.text(y1))\" x2=\"\(Self.text(x2))\" y2=\"\(Self.text(y2))\""
            + stroke(color, width, opacity, dash) + "/>\n"
    }

    /// A line through points; nothing for fewer than two.
    mutating func path(
        _ points: [(x: Double, y: Double)], color: String, width: Double = 1.8, dash: String = ""
    ) {
        guard points.count > 1 else { return }
        body +=
            "<path d=\"\(Self.path(points))\" fill=\"none\" stroke-linejoin=\"round\""
            + stroke(color, width, 1, dash) + "/>\n"
    }

    mutating func area(_ points: [(x: Double, y: Double)], color: String, opacity: Double) {
        guard points.count > 2 else { return }
        body += "<path d=\"\(Self.path(points))Z\" fill=\"\(color)\" fill-opacity=\"\(Self.text(opacity))\"/>\n"
    }

    mutating func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, color: String, opacity: Double = 1,
        outline: Bool = false
    ) {
        guard width > 0, height >= 0 else { return }
        let paint =
            outline
            ? "fill=\"none\"" + stroke(color, 1, opacity, "3 2")
            : "fill=\"\(color)\" fill-opacity=\"\(Self.text(opacity))\""
        body +=
            "<rect x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" width=\"\(Self.text(width))\" height=\"\(Self.text(height))\" \(paint)/>\n"
    }

    mutating func circle(_ x: Double, _ y: Double, _ radius: Double, color: String) {
        body +=
            "<circle cx=\"\(Self.text(x))\" cy=\"\(Self.text(y))\" r=\"\(Self.text(radius))\" fill=\"\(color)\"/>\n"
    }

    mutating func polygon(_ points: [(x: Double, y: Double)], color: String) {
        body += "<path d=\"\(Self.path(points))Z\" fill=\"\(color)\"/>\n"
    }

    mutating func text(
        _ text: String, _ x: Double, _ y: Double, size: Double = 12, anchor: Anchor = .start, isBold: Bool = false,
        color: String = ink, turned: Bool = false, opacity: Double = 1
    ) {
        var attributes =
            "x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" font-size=\"\(Self.text(size))\" fill=\"\(color)\""
        if anchor != .start { attributes += " text-anchor=\"\(anchor.rawValue)\"" }
        if isBold { attributes += " font-weight=\"bold\"" }
        if opacity < 1 { attributes += " fill-opacity=\"\(Self.text(opacity))\"" }
        if turned { attributes += " transform=\"rotate(-90 \(Self.text(x)) \(Self.text(y)))\"" }
        body += "<text \(attributes)>\(Self.escaped(text))</text>\n"
    }

    /// The whole picture.
    func picture(name: String, title: String, description: String) -> Picture {
        let size = "\(Self.text(width)) \(Self.text(height))"
        let svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(Self.text(width))" \
            height="\(Self.text(height))" role="img" font-family="Helvetica, Arial, 'Liberation Sans', sans-serif">
            <title>\(Self.escaped(title))</title>
            <desc>\(Self.escaped(description))</desc>
            \(body)</svg>

            """
        return Picture(name: name, title: title, svg: svg)
    }

    private func stroke(_ color: String, _ width: Double, _ opacity: Double, _ dash: String) -> String {
        " stroke=\"\(color)\" stroke-width=\"\(Self.text(width))\""
            + (opacity < 1 ? " stroke-opacity=\"\(Self.text(opacity))\"" : "")
            + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
    }

    private static func path(_ points: [(x: Double, y: Double)]) -> String {
        points.enumerated().map { "\($0 == 0 ? "M" : "L")\(text($1.x)) \(text($1.y))" }.joined()
    }

    /// A length with at most two decimals.
    static func text(_ value: Double) -> String { value.isFinite ? PictureText.decimal(value, 2, trimmed: true) : "0" }

    /// Text that cannot end the element it stands in; characters that XML does not have are left out.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n", "\r": escaped += " "
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
