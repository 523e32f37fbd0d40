extension ModelRecord {
    /// The model's card in Markdown, made of the record alone. Sections follow Mitchell et al., arXiv:1810.03993.
    public var card: String {
        let model = training.plan.model
        var lines = ["# \(Self.plain(name)), version \(version)", ""]
        func section(_ title: String, _ rows: [(String, String)]) {
            lines += ["## \(title)", "", "| | |", "|---|---|"]
            lines += rows.map { "| \($0.0) | \($0.1) |" } + [""]
        }
        section(
            "Model",
            [
                ("kind", Self.kind(model)), ("parameters", "\(model.parameters)"),
                ("features", model.features.map(Self.code).joined(separator: ", ")),
                ("target", ([model.target] + (model.event.map { [$0] } ?? [])).map(Self.code).joined(separator: ", ")),
                ("weights (SHA-256)", Self.code(weightsHash)),
            ])
        section(
            "Training",
            [
                ("run", Self.code(run)), ("strategy", Self.plain("\(training.strategy)")),
                ("rounds", "\(rounds)"), ("sites in the last round", "\(sites)"), ("rows over all sites", "\(rows)"),
                ("trained on from", parent.map(Self.code) ?? "random weights, seed \(training.plan.seed)"),
                ("permits", permits.map(Self.code).joined(separator: ", ")),
                (
                    "differential privacy",
                    spent.map { "epsilon \($0.epsilon) at delta \($0.delta) for each site, neighbours differ by a row" }
                        ?? "none: see the attacks in the documentation"
                ),
            ])
        section("Data", dataSets.map { (Self.code($0.identifier), Self.plain($0.site)) })
        section(
            "Measured",
            metrics.isEmpty
                ? [("nothing", "")] : metrics.map { (Self.plain($0.name), "\($0.value) on \(Self.plain($0.on))") })
        lines += [
            "## Intended use", "", Self.plain(intendedUse), "", "## Limitations", "", Self.plain(limitations), "",
        ]
        return lines.joined(separator: "\n")
    }

    private static func kind(_ model: ModelPlan) -> String {
        switch model.kind {
        case .linear: "linear regression"
        case .logistic: "logistic regression"
        case .cox: "Cox proportional hazards"
        case .perceptron(let hidden, let activation, let output):
            "perceptron with hidden layers of \(hidden.map(String.init).joined(separator: ", ")) units"
                + " (\(activation.rawValue)), \(output.rawValue) output"
        }
    }

    /// Somebody's text with nothing in it that Markdown or HTML would act on.
    static func plain(_ text: String) -> String {
        text.map { character in
            if character.isNewline { return " " }
            return "\\`*_{}[]<>#|!&".contains(character) ? "\\\(character)" : "\(character)"
        }.joined()
    }

    private static func code(_ text: String) -> String {
        "`" + text.filter { !"`|".contains($0) && !$0.isNewline } + "`"
    }
}
