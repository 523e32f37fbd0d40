/// The computations that this version knows, by name: the same list at the hub and at every site.
public enum ComputationRegistry {
    typealias Maker = @Sendable (_ plan: [UInt8]) throws(RoundsError) -> AnyComputation
    typealias Writer = @Sendable (inout PlanArguments) throws(RoundsError) -> Plan

    /// What is known of one computation.
    struct Entry: Sendable {
        let name: String
        let version: Int
        let make: Maker
        /// Where it can be written as text.
        let written: Written?

        struct Written: Sendable {
            let synopsis: String
            let aliases: [String]
            let write: Writer
        }

        init<Computation: FederatedComputation>(_ type: Computation.Type) {
            name = Computation.name
            version = Computation.version
            make = { (plan) throws(RoundsError) in try AnyComputation(type, plan: plan) }
            written = nil
        }

        init<Computation: WrittenPlan>(written type: Computation.Type) {
            name = Computation.name
            version = Computation.version
            make = { (plan) throws(RoundsError) in try AnyComputation(type, plan: plan) }
            written = Written(synopsis: Computation.synopsis, aliases: Computation.aliases) {
                (arguments) throws(RoundsError) in
                let computation = try Computation(&arguments)
                try arguments.finish()
                return Plan(computation: Computation.name, json: try AnyComputation.write(computation))
            }
        }
    }

    /// One line a computation.
    static let entries: [Entry] = [
        Entry(written: RowCount.self),
        Entry(written: Describe.self),
        Entry(written: Quantiles.self),
        Entry(written: MissingReport.self),
        Entry(written: Histogram.self),
        Entry(written: CrossTable.self),
        Entry(written: TTest.self),
        Entry(written: AnalysisOfVariance.self),
        Entry(written: Correlation.self),
        Entry(written: GLM.self),
        Entry(written: ComBat.self),
        Entry(written: ROC.self),
        Entry(written: Calibration.self),
        // Survival
        Entry(written: KaplanMeier.self),
        Entry(written: CoxRegression.self),
        // Learning
        Entry(FederatedTraining.self),
    ]

    static let byName = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }

    /// Name and version of a computation, which name its code; nil where there is none of that name.
    public static func code(_ name: String) -> (name: String, version: String)? {
        byName[name].map { ($0.name, "\($0.version)") }
    }

    public static var names: [String] { byName.keys.sorted() }

    /// How each is written as text, in the order of the list.
    public static var synopses: [String] { entries.compactMap { $0.written?.synopsis } }

    /// A computation from its name and its plan's JSON.
    public static func computation(_ name: String, plan: [UInt8]) throws(RoundsError) -> AnyComputation {
        guard let entry = byName[name] else { throw unknown(name, among: names) }
        return try entry.make(plan)
    }

    /// A computation from a plan.
    public static func computation(_ plan: Plan) throws(RoundsError) -> AnyComputation {
        try computation(plan.computation, plan: plan.json)
    }

    /// What makes a plan of the arguments that stand behind a name, or behind one of its aliases.
    static func writer(_ name: String) throws(RoundsError) -> Writer {
        for entry in entries {
            if let written = entry.written, entry.name == name || written.aliases.contains(name) {
                return written.write
            }
        }
        throw unknown(name, among: entries.flatMap { entry in entry.written.map { [entry.name] + $0.aliases } ?? [] })
    }

    private static func unknown(_ name: String, among known: [String]) -> RoundsError {
        .plan(
            "there is no computation called \(name.prefix(40))" + NearestName.hint(name, among: known)
                + " (there are \(known.sorted().joined(separator: ", ")))")
    }
}
