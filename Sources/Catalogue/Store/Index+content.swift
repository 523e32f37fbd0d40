import Cohort
import GRDB
import Synchronization

extension Index {
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
    ) throws(IndexError) -> ContentMemory.Site {
        let known = memory.withLock { $0.token == content.token ? $0.site : nil }
        if let known, facets.allSatisfy({ known.facets[$0] != nil }) { return known }
        let everything = try Selection(.everything, in: content, until: deadline)
        var site = known ?? ContentMemory.Site(counts: everything.counts, facets: [:])
        for facet in facets.compactMap(CohortFacet.find) where site.facets[facet.name] == nil {
            site.facets[facet.name] = everything.numbers(by: facet).mapValues(\.count)
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
