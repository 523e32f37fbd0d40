public import Cohort

extension Index {
    /// Answers a question under the site's rule, without keeping a thread of Swift's tasks from other work.
    ///
    /// - Parameter deadline: when to give up, with ``IndexError/tookTooLong``: also while waiting for its turn, since two
    ///   questions are counted at once.
    public func answer(
        _ query: CohortQuery, answerable: Set<String>, rule: DisclosureRule, until deadline: ContinuousClock.Instant?
    ) async throws(IndexError) -> SiteAnswer {
        try await counting { index throws(IndexError) in
            try index.answer(query, answerable: answerable, rule: rule, until: deadline)
        }
    }

    /// Runs something that counts, such as ``card(title:description:answerable:rule:)``, on one of the threads kept for it.
    public func counting<Value: Sendable>(
        _ body: @escaping @Sendable (Index) throws(IndexError) -> Value
    ) async throws(IndexError) -> Value {
        let result = await threads.run { () -> Result<Value, IndexError> in
            do throws(IndexError) { return .success(try body(self)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
