public import Cohort
public import FoundationEssentials

/// A question that was asked of the federation, with what is known of its answer. Kept on disk: one file a question.
public struct Question: Codable, Sendable, Equatable {
    /// Names the question in links: 32 hexadecimal digits, not to be guessed.
    public let id: String
    public let query: CohortQuery
    /// The query in its canonical text form.
    public let text: String
    public let asked: Date
    /// After this moment no further answer is taken.
    public let expires: Date
    /// The message that carries the question.
    var message: String
    public internal(set) var results: [SiteResult]
    /// Whether everything that could be expected has come.
    public internal(set) var isDone: Bool
    /// What became of the criteria of another front end when they were turned into the query; nil where it was asked as
    /// it stands.
    var reports: [ConditionReport]?

    public var total: FederationTotal { FederationTotal(results) }

    /// Puts in a site's answer; one that is not waited for, or has come already, changes nothing.
    mutating func take(_ answer: Result<SiteAnswer, SiteFailure>, from site: String, after milliseconds: Double?)
        -> SiteResult?
    {
        guard let place = results.firstIndex(where: { $0.site.id == site }), results[place].state.isOpen else {
            return nil
        }
        results[place].milliseconds = milliseconds
        switch answer {
        case .success(let answer):
            results[place].answer = answer
            switch answer.outcome {
            case .counted:
                results[place].state = .answered
                results[place].reason = nil
            case .cannotApply:
                results[place].state = .cannotApply
                results[place].reason = answer.conditions.compactMap(\.refusal).joined(separator: "; ")
            }
        case .failure(let failure):
            results[place].state = .failed
            results[place].reason = failure.reason
        }
        return results[place]
    }

    /// Calls late every site that should have answered by now. Returns those that changed.
    mutating func losePatience() -> [SiteResult] {
        var changed: [SiteResult] = []
        for place in results.indices where results[place].state == .waiting {
            results[place].state = .late
            results[place].reason = "no answer yet; one that comes before the question expires is added"
            changed.append(results[place])
        }
        return changed
    }
}

/// A site's message that is not an answer.
struct SiteFailure: Error, Equatable {
    var reason: String
}

extension ConditionReport {
    /// `sliceThickness <= 2 mm: this site does not record it`, or nil where the condition was applied, or nearly.
    var refusal: String? {
        guard status == .unsupported else { return nil }
        return reason.map { "\(text): \($0)" } ?? text
    }
}
