extension KaplanMeierOutcome: PicturedOutcome {
    public var pictures: [Picture] { [SurvivalPicture(self).picture] }
}

extension KaplanMeierOutcome: TabularOutcome {
    public var tables: [ResultTable] {
        var groups = ResultTable(
            "Survival" + (group.map { " by \($0)" } ?? ""),
            columns: [
                "group", "patients", "events", "median", "lower", "upper", "restricted mean", "standard error",
            ],
            rows: curves.map { curve in
                [
                    .text(curve.group ?? "all"), .count(Int64(curve.patients)), .count(Int64(curve.events)),
                    .number(curve.median), .number(curve.medianLower), .number(curve.medianUpper),
                    .number(curve.restrictedMean), .number(curve.restrictedMeanError),
                ]
            })
        groups.notes = [
            "Kaplan–Meier; times in \(time.unitName). The median's limits are where the \(confidence.scale.rawValue) band "
                + "(\(ResultTable.Cell.shown(100 * confidence.level)) %) crosses one half.",
            "The restricted mean goes up to \(ResultTable.Cell.shown(restrictedMeanLimit)) \(time.unitName).",
            exclusions.note(time),
        ]
        if eventsPerStep > 1 {
            groups.notes.append(
                "Published steps stand for \(eventsPerStep) events or more; medians, means and tests are exact.")
        }
        guard !tests.isEmpty else { return [groups] }
        let all = ResultTable(
            "Are the groups the same?", columns: ["test", "chi-square", "degrees", "p"],
            rows: tests.map { [.text($0.weights.title), .number($0.chiSquare), .count(Int64($0.degrees)), .p($0.p)] })
        guard !pairs.isEmpty else { return [groups, all] }
        let each = ResultTable(
            "Groups in pairs (log-rank)", columns: ["groups", "chi-square", "p", "p after Holm"],
            rows: pairs.map { pair in
                let names = pair.test.groups.map { curves.indices.contains($0) ? curves[$0].group ?? "" : "" }
                return [
                    .text(names.joined(separator: " – ")), .number(pair.test.chiSquare), .p(pair.test.p),
                    .p(pair.adjustedP),
                ]
            })
        return [groups, all, each]
    }
}

extension Exclusions {
    /// What was left out, in a sentence.
    func note(_ time: SurvivalTime) -> String {
        "\(rows) rows with \(events) events; \(missing) left out for a missing value or an unknown level, \(nonPositive) "
            + "for a time (\(time.time)) of zero or below."
    }
}

extension LogRank.Weights {
    /// The test's name.
    var title: String {
        switch self {
        case .logRank: "log-rank"
        case .wilcoxon: "Wilcoxon (Gehan–Breslow)"
        case .taroneWare: "Tarone–Ware"
        case .petoPeto: "Peto–Peto"
        }
    }
}
