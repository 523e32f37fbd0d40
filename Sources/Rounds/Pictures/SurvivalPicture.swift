/// Survival curves as journals print them: steps with their bands, the median, the test, and the numbers at risk below.
public struct SurvivalPicture: Sendable {
    public let outcome: KaplanMeierOutcome

    public init(_ outcome: KaplanMeierOutcome) {
        self.outcome = outcome
    }

    private static let width = 760.0
    private static let plotHeight = 360.0
    private static let rowHeight = 18.0

    public var picture: Picture {
        let curves = outcome.curves
        let names = curves.map { PictureText.short($0.group ?? "All patients", 28) }
        let left = max(82, 42 + (names.map { PictureText.width($0, size: 12) }.max() ?? 0))
        let top = 20.0
        let bottom = top + Self.plotHeight
        let tableTop = bottom + 72
        let notes = self.notes
        let height = tableTop + Double(curves.count) * Self.rowHeight + 14 + Double(notes.count) * 15
        var canvas = Canvas(width: Self.width, height: height)
        let lastStep = curves.compactMap(\.steps.last?.time).max() ?? 0
        let end = max(lastStep, outcome.marks.last ?? 0, outcome.time.unit)
        let axes = Axes(
            x: Scale(0, end * 1.02, from: left, to: Self.width - 24), y: Scale(0, 1, from: bottom, to: top))
        let times = timeLabels
        axes.drawY(
            &canvas, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1].map { ($0, PictureText.decimal($0, 1)) },
            title: "Survival probability", titleAt: 42)
        axes.drawX(&canvas, ticks: times.ticks, title: "Time (\(times.unit))")

