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
        let refused = Set(query.condition.comparisons.map(\.attribute.name)).subtracting(answerable)
        if !refused.isEmpty { return .cannotApply(query, refusing: refused, rule: rule) }
        let content = try content(until: deadline)
        let missing = content.missing(in: query.condition)
        if !missing.isEmpty { return .cannotApply(query, missing: missing, rule: rule) }
        let facets = query.facets.filter { name in
            CohortFacet.find(name).map { answerable.contains($0.attribute.name) } ?? false
        }
        let raw = try answer(CohortQuery(condition: query.condition, facets: facets), until: deadline)
        return .counted(query, raw, withheldFacets: query.facets.filter { !facets.contains($0) }, rule: rule)
    }

    /// Counts: true numbers, which stay at the site.
    public func answer(
        _ query: CohortQuery, until deadline: ContinuousClock.Instant? = nil
    ) throws(IndexError) -> RawAnswer {
        let content = try content(until: deadline)
        if let known = memory.withLock({ $0.token == content.token ? $0.answers[query] : nil }) { return known }
        let answer = try count(query, in: content, until: deadline)
        if AnswerMemory.remembers(query) { memory.withLock { $0.keep(answer, to: query, of: content.token) } }
        return answer
    }

    /// What the index holds now, in memory.
    func content(until deadline: ContinuousClock.Instant? = nil) throws(IndexError) -> IndexContent {
        try read { db in
            let token = try Self.changeToken(db)
            let known = memory.withLock { memory in
                memory.move(to: token)
                return memory.content
            }
            if let known { return known }
            let content = try Deadline.run(until: deadline, on: db) {
                try ContentLoader.load(db, token: token, until: deadline)
            }
            memory.withLock { $0.keep(content) }
            return content
        }
    }

    private func count(
        _ query: CohortQuery, in content: IndexContent, until deadline: ContinuousClock.Instant?
    ) throws(IndexError) -> RawAnswer {
        let selection = try Selection(query.condition, in: content, until: deadline)
        var patients: [String: [String: Int]] = [:]
        for facet in query.facets.compactMap(CohortFacet.find) {
            patients[facet.name] = selection.patients(by: facet)
        }
        return try answer(query, counts: selection.counts, patients: patients, in: content, until: deadline)
    }

    /// An answer from what was selected.
    ///
    /// - Parameter patients: by breakdown, then by value.
    func answer(
        _ query: CohortQuery, counts: Counts, patients: [String: [String: Int]], in content: IndexContent,
        until deadline: ContinuousClock.Instant?
    ) throws(IndexError) -> RawAnswer {
        let site = try site(content, facets: query.facets, until: deadline)
        let facets = query.facets.compactMap(CohortFacet.find).map { facet in
            let selected = patients[facet.name] ?? [:]
            // Values of the whole site: one that nobody in the cohort has is a cell of zero, not a missing cell.
            return RawFacet(
                name: facet.name,
                cells: (site.facets[facet.name] ?? [:]).map { value, everywhere in
                    RawFacet.Cell(value: value, patients: selected[value] ?? 0, everywhere: everywhere)
                }.sorted { $0.value < $1.value })
        }
        return RawAnswer(
            counts: counts, everything: site.counts, facets: facets,
            notRecorded: notRecorded(query.condition.comparisons.map(\.attribute), in: content))
    }

    /// What the whole site holds.
    private func site(
        _ content: IndexContent, facets: [String], until deadline: ContinuousClock.Instant?
    ) throws(IndexError) -> AnswerMemory.Site {
        let known = memory.withLock { $0.token == content.token ? $0.site : nil }
        if let known, facets.allSatisfy({ known.facets[$0] != nil }) { return known }
        let everything = try Selection(.everything, in: content, until: deadline)
        var site = known ?? AnswerMemory.Site(counts: everything.counts, facets: [:])
        for facet in facets.compactMap(CohortFacet.find) where site.facets[facet.name] == nil {
            site.facets[facet.name] = everything.patients(by: facet)
        }
        memory.withLock { $0.keep(site, of: content.token) }
        return site
    }

    /// Patients none of whose records has an attribute, for each of `attributes`.
    private func notRecorded(_ attributes: [CohortAttribute], in content: IndexContent) -> [String: Int] {
        let known = memory.withLock { $0.token == content.token ? $0.notRecorded : [:] }
        var counts: [String: Int] = [:]
        for attribute in Set(attributes) {
            counts[attribute.name] = known[attribute.name] ?? content.patientsWithout(attribute)
        }
        memory.withLock { $0.keep(notRecorded: counts, of: content.token) }
        return counts
    }
}
