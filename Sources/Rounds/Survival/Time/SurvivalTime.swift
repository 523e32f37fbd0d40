/// How a plan names its times and events, and the grid of time steps that all sites share.
///
/// A sum over sites needs one list of times. So times are counted in whole steps of `unit`; what is no whole number of
/// steps is refused, or rounded where the plan says so.
public struct SurvivalTime: Sendable, Equatable {
    /// What happens to a row whose time is zero or below.
    public enum NonPositive: String, Sendable, Equatable, Codable, CaseIterable {
        /// It is counted and does not take part.
        case leaveOut
        /// It takes part, at time zero.
        case keep
        /// The run stops.
        case refuse
    }

    /// The variable with the time from the start to the event or to the last contact.
    public var time: String
    /// The variable that says whether the event happened: 1 or 0, or a category of which `level` is the event.
    public var event: String
    public var level: String?
    /// The length of a step, in the unit of the time variable.
    public var unit: Double
    /// Whether a time between two steps goes to the nearer one.
    public var round: Bool
    /// What is later than this is counted as alive and last seen at this time. In the unit of the time variable.
    public var horizon: Double?
    public var nonPositive: NonPositive
    /// The unit's name on axes and in tables: `days`.
    public var unitName: String

    public init(
        time: String, event: String, level: String? = nil, unit: Double = 1, round: Bool = false,
        horizon: Double? = nil, nonPositive: NonPositive = .leaveOut, unitName: String = "days"
    ) {
        self.time = time
        self.event = event
        self.level = level
        self.unit = unit
        self.round = round
        self.horizon = horizon
        self.nonPositive = nonPositive
        self.unitName = unitName
    }

    /// Times of more steps than this are not counted.
    static let maximumTick = 1 << 40

    /// Throws where the plan's own numbers make no grid.
    func check() throws(RoundsError) {
        guard unit.isFinite, unit > 0 else { throw .plan("`unit` is the length of a step of time: more than zero") }
        if let horizon {
            guard horizon.isFinite, horizon >= unit else { throw .plan("`horizon` must be at least one step of time") }
        }
        guard time != event else { throw .plan("the time and the event are the same variable") }
    }

    /// A number of steps as a time.
    func time(ofTick tick: Int) -> Double { Double(tick) * unit }
}
