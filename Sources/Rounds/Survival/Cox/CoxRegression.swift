/// Cox's proportional hazards model over all sites, exact: the fit of the pooled data from sums alone.
///
/// The first rounds find the distinct event times (``EventSearch``), and the mean and spread of each covariate. Each round
/// of Newton's method then sums, between each two event times, exp(η), exp(η)·x and exp(η)·x·xᵀ; from them the hub has
/// every risk set, its gradient and its information. The last rounds count pairs for the concordance.
/// With `strata(site)` a site's likelihood is its own, and it sends no more than its value, gradient and information.
///
/// Sources: Cox 1972; Breslow 1974 and Efron 1977 for ties; Grambsch and Therneau 1994 for the test of proportional hazards
/// (as the score test of R's `cox.zph`); Harrell 1982 for the concordance.
public struct CoxRegression: FederatedComputation {
    public static let name = "cox"

    public enum Ties: String, Sendable, Equatable, Codable, CaseIterable { case efron, breslow }

    /// How time enters the test of proportional hazards.
    public enum TimeTransform: String, Sendable, Equatable, Codable, CaseIterable {
        /// One less the pooled Kaplan–Meier just before: R's default.
        case km
        /// The mean rank of the time among all patients' times.
        case rank
        /// Time itself: the one that a model stratified by site can have.
        case identity
    }

    /// `time, event ~ age + C(stage) + strata(region) + offset(log(dose))`.
    public var formula: Formula
    public var time: SurvivalTime
    public var ties: Ties
    /// A variable that weighs the rows.
    public var weights: String?
    public var confidence: Double
    /// Nil for `km`, or `identity` where the model is stratified by site.
    public var transform: TimeTransform?
    /// Whether the rounds for the concordance are run.
    public var concordance: Bool

    public init(
        _ formula: Formula, time: SurvivalTime? = nil, ties: Ties = .efron, weights: String? = nil,
        confidence: Double = 0.95, transform: TimeTransform? = nil, concordance: Bool = true
    ) throws(RoundsError) {
        self.formula = formula
        self.time = if let time { time } else { try SurvivalTime(formula) }
        self.ties = ties
        self.weights = weights
        self.confidence = confidence
        self.transform = transform
        self.concordance = concordance
    }

    /// The name that stands for the site in `strata(site)`.
    static let siteName = "site"

    /// Whether each site has a baseline of its own.
    public var isStratifiedBySite: Bool { formula.strata.contains(Self.siteName) }

    var timeTransform: TimeTransform { transform ?? (isStratifiedBySite ? .identity : .km) }

    public var variables: [String] {
        let right = formula.terms.flatMap { $0.factors.flatMap(\.variables) } + formula.offsets.flatMap(\.variables)
        var names = [time.time, time.event]
        for name in right + formula.strata + (weights.map { [$0] } ?? [])
        where !names.contains(name) && name != Self.siteName { names.append(name) }
        return names
    }

    /// Sums at event times show single patients; a stratified site's gradient and information do not.
    public var needsMasking: Bool { !isStratifiedBySite }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        try time.check()
        guard confidence > 0, confidence < 1 else { throw .plan("a confidence level lies between 0 and 1, as 0.95") }
        guard formula.hasIntercept else {
            throw .plan("a Cox model has no intercept to take out: leave `- 1` or `+ 0` out of the formula")
        }
        if isStratifiedBySite, let transform, transform != .identity {
            throw .plan(
                "a model stratified by site tests proportional hazards over the time itself: transform=identity")
        }
        let design = try Design(try rightSide(), schema: schema, weights: weights)
        guard design.columns.count > 1 else { throw .plan("a Cox model needs at least one covariate") }
        return State(design: design, search: isStratifiedBySite ? nil : EventSearch(groups: design.strata.count))
    }

    /// The formula without its left side and without `strata(site)`.
    private func rightSide() throws(RoundsError) -> Formula {
        let strata = formula.strata.filter { $0 != Self.siteName }.map { Factor.variable($0).written }
        let parts =
            formula.terms.map(\.written) + formula.offsets.map { "offset(\($0))" }
            + (strata.isEmpty ? [] : ["strata(\(strata.joined(separator: ", ")))"])
        return try Formula("~ " + parts.joined(separator: " + "))
    }

    public func parameters(_ state: State) -> Int { state.covariates.count }
}
