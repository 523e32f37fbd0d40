/// A question of Lens, the front end of EUCAIM's explorer, in terms of this model.
///
/// Nothing is dropped: a criterion that cannot be asked here makes the whole question an error that names it, and one that
/// is asked only nearly is among the ``reports``.
public struct LensQuery: Sendable, Equatable {
    /// The name that the front end gave the question.
    public let id: String?
    public let query: CohortQuery
    /// Each criterion in the front end's words, with what became of it: applied, or approximated and how.
    public let reports: [ConditionReport]

    /// Reads a question as the front end sends it: base64 or JSON, wrapped or the tree alone.
    public init(_ bytes: [UInt8], facets: [String] = CohortFacet.standardNames) throws(LensError) {
        let (value, id) = try LensDocument.unwrap(bytes)
        let tree = try LensTree(value)
        var translation = LensTranslation()
        let condition = try translation.root(tree)
        let refused = translation.reports.filter { $0.status == .unsupported }
        guard refused.isEmpty else { throw .unsupported(refused) }
        let query = CohortQuery(condition: condition, facets: facets)
        do {
            try query.condition.requireLimits()
        } catch {
            throw .malformed(error.message)
        }
        self.id = id
        self.query = query
        reports = translation.reports
    }
}

/// Why a question of Lens is not answered.
public enum LensError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It is no question.
    case malformed(String)
    /// It has criteria that cannot be asked here.
    case unsupported([ConditionReport])

    public var description: String {
        switch self {
        case .malformed(let sentence): sentence
        case .unsupported(let reports):
            reports.map { report in report.reason.map { "\(report.text): \($0)" } ?? report.text }
                .joined(separator: "; ")
        }
    }
}
