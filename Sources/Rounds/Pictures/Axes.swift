/// The frame of a chart: two scales, their lines, ticks and titles.
struct Axes {
    let x: Scale
    let y: Scale

    init(x: Scale, y: Scale) {
        self.x = x
        self.y = y
    }

    private var left: Double { min(x.start, x.end) }
    private var bottom: Double { max(y.start, y.end) }

    func drawX(_ canvas: inout Canvas, ticks: [(value: Double, label: String)], title: String) {
        canvas.line(x.start, bottom, x.end, bottom)
        for tick in ticks {
            let place = x(tick.value)
            canvas.line(place, bottom, place, bottom + 5)
            canvas.text(tick.label, place, bottom + 18, anchor: .middle)
        }
        canvas.text(title, (x.start + x.end) / 2, bottom + 37, size: 13, anchor: .middle)
    }

    func drawY(
        _ canvas: inout Canvas, ticks: [(value: Double, label: String)], title: String, hasGrid: Bool = true,
        titleAt distance: Double = 46
    ) {
        for tick in ticks {
            let place = y(tick.value)
            if hasGrid, abs(place - bottom) > 0.5 { canvas.line(left, place, x.end, place, opacity: 0.12) }
            canvas.line(left - 5, place, left, place)
            canvas.text(tick.label, left - 9, place + 4, anchor: .end)
        }
        canvas.line(left, y.start, left, y.end)
        canvas.text(title, left - distance, (y.start + y.end) / 2, size: 13, anchor: .middle, turned: true)
    }

    /// Ticks of a scale with their numbers.
    static func labelled(_ ticks: [Double]) -> [(value: Double, label: String)] {
        let step = ticks.count > 1 ? ticks[1] - ticks[0] : ticks.first ?? 1
        return ticks.map { ($0, PictureText.tick($0, step: step)) }
    }

    /// Ticks of a logarithmic scale: 0.2, 1, 50.
    static func logarithmic(_ ticks: [Double]) -> [(value: Double, label: String)] {
        ticks.map { ($0, $0 >= 1 ? PictureText.decimal($0, 0) : PictureText.decimal($0, 6, trimmed: true)) }
    }
}
