import Cohort
public import Rounds
import Runtime

/// What a site lets be computed without a permit, from the section `analyses` of `node.yaml`. Nothing by default.
public struct AnalysisPolicy: Sendable, Equatable {
    /// The computations that any researcher of the federation may run, by name; empty: none.
    public var allowed: Set<String> = []
    /// Whether a run without secure aggregation may be answered, where its computation does not need masks.
    public var allowsUnmasked = false
    public var rules: DisclosureRules

    public init(threshold: Int) {
        rules = DisclosureRules(minimumCell: threshold, minimumRows: 10, minimumSites: 3, parametersPerRow: 0.33)
    }

    /// Reads the section; `threshold` is the site's disclosure threshold, below which no cell is shown.
    static func read(_ section: inout Settings, threshold: Int) throws(SettingsError) -> AnalysisPolicy {
        var policy = AnalysisPolicy(threshold: threshold)
        for name in try section.list("allow") ?? [] {
            if name == "all" {
                policy.allowed.formUnion(ComputationRegistry.names)
            } else if ComputationRegistry.names.contains(name) {
                policy.allowed.insert(name)
            } else {
                throw SettingsError(
                    "`analyses.allow` names \(name); there are all, \(ComputationRegistry.names.joined(separator: ", "))"
                )
            }
        }
        policy.allowsUnmasked = try section.flag("allow_unmasked") ?? false
        if let rows = try section.number("minimum_rows") {
            guard (1...1_000_000).contains(rows) else { throw SettingsError("`analyses.minimum_rows` is at least 1") }
            policy.rules.minimumRows = rows
        }
        if let sites = try section.number("minimum_sites") {
            guard (2...10_000).contains(sites) else {
                throw SettingsError(
                    "`analyses.minimum_sites` is at least 2: the sum of one site would be that site's own")
            }
            policy.rules.minimumSites = sites
        }
        return policy
    }
}
