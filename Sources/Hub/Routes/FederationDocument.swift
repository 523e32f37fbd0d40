public import Cohort
import Federation
import Runtime

/// The federation at a glance, as the programming interface shows it.
public struct FederationDocument: Codable, Sendable, Equatable {
    /// One site with what it says of its data set.
    public struct Site: Codable, Sendable, Equatable {
        public var id: String
        public var name: String
        /// ISO 3166-1 alpha-2.
        public var country: String
        public var isOnline: Bool
        /// nil until the site has described its data set.
        public var card: DataSetCard?
    }

    public var name: String
    public var sites: [Site]
    /// How many sites each country has.
    public var countries: [String: Int]
    /// Data sets that the sites have described.
    public var dataSets: Int
    /// What the data sets hold together.
    public var total: FederationTotal

    init(name: String, sites: [(SiteRecord, DataSetCard?)]) {
        self.name = name
        self.sites = sites.map { site, card in
            Site(
                id: site.id.description, name: site.name, country: site.country, isOnline: site.isOnline, card: card)
        }
        countries = Dictionary(self.sites.map { ($0.country, 1) }, uniquingKeysWith: +)
        let cards = sites.compactMap(\.1)
        dataSets = cards.reduce(0) { $0 + max(1, $1.dataSets.count) }
        total = FederationTotal()
        for card in cards { total.add(card.counts) }
        total.sitesAsked = sites.count
    }
}

/// An attribute that a question can name, as the programming interface shows it.
public struct AttributeDocument: Codable, Sendable, Equatable {
    public var name: String
    public var aliases: [String]
    public var label: String
    public var level: String
    public var kind: String
    public var unit: String?
    /// The usual values; empty where any text or number may stand.
    public var values: [Value]
    public var explanation: String
    /// Whether `<`, `>=`, `between` can be asked of it.
    public var isOrdered: Bool

    public struct Value: Codable, Sendable, Equatable {
        public var code: String
        public var label: String
    }

    /// Every attribute, in the order in which they are shown.
    public static let all = CohortModel.attributes.map { attribute in
        AttributeDocument(
            name: attribute.name, aliases: attribute.aliases, label: attribute.label, level: attribute.entity.rawValue,
            kind: attribute.kindName, unit: attribute.unit,
            values: attribute.knownValues.map { Value(code: $0.code, label: $0.label) },
            explanation: attribute.explanation, isOrdered: attribute.isOrdered)
    }
}
