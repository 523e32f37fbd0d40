public import Cohort
public import Federation
import FoundationEssentials
import Runtime

/// A data permit (Regulation (EU) 2025/327, article 68) for one site: who may do what there, with what, until when.
///
/// It says nothing of itself: only with the signatures of members of the site's own committee, checked at the site
/// against the site's own list, is it worth anything (``SignedPermit``). Its lists are sorted and without repetition, so
/// that equal permits have equal bytes.
public struct Permit: Sendable, Hashable {
    /// The version of this format. A later one may hold a restriction that this one does not know, so it is refused.
    public static let version = 1

    public let id: PermitID
    /// SHA-256 of the authority's certificate: a permit of one federation means nothing in another.
    public let federation: String
    public let site: SiteID
    /// The access request that was granted.
    public let request: String
    /// The data users.
    public let holders: [PermitHolder]
    /// The party that brings their tasks and vouches for who they are: as a rule the hub.
    public let asker: SiteID
    public let purposes: [EHDSPurpose]
    /// The data sets at this site, by identifier.
    public let dataSets: [String]
    /// Whose data; nil for everybody in the data sets.
    public let cohort: CohortQuery?
    public let computations: [ComputationReference]
    public let outputs: [OutputKind]
    public let thresholds: PermitThresholds
    /// What answers may cost together; nil where no noise is asked for.
    public let budget: PrivacyBudget?
    public let placement: Placement
    /// The first moment at which it counts.
    public let from: PermitTime
    /// The first moment at which it no longer does.
    public let until: PermitTime
    /// How many members sign; the site may ask for more.
    public let signaturesNeeded: Int

    /// - Throws: ``PermitError`` where a list is empty or too long, a text is no plain text, or the times make no sense.
    public init(
        id: PermitID, federation: String, site: SiteID, request: String, holders: [PermitHolder], asker: SiteID,
        purposes: [EHDSPurpose], dataSets: [String], cohort: CohortQuery?, computations: [ComputationReference],
        outputs: [OutputKind], thresholds: PermitThresholds, budget: PrivacyBudget?, placement: Placement,
        from: PermitTime, until: PermitTime, signaturesNeeded: Int
    ) throws(PermitError) {
        self.id = id
        self.federation = federation
        self.site = site
        self.request = request
        self.holders = Self.sorted(holders)
        self.asker = asker
        self.purposes = Self.sorted(purposes)
        self.dataSets = Self.sorted(dataSets)
        self.cohort = cohort
        self.computations = Self.sorted(computations)
        self.outputs = Self.sorted(outputs)
        self.thresholds = thresholds
        self.budget = budget
        if case .alsoAt(let nodes) = placement {
            self.placement = nodes.isEmpty ? .here : .alsoAt(Self.sorted(nodes))
        } else {
            self.placement = .here
        }
        self.from = from
        self.until = until
        self.signaturesNeeded = signaturesNeeded
        try check()
    }

    private static func sorted<Element: Hashable & Comparable>(_ list: [Element]) -> [Element] { Set(list).sorted() }

    private func check() throws(PermitError) {
        try Self.require(holders.count, 1...PermitLimits.holders, "holders")
        guard Set(holders.map(\.person)).count == holders.count else {
            throw .content("a holder is named twice, with two keys")
        }
        try Self.require(purposes.count, 1...EHDSPurpose.allCases.count, "purposes")
        try Self.require(dataSets.count, 1...PermitLimits.dataSets, "data sets")
        try Self.require(computations.count, 1...PermitLimits.computations, "computations")
        try Self.require(outputs.count, 1...OutputKind.allCases.count, "kinds of output")
        if case .alsoAt(let nodes) = placement { try Self.require(nodes.count, 1...64, "compute nodes") }
        try Self.require(signaturesNeeded, 1...PermitLimits.signatures, "signatures needed")
        for text in [federation, request] + dataSets where !Self.isPlain(text) {
            throw .content("a name in it is empty, too long, or holds characters that do not print")
        }
        guard from < until else { throw .content("it ends before it begins") }
        guard until.seconds - from.seconds <= PermitLimits.longest else {
            throw .content("it lasts longer than ten years (Regulation (EU) 2025/327, article 68)")
        }
    }

    private static func require(_ count: Int, _ range: ClosedRange<Int>, _ what: String) throws(PermitError) {
        guard range.contains(count) else {
            throw .content("it has \(count) \(what); between \(range.lowerBound) and \(range.upperBound) are possible")
        }
    }

    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    }
}

/// A data user that a permit names.
public struct PermitHolder: Sendable, Hashable, Codable, Comparable {
    public let person: PersonID
    /// Their own Ed25519 key. Where there is one, each task needs their signature too: then not even the hub can ask in
    /// their name.
    public let key: VerifyingKey?

    public init(_ person: PersonID, key: VerifyingKey? = nil) {
        self.person = person
        self.key = key
    }

    public static func < (one: PermitHolder, other: PermitHolder) -> Bool {
        (one.person, one.key?.text ?? "") < (other.person, other.key?.text ?? "")
    }
}

/// How large a permit may be.
public enum PermitLimits {
    public static let holders = 200
    public static let dataSets = 200
    public static let computations = 500
    public static let signatures = 16
    /// Ten years in seconds, with the leap days in them: article 68.
    public static let longest: Int64 = 3653 * 86_400
    /// Bytes of the document.
    public static let bytes = 2 << 20
}
