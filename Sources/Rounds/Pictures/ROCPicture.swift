/// A receiver operating characteristic: sensitivity against 1 − specificity, with the area and its limits.
public struct ROCPicture: Sendable {
    public struct Curve: Sendable {
        public var label: String
        /// From (0, 0) to (1, 1), by 1 − specificity.
        public var points: [(falsePositive: Double, truePositive: Double)]
        public var area: Double
        public var limits: (lower: Double, upper: Double)?

        public init(
            label: String, points: [(falsePositive: Double, truePositive: Double)], area: Double,
            limits: (lower: Double, upper: Double)? = nil
        ) {
            self.label = label
            self.points = points
            self.area = area
            self.limits = limits
        }

        var text: String {
            let limits = limits.map { " (\(PictureText.decimal($0.lower, 3))–\(PictureText.decimal($0.upper, 3)))" }
            return "AUC \(PictureText.decimal(area, 3))\(limits ?? "")"
        }
    }

    public var title: String
    public var curves: [Curve]

    public init(title: String, curves: [Curve]) {
        self.title = title
        self.curves = curves
    }

    public var picture: Picture {
        let axes = Axes(x: Scale(0, 1, from: 70, to: 450), y: Scale(0, 1, from: 400, to: 20))
        var canvas = Canvas(width: 474, height: 450)
        let ticks = Axes.labelled([0, 0.2, 0.4, 0.6, 0.8, 1])
        axes.drawY(&canvas, ticks: ticks, title: "Sensitivity")
        axes.drawX(&canvas, ticks: ticks, title: "1 − specificity")
        canvas.line(axes.x(0), axes.y(0), axes.x(1), axes.y(1), opacity: 0.5, dash: "4 3")
        for (place, curve) in curves.enumerated() {
            canvas.path(
                curve.points.map { (axes.x($0.falsePositive), axes.y($0.truePositive)) }, color: Canvas.color(place),
                width: 2, dash: Canvas.dash(place))
        }
        var y = 400 - 14 - 18 * Double(max(0, curves.count - 1))
        for (place, curve) in curves.enumerated() {
            let text = curves.count > 1 ? "\(PictureText.short(curve.label, 18)): \(curve.text)" : curve.text
            let x = 444 - PictureText.width(text, size: 12)
            canvas.line(x - 38, y - 4, x - 8, y - 4, color: Canvas.color(place), width: 2.4, dash: Canvas.dash(place))
            canvas.text(text, x, y)
            y += 18
        }
        return canvas.picture(
            name: "roc", title: title, description: curves.map { "\($0.label): \($0.text)" }.joined(separator: ". "))
    }
}