        for (place, curve) in curves.enumerated() { drawBand(curve, place, axes, end, &canvas) }
        if outcome.eventsPerStep == 1, curves.contains(where: { $0.median != nil }) {
            let reach = curves.compactMap(\.median).max() ?? 0
            canvas.line(axes.x(0), axes.y(0.5), axes.x(reach), axes.y(0.5), opacity: 0.45, dash: "2 3")
            for median in curves.compactMap(\.median) {
                canvas.line(axes.x(median), axes.y(0.5), axes.x(median), axes.y(0), opacity: 0.45, dash: "2 3")
            }
        }
        for (place, curve) in curves.enumerated() {
            canvas.path(
                steps(curve, end) { $0.survival }.map { (axes.x($0), axes.y($1)) }, color: Canvas.color(place),
                width: 2, dash: Canvas.dash(place))
        }
        drawLegend(names, axes, &canvas)
        drawTable(names, axes, left, tableTop, &canvas)
        for (place, note) in notes.enumerated() {
            canvas.text(
                note, 14, tableTop + Double(curves.count) * Self.rowHeight + 20 + Double(place) * 15, size: 11,
                opacity: 0.75)
        }
        let title = "Survival" + (outcome.group.map { " by \($0)" } ?? "")
        return canvas.picture(name: "survival", title: title, description: description)
    }

    /// Ticks where the numbers at risk are, in years where there are several.
    private var timeLabels: (ticks: [(value: Double, label: String)], unit: String) {
        let marks = outcome.marks
        guard let last = marks.last, let year = NiceTicks.year(upTo: last, unitName: outcome.time.unitName) else {
            return (Axes.labelled(marks), outcome.time.unitName)
        }
        return (
            Axes.labelled(marks.map { (2 * $0 / year).rounded() / 2 }).enumerated().map { (marks[$0], $1.label) },
            "years"
        )
    }

    /// The corners of a step function from time 0 to the last step, or to the end where patients are still at risk.
    private func steps(
        _ curve: KaplanMeierOutcome.Curve, _ end: Double, _ height: (KaplanMeierOutcome.Step) -> Double?
    ) -> [(Double, Double)] {
        var corners = [(0.0, 1.0)]
        var last = 1.0
        for step in curve.steps {
            guard let next = height(step) else { break }
            corners += [(step.time, last), (step.time, next)]
            last = next
        }
        let stay = zip(outcome.marks, curve.atRisk).filter { ($0.1 ?? 0) > 0 }.last?.0 ?? 0
        // After the last step the curve goes on while patients are at risk, and a little in any case: to be seen.
        if let reached = corners.last?.0 { corners.append((min(max(stay, reached + 0.012 * end), 1.02 * end), last)) }
        return corners
    }

    private func drawBand(
        _ curve: KaplanMeierOutcome.Curve, _ place: Int, _ axes: Axes, _ end: Double, _ canvas: inout Canvas
    ) {
        let outline = steps(curve, end) { $0.upper } + steps(curve, end) { $0.lower }.reversed()
        canvas.area(outline.map { (axes.x($0), axes.y($1)) }, color: Canvas.color(place), opacity: 0.16)
    }

    private func drawLegend(_ names: [String], _ axes: Axes, _ canvas: inout Canvas) {
        let entries = zip(names, outcome.curves).map { name, curve in
            "\(name): \(curve.events) of \(curve.patients), median \(median(curve))"
        }
        let test = outcome.tests.first.map { PictureText.p($0.p, name: "Log-rank p") }
        let size = (entries + [test ?? ""]).map { PictureText.width($0, size: 12) }.max() ?? 0
        // Curves fall from the top left: the legend goes to the top right, or to the bottom left where one stays high.
        let rows = 18 * Double(entries.count + (test == nil ? 0 : 1))
        let right = axes.x.end - size - 44
        let from = (right - axes.x.start) / (axes.x.end - axes.x.start) * axes.x.high
        let height = outcome.curves.map { curve in
            curve.steps.last { $0.time <= from }.map { $0.upper ?? $0.survival } ?? 1
        }
        let isFree = (height.max() ?? 1) < 1 - (rows + 10) / Self.plotHeight
        let x = isFree ? right : axes.x.start + 18
        var y = isFree ? axes.y.end + 12 : axes.y.start - rows + 6
        for (place, entry) in entries.enumerated() {
            canvas.line(x, y - 4, x + 30, y - 4, color: Canvas.color(place), width: 2.4, dash: Canvas.dash(place))
            canvas.text(entry, x + 38, y)
            y += 18
        }
        if let test { canvas.text(test, x + 38, y) }
    }

    /// The median with its limits in the unit of the axis: `5.5 (5.3–n.r.)`, where n.r. is not reached.
    private func median(_ curve: KaplanMeierOutcome.Curve) -> String {
        let year = NiceTicks.year(upTo: outcome.marks.last ?? 0, unitName: outcome.time.unitName)
        func text(_ value: Double?) -> String {
            value.map { PictureText.decimal($0 / (year ?? 1), year == nil ? 1 : 2, trimmed: year == nil) } ?? "n.r."
        }
        return "\(text(curve.median)) (\(text(curve.medianLower))–\(text(curve.medianUpper)))"
    }

    private func drawTable(
        _ names: [String], _ axes: Axes, _ left: Double, _ top: Double, _ canvas: inout Canvas
    ) {
        canvas.text("Number at risk", 14, top - 14, isBold: true)
        for (row, curve) in outcome.curves.enumerated() {
            let y = top + 4 + Double(row) * Self.rowHeight
            canvas.text(names[row], left - 24, y, anchor: .end, color: Canvas.color(row))
            for (mark, count) in zip(outcome.marks, curve.atRisk) {
                canvas.text(count.map { "\($0)" } ?? "·", axes.x(mark), y, anchor: .middle)
            }
        }
    }

    private var notes: [String] {
        var notes: [String] = []
        let percent = PictureText.decimal(100 * outcome.confidence.level, 1, trimmed: true)
        notes.append(
            "Events of patients, median time with \(percent) % limits (n.r.: not reached). Bands: \(percent) % limits, point by point."
        )
        if outcome.eventsPerStep > 1 {
            notes.append(
                "Each step stands for \(outcome.eventsPerStep) events or more; tests and medians are of the exact curve."
            )
        }
        if outcome.curves.contains(where: { $0.atRisk.contains(nil) }) {
            notes.append("·  a number that may not be shown")
        }
        return notes
    }

    private var description: String {
        outcome.curves.map { curve in
            let median = curve.median.map {
                "median \(PictureText.decimal($0, 1, trimmed: true)) \(outcome.time.unitName)"
            }
            return "\(curve.group ?? "All patients"): \(curve.patients) patients, \(curve.events) events, "
                + (median ?? "median not reached")
        }.joined(separator: ". ") + (outcome.tests.first.map { ". Log-rank test: \(PictureText.p($0.p))." } ?? ".")
    }
}
