/// In a plan's JSON, `time` and `event` stand beside the plan's other options, or on the left of its formula.
extension SurvivalTime: Codable {
    private enum CodingKeys: String, CodingKey {
        case formula, time, event, level, unit, round, horizon, nonPositive, unitName
    }

    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        if let formula = try keys.decodeIfPresent(Formula.self, forKey: .formula) {
            try self.init(formula)
        } else {
            self.init(
                time: try keys.decode(String.self, forKey: .time), event: try keys.decode(String.self, forKey: .event))
        }
        level = try keys.decodeIfPresent(String.self, forKey: .level)
        unit = try keys.decodeIfPresent(Double.self, forKey: .unit) ?? unit
        round = try keys.decodeIfPresent(Bool.self, forKey: .round) ?? round
        horizon = try keys.decodeIfPresent(Double.self, forKey: .horizon)
        nonPositive = try keys.decodeIfPresent(NonPositive.self, forKey: .nonPositive) ?? nonPositive
        unitName = try keys.decodeIfPresent(String.self, forKey: .unitName) ?? unitName
    }

    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(time, forKey: .time)
        try keys.encode(event, forKey: .event)
        try keys.encodeIfPresent(level, forKey: .level)
        try keys.encode(unit, forKey: .unit)
        try keys.encode(round, forKey: .round)
        try keys.encodeIfPresent(horizon, forKey: .horizon)
        try keys.encode(nonPositive, forKey: .nonPositive)
        try keys.encode(unitName, forKey: .unitName)
    }

    /// From the left of a formula: `time, event ~ …`.
    ///
    /// - Throws: ``RoundsError/plan(_:)`` unless two variables stand there.
    public init(_ formula: Formula) throws(RoundsError) {
        guard formula.left.count == 2, case .variable(let time) = formula.left[0],
            case .variable(let event) = formula.left[1]
        else {
            throw .plan("the left of `\(formula.text.prefix(80))` must be a time and an event, as in time, event ~ age")
        }
        self.init(time: time, event: event)
    }
}

extension SurvivalTime {
    /// The options of time in a plan's text.
    static let synopsis = "level='…', unit=1, round=false, horizon=…, nonPositive=leaveOut, unitName=days"

    /// Takes its options from a plan's text.
    mutating func take(_ arguments: inout PlanArguments) throws(RoundsError) {
        level = try arguments.text("level")
        unit = try arguments.number("unit") ?? unit
        round = try arguments.flag("round") ?? round
        horizon = try arguments.number("horizon")
        unitName = try arguments.text("unitName") ?? unitName
        nonPositive = try arguments.choice("nonPositive", NonPositive.self) ?? nonPositive
    }
}

extension PlanArguments {
    /// One of an enumeration's words.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Choice.Type
    ) throws(RoundsError) -> Choice? where Choice.RawValue == String {
        guard let word = try text(name) else { return nil }
        guard let choice = Choice(rawValue: word) else {
            throw .plan("\(name) is one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")), not \(word)")
        }
        return choice
    }
}
