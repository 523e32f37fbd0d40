/// What is to be computed, over whom, and how: the same document at the hub and at every site.
public struct RunPlan: Codable, Sendable, Equatable {
    /// The longest plan that is taken, in bytes of its parts together.
    public static let maximumBytes = 1 << 20
    static let maximumDefinitions = 500

    /// The computation's name: `cox`.
    public var computation: String
    /// Its own plan, as JSON text.
    public var plan: String
    /// The cohort, as the JSON of a cohort query. The rounds do not read it; sites do.
    public var cohort: String
    /// Variables by name: an attribute of the model (`condition.ageAtDiagnosis`), or a condition, which becomes 1, 0 or
    /// missing (`followUp.vitalStatus = dead`). A name that is not listed is an attribute.
    public var definitions: [String: String]
    /// Whether contributions are masked, so that the hub sees their sum alone.
    public var isMasked: Bool
    /// With fewer sites, nothing is computed.
    public var minimumSites: Int
    /// Seconds that a site has for each exchange.
    public var patience: Double
    /// The access request under whose permits it runs, where sites ask for one; each site has its own permit of it.
    public var request: String?
    /// For whom it is done: the person's id, as the hub vouches for it.
    public var holder: String
    /// What for, in the words of article 53 (1) of Regulation (EU) 2025/327: `scientific-research`.
    public var purpose: String
    /// The data sets that are looked at, by name; everything that the site holds where it is empty.
    public var dataSets: [String]

    public init(
        computation: String, plan: String, cohort: String, definitions: [String: String] = [:], isMasked: Bool = true,
        minimumSites: Int = 2, patience: Double = 60, request: String? = nil, holder: String = "",
        purpose: String = "scientific-research", dataSets: [String] = []
    ) {
        self.computation = computation
        self.plan = plan
        self.cohort = cohort
        self.definitions = definitions
        self.isMasked = isMasked
        self.minimumSites = minimumSites
        self.patience = patience
        self.request = request
        self.holder = holder
        self.purpose = purpose
        self.dataSets = dataSets
    }

    /// Whether a variable is the site itself: `site`, where the plan does not say otherwise. Each site has one level of
    /// it, its own name, as for `strata(site)`.
    public static func isSite(_ variable: String, in plan: RunPlan) -> Bool {
        variable == "site" && plan.definitions[variable] == nil
    }

    /// The computation, where the plan can be used at all.
    public func checked() throws(RoundsError) -> AnyComputation {
        let bytes =
            plan.utf8.count + cohort.utf8.count + purpose.utf8.count + (request?.utf8.count ?? 0)
            + dataSets.reduce(0) { $0 + $1.utf8.count }
            + definitions.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        guard bytes <= Self.maximumBytes, definitions.count <= Self.maximumDefinitions else {
            throw .plan("it is longer than \(Self.maximumBytes) bytes")
        }
        guard patience.isFinite, patience > 0, patience <= 86_400 else {
            throw .plan("`patience` is the time for each exchange, in seconds, up to a day")
        }
        guard (1...10_000).contains(minimumSites) else { throw .plan("`minimumSites` is at least 1") }
        let computation = try ComputationRegistry.computation(computation, plan: Array(plan.utf8))
        guard isMasked || !computation.needsMasking else {
            throw .plan(
                "\(self.computation) runs under secure aggregation only: one site's part of it can show single patients"
            )
        }
        return computation
    }
}
