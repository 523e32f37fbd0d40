/// The plan's JSON: `{"formula": "time, event ~ arm"}`, or `{"time": "time", "event": "event", "group": "arm"}`, with the
/// options of ``SurvivalTime`` beside.
extension KaplanMeier: Codable {
    private enum CodingKeys: String, CodingKey {
        case formula, group, levels, confidence, scale, restrictedMean, coarsen
    }

    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        var group = try keys.decodeIfPresent(String.self, forKey: .group)
        var levels = try keys.decodeIfPresent([String].self, forKey: .levels)
        if let formula = try keys.decodeIfPresent(Formula.self, forKey: .formula) {
            (group, levels) = try Self.group(of: formula, levels: levels)
        }
        self.init(
            try SurvivalTime(from: decoder), group: group, levels: levels,
            confidence: ConfidenceBand(
                level: try keys.decodeIfPresent(Double.self, forKey: .confidence) ?? 0.95,
                scale: try keys.decodeIfPresent(ConfidenceBand.Scale.self, forKey: .scale) ?? .logLog),
            restrictedMean: try keys.decodeIfPresent(Double.self, forKey: .restrictedMean),
            coarsen: try keys.decodeIfPresent(Bool.self, forKey: .coarsen))
    }

    /// The one category on the right of a formula; nil for `~ 1`.
    private static func group(
        of formula: Formula, levels: [String]?
    ) throws(RoundsError) -> (group: String?, levels: [String]?) {
        let factors = formula.terms.flatMap(\.factors)
        guard factors.count <= 1, formula.strata.isEmpty, formula.offsets.isEmpty else {
            throw .plan("curves are compared between the levels of one variable, as in time, event ~ arm")
        }
        switch factors.first {
        case nil: return (nil, levels)
        case .variable(let name): return (name, levels)
        case .category(let name, _, let listed): return (name, listed.isEmpty ? levels : listed)
        case .arithmetic: throw .plan("curves are compared between the levels of a category, not of computed numbers")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        try time.encode(to: encoder)
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encodeIfPresent(group, forKey: .group)
        try keys.encodeIfPresent(levels, forKey: .levels)
        try keys.encode(confidence.level, forKey: .confidence)
        try keys.encode(confidence.scale, forKey: .scale)
        try keys.encodeIfPresent(restrictedMean, forKey: .restrictedMean)
        try keys.encodeIfPresent(coarsen, forKey: .coarsen)
    }
}

extension KaplanMeier: WrittenPlan {
    public static var synopsis: String {
        "survival(time, event ~ group, confidence=0.95, scale=logLog, restrictedMean=…, coarsen=true, levels=[…], "
            + "\(SurvivalTime.synopsis))"
    }
    public static var aliases: [String] { ["kaplanMeier", "km"] }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        let formula = try arguments.formula()
        var time = try SurvivalTime(formula)
        try time.take(&arguments)
        let (group, levels) = try Self.group(of: formula, levels: try arguments.texts("levels"))
        self.init(
            time, group: group, levels: levels,
            confidence: ConfidenceBand(
                level: try arguments.number("confidence") ?? 0.95,
                scale: try arguments.choice("scale", ConfidenceBand.Scale.self) ?? .logLog),
            restrictedMean: try arguments.number("restrictedMean"), coarsen: try arguments.flag("coarsen"))
    }
}
