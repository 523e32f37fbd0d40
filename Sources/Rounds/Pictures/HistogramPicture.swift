/// Counts between edges, or for names; a bar whose count may not be shown is an empty outline.
public struct HistogramPicture: Sendable {
    public var title: String
    /// What is counted along the axis, with its unit.
    public var variable: String
    /// One more than there are bars.
    public var edges: [Double]
    public var counts: [ProtectedCount?]

    public init(title: String, variable: String, edges: [Double], counts: [ProtectedCount?]) {
        self.title = title
        self.variable = variable
        self.edges = edges
        self.counts = counts
    }

    public var picture: Picture {
        let (left, top, bottom, right) = (74.0, 20.0, 320.0, 640.0)
        var canvas = Canvas(width: 664, height: hasHidden ? 392 : 372)
        let shown = zip(zip(edges, edges.dropFirst()), counts)
        let most = Double(counts.map { $0?.value ?? 0 }.max() ?? 1)
        let axes = Axes(
            x: Scale(edges.first ?? 0, edges.last ?? 1, from: left, to: right),
            y: Scale(0, max(1, most) * 1.05, from: bottom, to: top))
        axes.drawY(&canvas, ticks: Axes.labelled(axes.y.ticks), title: "Patients", titleAt: 52)
        for (edge, count) in shown {
            let from = axes.x(edge.0) + 0.75
            let width = axes.x(edge.1) - axes.x(edge.0) - 1.5
            if let value = count?.value {
                let y = axes.y(Double(value))
                canvas.rectangle(from, y, width, bottom - y, color: Canvas.color(0), opacity: 0.85)
            } else {
                canvas.rectangle(from, bottom - 14, width, 14, color: Canvas.ink, opacity: 0.6, outline: true)
            }
        }
        axes.drawX(&canvas, ticks: Axes.labelled(axes.x.ticks), title: variable)
        if hasHidden { canvas.text(hiddenNote, 14, 386, size: 11, opacity: 0.75) }
        return canvas.picture(
            name: "histogram", title: title,
            description: shown.map {
                "\(PictureText.decimal($0.0, 3, trimmed: true)) to \(PictureText.decimal($0.1, 3, trimmed: true)): \($1?.description ?? "–")"
            }
            .joined(separator: ". "))
    }

    private var hasHidden: Bool { counts.contains { $0?.value == nil } }
    private var hiddenNote: String {
        "Dashed: a number that may not be shown"
    }
}

extension Histogram.Outcome: PicturedOutcome {
    public var pictures: [Picture] {
        [
            HistogramPicture(title: "Distribution of \(variable)", variable: variable, edges: edges, counts: counts)
                .picture
        ]
    }
}
