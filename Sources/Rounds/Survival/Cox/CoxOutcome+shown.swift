extension CoxOutcome: PicturedOutcome {
    public var pictures: [Picture] {
        [
            ForestPicture(
                title: "Hazard ratios", measure: "Hazard ratio", confidence: confidence,
                rows: coefficients.map {
                    ForestPicture.Row(
                        label: PictureText.covariate($0.name), ratio: $0.hazardRatio, lower: $0.lower, upper: $0.upper,
                        p: $0.p)
                },
                note: "Cox model of \(exclusions.rows) patients with \(exclusions.events) events"
                    + (concordance.map { "; concordance \(PictureText.decimal($0.value, 3))" } ?? "")
            ).picture
        ]
    }
}

extension CoxOutcome: TabularOutcome {
    public var tables: [ResultTable] {
        let percent = ResultTable.Cell.shown(100 * confidence)
        var model = ResultTable(
            "Cox proportional hazards",
            columns: ["covariate", "coefficient", "standard error", "hazard ratio", "lower", "upper", "z", "p"],
            rows: coefficients.map {
                [
                    .text($0.name), .number($0.estimate), .number($0.standardError), .number($0.hazardRatio),
                    .number($0.lower), .number($0.upper), .number($0.z), .p($0.p),
                ]
            })
        model.notes = [
            "\(formula.text); ties after \(ties == .efron ? "Efron" : "Breslow"); limits of \(percent) %.",
            exclusions.note(time),
        ]
        if let concordance {
            model.notes.append(
                "Concordance \(ResultTable.Cell.shown(concordance.value))"
                    + (concordance.undecided > 0
                        ? " (to within \(ResultTable.Cell.shown(concordance.uncertainty)))" : ""))
        }
        let fit = ResultTable(
            "Is there an effect at all?", columns: ["test", "chi-square", "degrees", "p"], rows: tests.map(\.cells),
            notes: [
                "Log partial likelihood \(ResultTable.Cell.shown(logLikelihoods.last ?? 0)), of the empty model "
                    + "\(ResultTable.Cell.shown(logLikelihoods.first ?? 0))"
            ])
        let hazards = ResultTable(
            "Are hazards proportional?", columns: ["covariate", "chi-square", "degrees", "p"],
            rows: proportionalHazards.map(\.cells),
            notes: ["Score test of an interaction with time (transform: \(transform.rawValue))."])
        return [model, fit, hazards]
    }
}

extension CoxOutcome.Test {
    fileprivate var cells: [ResultTable.Cell] {
        [.text(name), .number(chiSquare), .count(Int64(degrees)), .p(p)]
    }
}
