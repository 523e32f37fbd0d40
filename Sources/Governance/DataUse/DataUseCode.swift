/// The terms of the Data Use Ontology (DUO) that data sets in this federation carry: the 23 of EUCAIM's list.
public enum DataUseCode: String, Sendable, Codable, CaseIterable {
    // Permissions: what the data may be used for.
    case noRestriction = "DUO:0000004"
    case generalResearchUse = "DUO:0000042"
    case healthResearch = "DUO:0000006"
    case diseaseSpecific = "DUO:0000007"
    case populationOriginsOnly = "DUO:0000011"
    // Modifiers: under what conditions.
    case researchSpecific = "DUO:0000012"
    case noGeneralMethods = "DUO:0000015"
    case geneticStudiesOnly = "DUO:0000016"
    case notForProfitNonCommercial = "DUO:0000018"
    case publicationRequired = "DUO:0000019"
    case collaborationRequired = "DUO:0000020"
    case ethicsApprovalRequired = "DUO:0000021"
    case geographicalRestriction = "DUO:0000022"
    case publicationMoratorium = "DUO:0000024"
    case timeLimit = "DUO:0000025"
    case userSpecific = "DUO:0000026"
    case projectSpecific = "DUO:0000027"
    case institutionSpecific = "DUO:0000028"
    case returnToDatabase = "DUO:0000029"
    case clinicalCare = "DUO:0000043"
    case populationOriginsProhibited = "DUO:0000044"
    case notForProfitOrganisation = "DUO:0000045"
    case nonCommercialUse = "DUO:0000046"

    /// What a term needs beside its code.
    public enum Parameter: String, Sendable, Equatable {
        case none
        /// MONDO identifiers, as in `MONDO:0007254`.
        case diseases
        /// ISO 3166-1 alpha-2 codes.
        case countries
        /// A day, as in `2027-03-31`.
        case day
        /// Names of people, projects or institutions.
        case names
        /// The restriction in words.
        case words
    }

    public var parameter: Parameter {
        switch self {
        case .diseaseSpecific: .diseases
        case .geographicalRestriction: .countries
        case .publicationMoratorium, .timeLimit: .day
        case .userSpecific, .projectSpecific, .institutionSpecific: .names
        case .researchSpecific: .words
        default: .none
        }
    }

    /// The abbreviation that DUO gives it.
    public var abbreviation: String {
        switch self {
        case .noRestriction: "NRES"
        case .generalResearchUse: "GRU"
        case .healthResearch: "HMB"
        case .diseaseSpecific: "DS"
        case .populationOriginsOnly: "POA"
        case .researchSpecific: "RS"
        case .noGeneralMethods: "NMDS"
        case .geneticStudiesOnly: "GSO"
        case .notForProfitNonCommercial: "NPUNCU"
        case .publicationRequired: "PUB"
        case .collaborationRequired: "COL"
        case .ethicsApprovalRequired: "IRB"
        case .geographicalRestriction: "GS"
        case .publicationMoratorium: "MOR"
        case .timeLimit: "TS"
        case .userSpecific: "US"
        case .projectSpecific: "PS"
        case .institutionSpecific: "IS"
        case .returnToDatabase: "RTN"
        case .clinicalCare: "CC"
        case .populationOriginsProhibited: "NPOA"
        case .notForProfitOrganisation: "NPU"
        case .nonCommercialUse: "NCU"
        }
    }

    public var label: String {
        switch self {
        case .noRestriction: "no restriction"
        case .generalResearchUse: "general research use"
        case .healthResearch: "health, medical or biomedical research"
        case .diseaseSpecific: "research on certain diseases"
        case .populationOriginsOnly: "population origins or ancestry research only"
        case .researchSpecific: "restricted to certain research"
        case .noGeneralMethods: "no development of general methods"
        case .geneticStudiesOnly: "genetic studies only"
        case .notForProfitNonCommercial: "not-for-profit organisations, non-commercial use only"
        case .publicationRequired: "publication required"
        case .collaborationRequired: "collaboration required"
        case .ethicsApprovalRequired: "ethics approval required"
        case .geographicalRestriction: "in certain countries only"
        case .publicationMoratorium: "no publication before a day"
        case .timeLimit: "use until a day"
        case .userSpecific: "certain users only"
        case .projectSpecific: "certain projects only"
        case .institutionSpecific: "certain institutions only"
        case .returnToDatabase: "results go back to the data holder"
        case .clinicalCare: "clinical care allowed"
        case .populationOriginsProhibited: "no population origins or ancestry research"
        case .notForProfitOrganisation: "not-for-profit organisations only"
        case .nonCommercialUse: "non-commercial use only"
        }
    }

    /// Whether it says what the data may be used for. All others say under what conditions.
    public var isPermission: Bool {
        switch self {
        case .noRestriction, .generalResearchUse, .healthResearch, .diseaseSpecific, .populationOriginsOnly: true
        default: false
        }
    }
}
