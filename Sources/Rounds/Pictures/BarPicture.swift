/// Values by name, as horizontal bars with their numbers; a value that may not be shown has no bar.
public struct BarPicture: Sendable {
    public struct Bar: Sendable {
        public var label: String
        public var value: Double?
        /// The number as it is written; `<5` where it is not shown.
        public var text: String

        public init(label: String, value: Double?, text: String) {
            self.label = label
            self.value = value
            self.text = text
        }

        public init(label: String, count: ProtectedCount) {
            self.init(label: label, value: count.value.map { Double($0) }, text: count.description)
        }
    }

    public var title: String
    public var measure: String
    public var bars: [Bar]

    public init(title: String, measure: String, bars: [Bar]) {
        self.title = title
        self.measure = measure
        self.bars = bars
    }

    public var picture: Picture {
        let labels = bars.map { PictureText.short($0.label, 36) }
        let left = 26 + (labels.map { PictureText.width($0, size: 13) }.max() ?? 40)
        let (rowHeight, top) = (28.0, 14.0)
        let bottom = top + Double(max(1, bars.count)) * rowHeight
        var canvas = Canvas(width: left + 480, height: bottom + 50)
        let most = bars.compactMap(\.value).filter { $0.isFinite }.max() ?? 1
        let axes = Axes(
            x: Scale(0, max(most, 1e-12), from: left, to: left + 400), y: Scale(0, 1, from: bottom, to: top))
        for (place, bar) in bars.enumerated() {
            let y = top + (Double(place) + 0.5) * rowHeight
            canvas.text(labels[place], left - 10, y + 4, size: 13, anchor: .end)
            let end = bar.value.map { axes.x(max(0, $0)) } ?? left
            canvas.rectangle(left, y - 9, end - left, 18, color: Canvas.color(0), opacity: 0.85)
            canvas.text(bar.text, end + 6, y + 4)
        }
        canvas.line(left, top, left, bottom)
        axes.drawX(&canvas, ticks: Axes.labelled(axes.x.ticks), title: measure)
        return canvas.picture(
            name: "bars", title: title, description: bars.map { "\($0.label): \($0.text)" }.joined(separator: ". "))
    }
}
