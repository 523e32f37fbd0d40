/// What of an exact curve may be shown: steps that stand for enough events each, and counts of enough patients.
enum PublishedSteps {
    /// The places of the steps that are shown, and the events since the one before.
    ///
    /// Steps are merged, from the first on, until each stands for `perStep` events; what remains at the end joins the
    /// last. So a curve that is shown lies on the exact one at its own steps, and beside it between them.
    static func merged(_ events: [Int], perStep: Int) -> [(place: Int, events: Int)] {
        var kept: [(place: Int, events: Int)] = []
        var since = 0
        for (place, count) in events.enumerated() {
            since += count
            if since >= perStep {
                kept.append((place, since))
                since = 0
            }
        }
        if since > 0, let last = kept.popLast() { kept.append((events.count - 1, last.events + since)) }
        return kept
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
