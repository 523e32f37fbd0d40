/// A computation over many sites: a local part at each, a sum over all, and again until there is an outcome.
///
/// The value itself is the plan (variables, formula, options): `Codable`, and the same at the hub and at every site.
/// What a site computes may depend on the plan, the state and its own table only; a repeated round gives the same
/// contribution. `combine` sees the sum, never a single site: so every computation can run under secure aggregation.
public protocol FederatedComputation: Codable, Sendable {
    /// What the hub tells the sites at the start of a round.
    associatedtype State: Codable & Sendable
    /// The result, for a person: a table, JSON, a picture.
    associatedtype Outcome: Codable & Sendable

    /// The name that plans use: `cox`. With ``version`` it names the code that permits approve.
    static var name: String { get }
    static var version: Int { get }

    /// The variables that the table of each site must have.
    var variables: [String] { get }
    /// Whether a single contribution could show single patients (an event time with one event). Such a computation runs
    /// under secure aggregation only.
    var needsMasking: Bool { get }

    /// The state of the first round.
    func start(_ schema: Schema) throws(RoundsError) -> State
    /// The shape of the contributions of this round.
    func layout(_ state: State) throws(RoundsError) -> Layout
    /// How many numbers the model estimates; compared at the site with its rows. 0 where nothing is fitted.
    func parameters(_ state: State) -> Int
    /// At the site.
    func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution
    /// At the hub, of the sum over `context.sites` sites.
    func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome>
}

extension FederatedComputation {
    public static var version: Int { 1 }
    public var needsMasking: Bool { false }
    public func parameters(_ state: State) -> Int { 0 }
}

/// What comes after a round.
public enum Step<State: Sendable, Outcome: Sendable>: Sendable {
    case next(State)
    case done(Outcome)
}

extension Step: Equatable where State: Equatable, Outcome: Equatable {}

/// What `combine` may know besides the sum.
public struct CombineContext: Sendable, Equatable {
    /// How many sites the sum is over.
    public let sites: Int
    public let rules: DisclosureRules

    public init(sites: Int, rules: DisclosureRules) {
        self.sites = sites
        self.rules = rules
    }
}

/// The least that must stand behind an outcome; the strictest of the sites' own rules holds for a run.
///
/// Defaults follow DataSHIELD's standard set (`nfilter.tab`, `nfilter.glm`) where they are not stricter.
public struct DisclosureRules: Sendable, Equatable, Codable {
    /// A cell of a table with fewer patients (and more than none) is not shown.
    public var minimumCell: Int
    /// A site with fewer rows does not take part.
    public var minimumRows: Int
    /// Fewer sites in a sum, and the sum is not looked at.
    public var minimumSites: Int
    /// A model may have at most this many parameters a row.
    public var parametersPerRow: Double

    public init(minimumCell: Int = 5, minimumRows: Int = 10, minimumSites: Int = 2, parametersPerRow: Double = 0.33) {
        self.minimumCell = minimumCell
        self.minimumRows = minimumRows
        self.minimumSites = minimumSites
        self.parametersPerRow = parametersPerRow
    }

    /// The rules that satisfy both.
    public func strictest(_ other: DisclosureRules) -> DisclosureRules {
        DisclosureRules(
            minimumCell: max(minimumCell, other.minimumCell), minimumRows: max(minimumRows, other.minimumRows),
            minimumSites: max(minimumSites, other.minimumSites),
            parametersPerRow: min(parametersPerRow, other.parametersPerRow))
    }
}
