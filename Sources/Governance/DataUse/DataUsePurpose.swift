/// What somebody wants data for, as far as terms of use ask.
///
/// Where an answer was not given the check says that a person must look, not that it is allowed.
public struct DataUsePurpose: Sendable, Equatable {
    /// What kind of work it is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Research on health, medicine or biology.
        case healthResearch
        /// Research on other questions.
        case otherResearch
        /// Research on populations' origins or ancestry.
        case populationOrigins
        /// Methods, software or algorithms that are meant to be of use beyond the disease studied.
        case methods
        /// The care of patients.
        case clinicalCare
        /// Policy, statistics, teaching, quality of care.
        case otherThanResearch
    }

    public var kinds: Set<Kind>
    /// MONDO identifiers of the diseases that are studied.
    public var diseases: Set<String>
    public var isGenetic: Bool?
    public var isCommercial: Bool?
    public var isNotForProfitOrganisation: Bool?
    /// ISO 3166-1 alpha-2 codes of where the people work who would use the data.
    public var countries: Set<String>
    public var hasEthicsApproval: Bool?
    public var willPublish: Bool?
    /// The first day on which results are to be published.
    public var publicationDay: Day?
    public var willCollaborate: Bool?
    public var willReturnResults: Bool?
    /// The last day of use.
    public var until: Day?
    /// Names of the people, the institutions and the project.
    public var people: Set<String>
    public var institutions: Set<String>
    public var project: String?

    public init(
        kinds: Set<Kind>, diseases: Set<String> = [], isGenetic: Bool? = nil, isCommercial: Bool? = nil,
        isNotForProfitOrganisation: Bool? = nil, countries: Set<String> = [], hasEthicsApproval: Bool? = nil,
        willPublish: Bool? = nil, publicationDay: Day? = nil, willCollaborate: Bool? = nil,
        willReturnResults: Bool? = nil, until: Day? = nil, people: Set<String> = [], institutions: Set<String> = [],
        project: String? = nil
    ) {
        self.kinds = kinds
        self.diseases = diseases
        self.isGenetic = isGenetic
        self.isCommercial = isCommercial
        self.isNotForProfitOrganisation = isNotForProfitOrganisation
        self.countries = countries
        self.hasEthicsApproval = hasEthicsApproval
        self.willPublish = willPublish
        self.publicationDay = publicationDay
        self.willCollaborate = willCollaborate
        self.willReturnResults = willReturnResults
        self.until = until
        self.people = people
        self.institutions = institutions
        self.project = project
    }
}
