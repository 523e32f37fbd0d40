import Glibc

/// Ratios with their limits on a logarithmic axis, one a line, with the numbers beside: a forest plot.
public struct ForestPicture: Sendable {
    public struct Row: Sendable {
        public var label: String
        public var ratio: Double
        public var lower: Double
        public var upper: Double
        public var p: Double?

        public init(label: String, ratio: Double, lower: Double, upper: Double, p: Double? = nil) {
            self.label = label
            self.ratio = ratio
            self.lower = lower
            self.upper = upper
            self.p = p
        }
    }

    public var title: String
    /// `Hazard ratio`, `Odds ratio`.
    public var measure: String
    public var confidence: Double
    public var rows: [Row]
    /// A line below.
    public var note: String

    public init(title: String, measure: String, confidence: Double = 0.95, rows: [Row], note: String = "") {
        self.title = title
        self.measure = measure
        self.confidence = confidence
        self.rows = rows
        self.note = note
    }

    private static let rowHeight = 26.0

    public var picture: Picture {
        let labels = rows.map { PictureText.short($0.label, 40) }
        let left = 26 + (labels.map { PictureText.width($0, size: 13) }.max() ?? 60)
        let width = left + 320 + 250
        let top = 40.0
        let bottom = top + Double(rows.count) * Self.rowHeight + 6
        var canvas = Canvas(width: width, height: bottom + (note.isEmpty ? 50 : 70))
        let scale = axis(from: left, to: left + 320)
        let axes = Axes(x: scale, y: Scale(0, 1, from: bottom, to: top))
        let percent = PictureText.decimal(100 * confidence, 1, trimmed: true)
        canvas.text("Covariate", 14, 22, size: 13, isBold: true)
        canvas.text("\(measure) (\(percent) % CI)", left + 345, 22, size: 13, isBold: true)
        if rows.contains(where: { $0.p != nil }) {
            canvas.text("p", width - 14, 22, size: 13, anchor: .end, isBold: true)
        }
        canvas.line(14, 30, width - 14, 30, opacity: 0.4)
        canvas.line(scale(1), 34, scale(1), bottom, opacity: 0.55, dash: "4 3")
        axes.drawX(&canvas, ticks: Axes.logarithmic(scale.ticks), title: "\(measure), logarithmic scale")
        for (place, row) in rows.enumerated() {
            let y = top + (Double(place) + 0.5) * Self.rowHeight
            canvas.text(labels[place], 14, y + 4, size: 13)
            draw(row, y, scale, &canvas)
            canvas.text(
                "\(PictureText.ratio(row.ratio)) (\(PictureText.ratio(row.lower))–\(PictureText.ratio(row.upper)))",
                left + 345, y + 4, size: 13)
            if let p = row.p {
                canvas.text(
                    PictureText.p(p, name: "").replacing(" = ", with: "").trimmed, width - 14, y + 4, size: 13,
                    anchor: .end)
            }
        }
        if !note.isEmpty { canvas.text(note, 14, bottom + 60, size: 11, opacity: 0.75) }
        let words = rows.map {
            "\($0.label): \(PictureText.ratio($0.ratio)), from \(PictureText.ratio($0.lower)) to \(PictureText.ratio($0.upper))"
        }
        return canvas.picture(
            name: "forest", title: title, description: "\(measure) by covariate. " + words.joined(separator: ". "))
    }

    private func axis(from start: Double, to end: Double) -> Scale {
        let shown = rows.filter { $0.ratio > 0 && $0.ratio.isFinite }
        let lower = shown.map { max($0.lower, $0.ratio / 50) }.min() ?? 0.5
        let upper = shown.map { min($0.upper, $0.ratio * 50) }.max() ?? 2
        // The same room on both sides of the one, at least from a half to two.
        let low = max(1e-3, min(0.5, lower * 0.9))
        let high = min(1e3, max(2, upper * 1.1))
        return Scale(low, high, from: start, to: end, kind: .logarithmic)
    }

    private func draw(_ row: Row, _ y: Double, _ scale: Scale, _ canvas: inout Canvas) {
        let color = Canvas.color(0)
        canvas.line(scale(row.lower), y, scale(row.upper), y, color: color, width: 1.8)
        for (limit, edge, direction) in [(row.lower, scale.low, -1.0), (row.upper, scale.high, 1.0)] {
            let x = scale(limit)
            let isOutside = direction < 0 ? limit < edge : limit > edge
            if isOutside {
                canvas.polygon([(x + 6 * direction, y), (x, y - 4), (x, y + 4)], color: color)
            } else {
                canvas.line(x, y - 4, x, y + 4, color: color, width: 1.8)
            }
        }
        canvas.rectangle(scale(row.ratio) - 4.5, y - 4.5, 9, 9, color: color)
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
