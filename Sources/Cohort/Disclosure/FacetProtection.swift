/// What may be shown of one breakdown.
///
/// A cell hides where it is small, and where it nearly fills what is known to hold it: the whole cohort, or the site's
/// patients with that value (a difference is a cell, too). A hidden cell must not come out of a sum either: where the
/// values of a facet add up to the total, further cells hide until none can be worked out. A patient may be in several
/// cells; the sums are guarded all the same, since nobody outside can tell that nobody is.
struct FacetProtection {
    let facet: CohortFacet
    /// The cells to show, each with the highest number that anyone outside can tell for it.
    private let shown: [(value: String, count: ProtectedCount)]

    /// - Parameters:
    ///   - all: patients of the site.
    ///   - patients: what is shown of the cohort's patients.
    ///   - implied: the one value that the question itself leaves.
    init(
        rule: DisclosureRule, facet: CohortFacet, raw: RawFacet, all: Int, patients: ProtectedCount,
        isEverything: Bool, implied: String?
    ) {
        self.facet = facet
        let cells = Self.listed(raw, facet, rule)
        if rule.threshold <= 1 {
            shown = cells.map { ($0.value, .exact($0.patients)) }
            return
        }
        if let implied {
            shown = cells.map {
                ($0.value, $0.value.lowercased() == implied.lowercased() ? patients : .fewerThan(rule.threshold))
            }
            return
        }
        let form: CellProtection.Form =
            facet.attribute.entity == .patient ? .partition : facet.values == nil ? .loose : .cover
        let site = CellProtection(
            threshold: rule.threshold, total: all, site: all, isCard: true, form: form,
            cells: cells.map {
                .init(patients: $0.everywhere, everywhere: $0.everywhere, upper: all, isOnCard: false)
            })
        let counts: [ProtectedCount]
        switch patients {
        case _ where isEverything: counts = site.shown
        case .fewerThan: counts = cells.map { _ in patients }
        case .moreThan: counts = cells.indices.map { Self.ofNearlyAll(cells[$0], site, $0, rule.threshold) }
        case .exact(let number), .about(let number, _):
            counts =
                CellProtection(
                    threshold: rule.threshold, total: number, site: all, isCard: false, form: form,
                    cells: cells.indices.map { place in
                        .init(
                            patients: cells[place].patients, everywhere: cells[place].everywhere,
                            upper: site.uppers[place], isOnCard: site.shown[place].exactly != nil)
                    }
                ).shown
        }
        shown = zip(cells, counts).map { ($0.value, $1) }
    }

    /// A cell of a cohort that is nearly all of the site. Its total is hidden, so no cell is shown that adds up to it:
    /// only the card's bounds, and whether it is nearly all that the card shows.
    private static func ofNearlyAll(
        _ cell: RawFacet.Cell, _ site: CellProtection, _ place: Int, _ threshold: Int
    ) -> ProtectedCount {
        guard let everywhere = site.shown[place].exactly else { return .fewerThan(site.uppers[place] + 1) }
        let least = Smallness.threshold(threshold, within: everywhere)
        guard everywhere > least, everywhere - cell.patients < least else { return .fewerThan(everywhere + 1) }
        return .moreThan(everywhere - least)
    }

    /// The values that are listed: all of a known set, otherwise those that enough patients of the site have; and what
    /// is not recorded. The list depends on the site alone, so that it tells nothing of the cohort.
    private static func listed(_ raw: RawFacet, _ facet: CohortFacet, _ rule: DisclosureRule) -> [RawFacet.Cell] {
        let byValue = Dictionary(raw.cells.map { ($0.value, $0) }) { first, _ in first }
        let values = facet.values ?? common(raw, rule)
        return (values + [CohortFacet.notRecorded]).map {
            byValue[$0] ?? RawFacet.Cell(value: $0, patients: 0, everywhere: 0)
        }
    }

    /// The values that enough patients of the site have, the most frequent of them where they are too many to send.
    private static func common(_ raw: RawFacet, _ rule: DisclosureRule) -> [String] {
        let cells = raw.cells.filter {
            $0.everywhere >= rule.threshold && $0.value != CohortFacet.notRecorded
                && $0.value.utf8.count <= AnswerLimits.nameBytes
        }
        guard cells.count >= AnswerLimits.cells else { return cells.map(\.value) }
        let frequent = cells.sorted { (-$0.everywhere, $0.value) < (-$1.everywhere, $1.value) }
        return frequent.prefix(AnswerLimits.cells - 1).map(\.value)
    }

    /// The breakdown as it is shown: known sets in their order, others with the most patients first.
    var result: Facet {
        let cells = shown.map { FacetCell(value: $0.value, label: facet.label(of: $0.value), patients: $0.count) }
        var result = Facet(name: facet.name, label: facet.label, cells: cells)
        if facet.values == nil { result.sortBySize() }
        return result
    }
}
