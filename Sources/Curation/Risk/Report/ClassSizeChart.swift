/// Bars of how many records are in classes of each size, those below k marked by colour and by pattern of the label.
enum ClassSizeChart {
    /// Class sizes that a bar stands for, and the records in them.
    private struct Bar {
        let label: String
        let records: Int
        let isAtRisk: Bool
    }

    private static let (width, height, base, top) = (640.0, 220.0, 180.0, 24.0)

    static func add(_ report: RiskReport, _ page: inout Markup) {
        let bars = bars(report)
        guard let most = bars.map(\.records).max(), most > 0 else { return }
        page.element("figure") { figure in
            let summary = bars.map { "\($0.label): \(PageText.count($0.records, "record"))" }.joined(separator: "; ")
            figure.element(
                "svg",
                [
                    ("viewBox", "0 0 \(Int(width)) \(Int(height))"), ("role", "img"),
                    ("aria-label", "Records by the size of their class. \(summary)"),
                ]
            ) { svg in
                let step = width / Double(bars.count)
                for (index, bar) in bars.enumerated() { draw(bar, at: Double(index) * step, step, most, &svg) }
                svg.element(
                    "line",
                    [
                        ("x1", "0"), ("x2", "\(Int(width))"), ("y1", "\(Int(base))"), ("y2", "\(Int(base))"),
                        ("stroke", "var(--muted)"),
                    ], text: "")
            }
            figure.element(
                "figcaption", [("class", "muted small")],
                text: "Records by how many share their facts. Bars in red and marked “!” are below \(report.gate.k).")
        }
    }

    private static func draw(_ bar: Bar, at x: Double, _ step: Double, _ most: Int, _ svg: inout Markup) {
        let tall = bar.records == 0 ? 0 : max((base - top) * Double(bar.records) / Double(most), 1)
        let middle = PageText.decimal(x + step / 2, 1)
        svg.element(
            "rect",
            [
                ("x", PageText.decimal(x + step * 0.15, 1)), ("y", PageText.decimal(base - tall, 1)),
                ("width", PageText.decimal(step * 0.7, 1)), ("height", PageText.decimal(tall, 1)), ("rx", "3"),
                ("fill", bar.isAtRisk ? "var(--error)" : "var(--bar)"),
            ], text: "")
        func label(_ y: Double, _ fill: String, _ text: String) {
            svg.element(
                "text",
                [
                    ("x", middle), ("y", PageText.decimal(y, 1)), ("text-anchor", "middle"), ("font-size", "12"),
                    ("fill", fill),
                ], text: text)
        }
        if bar.records > 0 {
            label(base - tall - 6, "var(--ink)", PageText.number(bar.records) + (bar.isAtRisk ? " !" : ""))
        }
        label(base + 18, "var(--muted)", bar.label)
    }

    /// Every size below k by itself where they are few, then doubling ranges.
    private static func bars(_ report: RiskReport) -> [Bar] {
        let k = report.gate.k
        var ranges: [ClosedRange<Int>] = []
        if k <= 10 {
            for size in 1..<max(k, 1) { ranges.append(size...size) }
        } else {
            ranges = [1...1, 2...(k - 1)]
        }
        let largest = report.sizes.last?.size ?? 0
        var low = max(k, 1)
        while low <= largest, ranges.count < 24 {
            ranges.append(low...(low * 2 - 1))
            low *= 2
        }
        return ranges.map { range in
            let records = report.sizes.reduce(0) { range.contains($1.size) ? $0 + $1.size * $1.classes : $0 }
            let label = range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
            return Bar(label: label, records: records, isAtRisk: range.upperBound < k)
        }
    }
}
