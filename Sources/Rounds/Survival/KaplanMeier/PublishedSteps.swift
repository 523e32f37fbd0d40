/// What of an exact curve may be shown: steps that stand for enough events each.
struct PublishedSteps {
    /// Points of the exact curve, and the events since the point before.
    let points: [(point: SurvivalEstimate.Point, events: Int)]

    /// Steps are merged, from the first on, until each stands for `perStep` events; what remains at the end joins the
    /// last. So a curve that is shown lies on the exact one at its own steps, and above it between them.
    init(_ estimate: SurvivalEstimate, perStep: Int) {
        var points: [(point: SurvivalEstimate.Point, events: Int)] = []
        var events = 0
        for (place, point) in estimate.points.enumerated() {
            events += point.events
            let isLast = place == estimate.points.count - 1
            if events >= perStep {
                points.append((point, events))
                events = 0
            } else if isLast, let last = points.popLast() {
                points.append((point, last.events + events))
            }
        }
        self.points = points
    }

    /// Patients at risk over time, of which a number is shown only if enough are at risk, and nobody or enough left since
    /// the number shown before.
    static func counts(_ counts: [Int], least: Int) -> [Int?] {
        var shown: Int?
        return counts.map { count in
            guard count >= least || least <= 1 else { return nil }
            if let before = shown, before != count, before - count < least { return nil }
            shown = count
            return count
        }
    }
}
