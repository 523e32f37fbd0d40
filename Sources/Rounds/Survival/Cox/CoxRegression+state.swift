extension CoxRegression {
    /// Where a run stands: what the sites need for the next round, and what the hub has found so far.
    public struct State: Codable, Sendable {
        enum Stage: String, Codable, Sendable {
            /// Counts and means; the first search for event times.
            case totals
            /// The spread around the means; the search goes on.
            case spread
            case search
            case newton
            case concordance
        }

        var stage = Stage.totals
        let design: Design
        /// Nil where each site has its own times.
        var search: EventSearch?
        var exclusions: Exclusions?
        var scaling: CoxScaling?
        /// Σ w·x over the events (in scaled covariates), then Σ w·offset.
        var eventSums: [Double] = []
        /// Σ w over the events of each cell; empty without weights.
        var eventWeights: [Double] = []
        /// The transformed time at each event time, for the test of proportional hazards.
        var transformed: [Double] = []
        var newton: NewtonSearch?
        var fit: CoxFit?
        var pairs: ConcordanceSearch?

        init(design: Design, search: EventSearch?) {
            self.design = design
            self.search = search
        }

        /// The names of the covariates: the design's columns without the intercept.
        var covariates: [String] {
            design.names.enumerated().filter { $0.offset != design.intercept }.map(\.element)
        }

        /// The cells that risk sets are summed in.
        var cells: CoxCells { CoxCells(search?.found ?? [], strata: design.strata.count) }
    }
}

/// Means and spreads over all sites: covariates are centred and scaled by them before anything is summed, so that sums are
/// of order one whatever the units are.
struct CoxScaling: Codable, Sendable, Equatable {
    var means: [Double]
    var scales: [Double]
    var offsetMean: Double
}
