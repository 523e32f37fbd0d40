/// How often something happened against how often it was predicted, by groups of predictions.
public struct CalibrationPicture: Sendable {
    public struct Group: Sendable {
        /// The mean prediction, and the share in which it happened with its limits.
        public var predicted: Double
        public var observed: Double
        public var limits: (lower: Double, upper: Double)?
        public var patients: Int

        public init(
            predicted: Double, observed: Double, limits: (lower: Double, upper: Double)? = nil, patients: Int
        ) {
            self.predicted = predicted
            self.observed = observed
            self.limits = limits
            self.patients = patients
        }
    }

    public var title: String
    public var groups: [Group]
    /// Intercept and slope, if known.
    public var note: String

    public init(title: String, groups: [Group], note: String = "") {
        self.title = title
        self.groups = groups
        self.note = note
    }

    public var picture: Picture {
        let axes = Axes(x: Scale(0, 1, from: 70, to: 450), y: Scale(0, 1, from: 400, to: 20))
        var canvas = Canvas(width: 474, height: 528)
        let ticks = Axes.labelled([0, 0.2, 0.4, 0.6, 0.8, 1])
        axes.drawY(&canvas, ticks: ticks, title: "Observed share")
        axes.drawX(&canvas, ticks: ticks, title: "")
        canvas.line(axes.x(0), axes.y(0), axes.x(1), axes.y(1), opacity: 0.5, dash: "4 3")
        let ordered = groups.sorted { $0.predicted < $1.predicted }
        canvas.path(
            ordered.map { (axes.x($0.predicted), axes.y($0.observed)) }, color: Canvas.color(0), width: 1.4)
        for group in ordered {
            let x = axes.x(group.predicted)
            if let limits = group.limits {
                canvas.line(x, axes.y(limits.lower), x, axes.y(limits.upper), color: Canvas.color(0), width: 1.4)
            }
            canvas.circle(x, axes.y(group.observed), 4, color: Canvas.color(0))
        }
        if !note.isEmpty { canvas.text(note, 84, 38) }
        // How many patients each group has, on the same axis.
        let most = Double(groups.map(\.patients).max() ?? 1)
        let counts = Axes(x: axes.x, y: Scale(0, max(1, most), from: 480, to: 434))
        for group in ordered {
            let y = counts.y(Double(group.patients))
            canvas.rectangle(axes.x(group.predicted) - 5, y, 10, 480 - y, color: Canvas.color(5), opacity: 0.8)
        }
        counts.drawY(
            &canvas, ticks: [(0, "0"), (most, "\(Int(most))")], title: "Patients", hasGrid: false)
        canvas.line(70, 480, 450, 480)
        canvas.text("Predicted probability", 260, 505, size: 13, anchor: .middle)
        return canvas.picture(
            name: "calibration", title: title,
            description: ordered.map {
                "predicted \(PictureText.ratio($0.predicted)), observed \(PictureText.ratio($0.observed)), \($0.patients) patients"
            }.joined(separator: ". "))
    }
}
