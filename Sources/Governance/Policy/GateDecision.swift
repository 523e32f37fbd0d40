public import Cohort
public import Federation

/// What a node decided about a task.
public enum GateDecision: Sendable, Hashable {
    case allowed(Authorisation)
    case refused(GateReason)
}

/// Under which rules an allowed task is done: the strictest of site, permit and task.
public struct Authorisation: Sendable, Hashable {
    /// The message that was allowed.
    public let message: MessageID
    public let permit: PermitID
    public let run: MessageID
    public let holder: PersonID
    public let computation: ComputationReference
    public let dataSets: [String]
    /// Whose data: the task's cohort and the permit's, both.
    public let cohort: CohortQuery?
    public let outputs: [OutputKind]
    public let thresholds: PermitThresholds
    /// What is reserved of the budget; the answer has to add the noise that this pays for.
    public let cost: PrivacyBudget?
    /// Whether outputs of these kinds wait in the airlock.
    public let held: [OutputKind]
    public let place: SiteID
    /// The permit's end: work that takes longer is stopped then.
    public let until: PermitTime
    /// The permit's whole budget.
    let budget: PrivacyBudget?
}
