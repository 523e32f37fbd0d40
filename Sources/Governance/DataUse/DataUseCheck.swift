/// What the terms of a data set say to a purpose.
public enum DataUseOutcome: String, Sendable, Codable, CaseIterable, Comparable {
    case allowed
    /// Nothing speaks against it, and a person must look: an answer is missing, or words have to be understood.
    case needsPerson
    case refused

    private var rank: Int {
        switch self {
        case .allowed: 0
        case .needsPerson: 1
        case .refused: 2
        }
    }

    public static func < (one: DataUseOutcome, other: DataUseOutcome) -> Bool { one.rank < other.rank }
}

/// What one term says, and why in words.
public struct DataUseFinding: Sendable, Equatable {
    /// nil for what is about the terms as a whole.
    public var term: DataUseTerm?
    public var outcome: DataUseOutcome
    public var reason: String

    public init(term: DataUseTerm?, outcome: DataUseOutcome, reason: String) {
        self.term = term
        self.outcome = outcome
        self.reason = reason
    }
}

/// The check of a data set's terms against a purpose. It decides nothing alone: a committee sees it and may know better.
public struct DataUseCheck: Sendable, Equatable {
    /// The strictest finding.
    public var outcome: DataUseOutcome
    public var findings: [DataUseFinding]

    public init(_ terms: [DataUseTerm], for purpose: DataUsePurpose) {
        var findings = terms.map { Self.finding($0, purpose) }
        if !terms.contains(where: \.code.isPermission) {
            findings.insert(
                DataUseFinding(
                    term: nil, outcome: .needsPerson,
                    reason: terms.isEmpty
                        ? "The data set states no terms of use."
                        : "The data set's terms do not say what it may be used for, only under what conditions."), at: 0
            )
        }
        // Clinical care is allowed where the terms say so, whatever else they allow, and nowhere else.
        if purpose.kinds.contains(.clinicalCare),
            !terms.contains(where: { $0.code == .clinicalCare || $0.code == .noRestriction })
        {
            findings.append(
                DataUseFinding(
                    term: nil, outcome: .refused, reason: "The terms do not allow use in the care of patients."))
        }
        self.findings = findings
        outcome = findings.map(\.outcome).max() ?? .needsPerson
    }

    private static func finding(_ term: DataUseTerm, _ purpose: DataUsePurpose) -> DataUseFinding {
        let (outcome, reason) = term.code.isPermission ? permission(term, purpose) : modifier(term, purpose)
        return DataUseFinding(term: term, outcome: outcome, reason: reason)
    }
}
