/// The positions of a series' slices as a line of strokes, with gaps marked.
enum SlicePlot {
    private static let (width, height, margin) = (640.0, 32.0, 2.0)
    private static let (top, bottom) = (6.0, 26.0)

    static func add(_ slices: SeriesCard.Slices, _ page: inout Markup) {
        guard let last = slices.positionsMM.last, last > 0, last.isFinite else { return }
        let scale = (width - 2 * margin) / last
        page.element("figure", [("class", "plot")]) { figure in
            figure.element(
                "svg",
                [
                    ("viewBox", "0 0 \(number(width)) \(number(height))"), ("role", "img"),
                    ("aria-label", description(slices)),
                ]
            ) { svg in
                for gap in slices.gaps {
                    let (from, to) = (margin + gap.fromMM * scale, margin + gap.toMM * scale)
                    svg.element(
                        "rect",
                        [
                            ("class", gap.missing > 0 ? "missing-gap" : "uneven-gap"), ("x", number(from)),
                            ("y", number(top - 3)), ("width", number(max(to - from, 2))),
                            ("height", number(bottom - top + 6)), ("rx", "2"),
                        ]
                    ) { _ in }
                }
                svg.element("path", [("class", "slices"), ("d", strokes(slices, scale))]) { _ in }
            }
            figure.element("div", [("class", "axis muted"), ("aria-hidden", "true")]) { axis in
                axis.element("span", text: "0 mm")
                axis.element("span", text: "\(number(last)) mm")
            }
            figure.element("figcaption", [("class", "small muted")], text: description(slices))
        }
    }

    private static func strokes(_ slices: SeriesCard.Slices, _ scale: Double) -> String {
        slices.positionsMM.map { position in
            "M\(number(margin + position * scale)) \(number(top))V\(number(bottom))"
        }
        .joined()
    }

    private static func description(_ slices: SeriesCard.Slices) -> String {
        let spacing = slices.spacingMM.map { ", \(GeometryCheck.millimetres($0)) apart" } ?? ""
        let missing = slices.gaps.reduce(0) { $0 + $1.missing }
        let uneven = slices.gaps.filter { $0.missing == 0 }.count
        var parts = ["Positions of the slices\(spacing)"]
        if missing > 0 { parts.append("\(PageText.count(missing, "slice")) missing") }
        if uneven > 0 { parts.append("\(PageText.count(uneven, "uneven distance"))") }
        return parts.joined(separator: "; ") + "."
    }

    /// With one decimal, which is as fine as a screen shows.
    private static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "0" }
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
