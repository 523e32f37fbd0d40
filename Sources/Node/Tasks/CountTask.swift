import Catalogue
import Cohort
import FoundationEssentials

/// Answers a question of the federation: counts at this site, under this site's disclosure rule.
///
/// The one place where true numbers become an answer: they come out of the index, pass the rule, and are gone.
struct CountTask: Sendable {
    let index: Index
    let configuration: NodeConfiguration

    /// The answer to a question in its JSON form, in JSON.
    func answer(_ payload: [UInt8]) throws -> [UInt8] {
        let started = ContinuousClock.now
        var answer: SiteAnswer
        do {
            answer = try self.answer(to: try CohortQuery(json: payload))
        } catch let error as QueryError {
            // A question that this version does not understand, such as one about an attribute that came later: said, not
            // guessed at.
            answer = .cannotRead(error, rule: configuration.disclosure)
        }
        answer.milliseconds = started.duration(to: .now) / .milliseconds(1)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return [UInt8](try encoder.encode(answer))
    }

    func answer(to query: CohortQuery) throws -> SiteAnswer {
        try index.answer(query, answerable: configuration.answerable, rule: configuration.disclosure)
    }
}
