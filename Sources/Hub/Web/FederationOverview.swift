import Cohort

/// The federation as visitors see it.
struct FederationOverview: Sendable {
    var name: String
    var sites: [SiteOverview]
}

/// A site as visitors see it.
struct SiteOverview: Sendable {
    var id: String
    var name: String
    /// ISO 3166-1 alpha-2.
    var country: String
    var isOnline: Bool
    /// What the site says of its data set; nil before it has said anything.
    var card: DataSetCard?
}
