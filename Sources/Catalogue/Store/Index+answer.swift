public import Cohort
import GRDB
import Synchronization

extension Index {
    /// Answers a question under the site's rule.
    ///
    /// - Parameter answerable: the attributes that the site answers questions about, by name. A condition on another one
    ///   cannot be applied, and then nothing is counted.
    /// - Parameter deadline: when to give up, with ``IndexError/tookTooLong``.
    public func answer(
        _ query: CohortQuery, answerable: Set<String>, rule: DisclosureRule,
        until deadline: ContinuousClock.Instant? = nil
    ) throws(IndexError) -> SiteAnswer {
        let asked = query.condition.comparisons
        let refused = Set(asked.map(\.attribute).filter { !canAnswer($0, answerable) }.map(\.name))
        if !refused.isEmpty { return .cannotApply(query, refusing: refused, rule: rule) }
        let facets = query.facets.filter { name in
            CohortFacet.find(name).map { canAnswer($0.attribute, answerable) } ?? false
        }
        let raw = try answer(CohortQuery(condition: query.condition, facets: facets), until: deadline)
        return .counted(query, raw, withheldFacets: query.facets.filter { !facets.contains($0) }, rule: rule)
    }

    /// Counts: true numbers, which stay at the site.
    public func answer(
        _ query: CohortQuery, until deadline: ContinuousClock.Instant? = nil
    ) throws(IndexError) -> RawAnswer {
        try read { db in
            let token = try Self.changeToken(db)
            let known = memory.withLock { memory in
                memory.move(to: token)
                return memory.answers[query]
            }
            if let known { return known }
            let answer = try Deadline.run(until: deadline, on: db) { try count(query, in: db, at: token) }
            if AnswerMemory.remembers(query) { memory.withLock { $0.keep(answer, to: query, of: token) } }
            return answer
        }
    }

    private func canAnswer(_ attribute: CohortAttribute, _ answerable: Set<String>) -> Bool {
        answerable.contains(attribute.name) && SeriesColumns.column(of: attribute) != nil
    }

    private func count(_ query: CohortQuery, in db: Database, at token: Int64) throws -> RawAnswer {
        let site = try site(in: db, at: token)
        let counted =
            query.condition == .everything
            ? (counts: site.counts, facets: site.facets)
            : try Counting.count(query.condition, facets: query.facets, in: db)
        let facets = query.facets.map { name in
            // Values of the whole site: one that nobody in the cohort has is a cell of zero, not a missing cell.
            RawFacet(
                name: name,
                cells: (site.facets[name] ?? [:]).map { value, everywhere in
                    RawFacet.Cell(value: value, patients: counted.facets[name]?[value] ?? 0, everywhere: everywhere)
                }.sorted { $0.value < $1.value })
        }
        return RawAnswer(
            counts: counted.counts, everything: site.counts, facets: facets,
            notRecorded: try notRecorded(query.condition.comparisons.map(\.attribute), in: db, at: token))
    }

    /// What the whole site holds.
    private func site(in db: Database, at token: Int64) throws -> AnswerMemory.Site {
        if let known = memory.withLock({ $0.token == token ? $0.site : nil }) { return known }
        let (counts, facets) = try Counting.count(.everything, facets: CohortFacet.standardNames, in: db)
        let site = AnswerMemory.Site(counts: counts, facets: facets)
        memory.withLock { $0.keep(site, of: token) }
        return site
    }

    /// Patients none of whose series record an attribute, for each of `attributes`.
    private func notRecorded(
        _ attributes: [CohortAttribute], in db: Database, at token: Int64
    ) throws -> [String: Int] {
        let wanted = Set(attributes)
        var known = memory.withLock { $0.token == token ? $0.notRecorded : [:] }
        let missing = wanted.filter { known[$0.name] == nil }
        if !missing.isEmpty {
            let counts = try Counting.notRecorded(missing.sorted { $0.name < $1.name }, in: db)
            memory.withLock { $0.keep(notRecorded: counts, of: token) }
            known.merge(counts) { $1 }
        }
        return known.filter { name, _ in wanted.contains { $0.name == name } }
    }
}
