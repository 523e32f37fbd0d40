/// The plan's JSON: `{"formula": "time, event ~ age", "ties": "breslow"}`, with the options of ``SurvivalTime`` beside.
extension CoxRegression: Codable {
    private enum CodingKeys: String, CodingKey {
        case formula, ties, weights, confidence, transform, concordance
        case level, unit, round, horizon, nonPositive, unitName
    }

    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            try keys.decode(Formula.self, forKey: .formula), time: try SurvivalTime(from: decoder),
            ties: try keys.decodeIfPresent(Ties.self, forKey: .ties) ?? .efron,
            weights: try keys.decodeIfPresent(String.self, forKey: .weights),
            confidence: try keys.decodeIfPresent(Double.self, forKey: .confidence) ?? 0.95,
            transform: try keys.decodeIfPresent(TimeTransform.self, forKey: .transform),
            concordance: try keys.decodeIfPresent(Bool.self, forKey: .concordance) ?? true)
    }

    public func encode(to encoder: any Encoder) throws {
        try time.encode(to: encoder)
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(formula, forKey: .formula)
        try keys.encode(ties, forKey: .ties)
        try keys.encodeIfPresent(weights, forKey: .weights)
        try keys.encode(confidence, forKey: .confidence)
        try keys.encodeIfPresent(transform, forKey: .transform)
        try keys.encode(concordance, forKey: .concordance)
    }
}

extension CoxRegression: WrittenPlan {
    public static var synopsis: String {
        "cox(time, event ~ terms + strata(site), ties=efron, weights=…, confidence=0.95, transform=km, "
            + "concordance=true, \(SurvivalTime.synopsis))"
    }
    public static var aliases: [String] { ["coxph"] }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        let formula = try arguments.formula()
        var time = try SurvivalTime(formula)
        try time.take(&arguments)
        try self.init(
            formula, time: time, ties: try arguments.choice("ties", Ties.self) ?? .efron,
            weights: try arguments.text("weights"), confidence: try arguments.number("confidence") ?? 0.95,
            transform: try arguments.choice("transform", TimeTransform.self),
            concordance: try arguments.flag("concordance") ?? true)
    }
}
