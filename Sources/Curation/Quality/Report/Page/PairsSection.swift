/// Frames that look the same, side by side.
enum PairsSection {
    static func add(_ pairs: [LookAlikePair], _ page: inout Markup) {
        guard !pairs.isEmpty else { return }
        page.raw("<section><h2>Look-alikes</h2><div class=\"pairs\">")
        for (number, pair) in pairs.enumerated() { add(pair, number + 1, &page) }
        page.raw("</div></section>")
    }

    private static func add(_ pair: LookAlikePair, _ number: Int, _ page: inout Markup) {
        let severity = QualityRule.named(pair.rule)?.severity ?? .notice
        page.element("figure", [("class", "card pair \(severity.rawValue)")]) { figure in
            figure.raw("<div class=\"sides\">")
            for (side, place) in [pair.first, pair.second].enumerated() {
                figure.element("div") { half in
                    if pair.pictures.indices.contains(side) {
                        PageImage.add(pair.pictures[side], "Pair \(number), picture \(side + 1)", &half)
                    }
                    half.element("p", [("class", "small")]) { FindingsSection.add(place, [], &$0) }
                }
            }
            figure.raw("</div>")
            figure.element("figcaption", [("class", "small")], text: caption(pair))
        }
    }

    private static func caption(_ pair: LookAlikePair) -> String {
        let title = QualityRule.named(pair.rule)?.title ?? pair.rule
        let likeness = Int((pair.likeness * 1000).rounded(.down))
        let share = pair.likeness >= 1 ? "identical" : "alike to \(likeness / 10).\(likeness % 10) %"
        let more = pair.count > 1 ? "; \(PageText.number(pair.count)) such pairs between the two series" : ""
        return "\(title): \(share)\(more)."
    }
}

/// A thumbnail inside the page.
enum PageImage {
    static func add(_ picture: SeriesPicture, _ alternative: String, _ page: inout Markup) {
        // Pictures of a few pixels are shown larger, pixel by pixel.
        let factor = max(1, 96 / max(picture.width, picture.height, 1))
        page.empty(
            "img",
            [
                ("src", "data:image/jpeg;base64," + Base64Text.encode(picture.jpeg)), ("alt", alternative),
                ("width", "\(picture.width * factor)"), ("height", "\(picture.height * factor)"),
                ("class", factor > 1 ? "tiny" : "picture"),
            ])
    }
}

/// Base 64 (RFC 4648, section 4).
enum Base64Text {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let padded = Array(group) + Array(repeating: 0, count: 3 - group.count)
            let word = UInt32(padded[0]) << 16 | UInt32(padded[1]) << 8 | UInt32(padded[2])
            for position in 0..<4 {
                let isPadding = position > group.count
                text.append(isPadding ? UInt8(ascii: "=") : digits[Int(word >> UInt32(18 - 6 * position) & 63)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
