import Catalogue
import Cohort
import Federation
import FoundationEssentials

/// Answers a question of the federation: counts at this site, under this site's disclosure rule.
///
/// The one place where true numbers become an answer: they come out of the index, pass the rule, and are gone.
struct CountTask: Sendable {
    let index: Index
    let configuration: NodeConfiguration

    /// A question that takes longer at this site is given up, so that one caller cannot keep the node busy.
    private static let longest = Duration.seconds(30)

    /// The answer to a question in its JSON form, in JSON.
    func answer(_ payload: [UInt8]) async throws -> [UInt8] {
        let started = ContinuousClock.now
        var answer: SiteAnswer
        do {
            answer = try await self.answer(
                to: try CohortQuery(json: payload), until: started.advanced(by: Self.longest))
        } catch let error as QueryError {
            // A question that this version does not understand, such as one about an attribute that came later: said, not
            // guessed at.
            answer = .cannotRead(error, rule: configuration.disclosure)
        } catch IndexError.tookTooLong {
            throw TaskFailure("\(IndexError.tookTooLong)")
        }
        answer.milliseconds = started.duration(to: .now) / .milliseconds(1)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return [UInt8](try encoder.encode(answer))
    }

    private func answer(to query: CohortQuery, until deadline: ContinuousClock.Instant) async throws -> SiteAnswer {
        try await index.answer(
            query, answerable: configuration.answerable, rule: configuration.disclosure, until: deadline)
    }
}
