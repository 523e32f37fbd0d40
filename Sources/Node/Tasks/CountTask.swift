import Catalogue
import Cohort
import Federation
import FoundationEssentials

/// Answers a question of the federation: counts at this site, under this site's disclosure rule.
///
/// The one place where true numbers become an answer: they come out of the index, pass the rule
/// and the comparison with what the asker was told before, and are gone.
struct CountTask: Sendable {
    let index: Index
    let configuration: NodeConfiguration
    let disclosure: DisclosureGuard

    /// A question that takes longer at this site is given up, so that one caller cannot keep the node busy.
    private static let longest = Duration.seconds(30)

    /// The answer to a question in its JSON form, in JSON.
    func answer(_ payload: [UInt8], for asker: Asker) async throws -> [UInt8] {
        let started = ContinuousClock.now
        var answer: SiteAnswer
        do {
            answer = try await self.answer(
                to: try CohortQuery(json: payload), for: asker, until: started.advanced(by: Self.longest))
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

    private func answer(
        to query: CohortQuery, for asker: Asker, until deadline: ContinuousClock.Instant
    ) async throws -> SiteAnswer {
        let token = try index.changeToken()
        if await disclosure.needsSite(of: token), case .counted(let site, _) = try await count(.everything) {
            await disclosure.publish(site, of: token)
        }
        if let told = await disclosure.repeated(query, for: asker, in: token) { return told }
        switch try await count(query, until: deadline) {
        case .cannotApply(let answer): return answer
        case .counted(let cohort, let withheld):
            return try await disclosure.answer(query, for: asker, cohort, withheldFacets: withheld, in: token)
        }
    }

    /// The data set's card: the answer to the question for everything, with what the site says of itself.
    func card() async throws -> DataSetCard {
        let configuration = configuration
        let answer: SiteAnswer
        switch try await count(.everything) {
        case .counted(let site, _): answer = await disclosure.card(site)
        case .cannotApply(let refusal): answer = refusal
        }
        return try await index.counting { index throws(IndexError) in
            try index.card(
                title: configuration.title, description: configuration.summary, answerable: configuration.answerable,
                rule: configuration.disclosure, answer: answer)
        }
    }

    private func count(
        _ query: CohortQuery, until deadline: ContinuousClock.Instant? = nil
    ) async throws(IndexError) -> CountedQuestion {
        let configuration = configuration
        return try await index.counting { index throws(IndexError) in
            try index.cohort(
                query, answerable: configuration.answerable, rule: configuration.disclosure, until: deadline)
        }
    }
}
