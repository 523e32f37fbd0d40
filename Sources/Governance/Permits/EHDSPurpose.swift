/// What data may be used for in the words of the European Health Data Space: the purposes of article 53 (1) of
/// Regulation (EU) 2025/327. What is none of them cannot be permitted; article 54 forbids the rest.
public enum EHDSPurpose: String, Sendable, Codable, CaseIterable, Comparable {
    /// (a) The public interest in the areas of public or occupational health.
    case publicHealth = "public-health"
    /// (b) Policy making and regulatory activities.
    case policyMaking = "policy-making"
    /// (c) Statistics of official producers.
    case officialStatistics = "official-statistics"
    /// (d) Education and teaching in health and care at vocational or higher level.
    case education
    /// (e) Scientific research related to health or care.
    case scientificResearch = "scientific-research"
    /// (e) (i) Development and innovation for products or services.
    case innovation
    /// (e) (ii) Training, testing and evaluation of algorithms, in devices, AI systems and digital health applications.
    case algorithms
    /// (f) Improving the delivery of care, optimising treatment, providing care, based on the data of others.
    case careImprovement = "care-improvement"

    /// The point of article 53 (1).
    public var article: String {
        switch self {
        case .publicHealth: "53(1)(a)"
        case .policyMaking: "53(1)(b)"
        case .officialStatistics: "53(1)(c)"
        case .education: "53(1)(d)"
        case .scientificResearch: "53(1)(e)"
        case .innovation: "53(1)(e)(i)"
        case .algorithms: "53(1)(e)(ii)"
        case .careImprovement: "53(1)(f)"
        }
    }

    public var words: String {
        switch self {
        case .publicHealth: "the public interest in public or occupational health"
        case .policyMaking: "policy making and regulatory activities"
        case .officialStatistics: "official statistics"
        case .education: "education and teaching in health or care"
        case .scientificResearch: "scientific research related to health or care"
        case .innovation: "development and innovation for products or services"
        case .algorithms: "training, testing and evaluation of algorithms"
        case .careImprovement: "improving the delivery of care"
        }
    }

    public static func < (one: EHDSPurpose, other: EHDSPurpose) -> Bool { one.rawValue < other.rawValue }
}
