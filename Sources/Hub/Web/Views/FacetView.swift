import Cohort

/// Patients by the values of one attribute, as bars.
struct FacetView {
    struct Cell {
        var label: String
        var count: String
        /// The part of the bar that is certain, and the part that hidden numbers may add: per cent, to a tenth.
        var sure: String
        var maybe: String
        /// The condition that this value is, and the question that it leads to.
        var condition: String
        var href: String

        static let blank = Cell(label: "", count: "", sure: "0", maybe: "0", condition: "", href: "/")
    }

    struct More {
        var cells: [Cell]
    }

    var name: String
    var label: String
    var cells: [Cell]
    /// What is behind “… more”.
    var more: More?
    var moreLabel: String

    static let blank = FacetView(name: "", label: "", cells: [], more: More(cells: []), moreLabel: "")

    private init(name: String, label: String, cells: [Cell], more: More?, moreLabel: String) {
        self.name = name
        self.label = label
        self.cells = cells
        self.more = more
        self.moreLabel = moreLabel
    }

    /// So many bars stand before “… more”.
    static let shown = 8

    /// - Parameter question: what was asked, and how it was written; a bar's link narrows it.
    init(_ total: FacetTotal, within question: CohortQuery, _ text: String) {
        name = total.name
        label = total.label
        let facet = CohortFacet.find(total.name)
        // What is not recorded is no value among the others: it stands last.
        let sorted =
            total.cells.filter { $0.value != CohortFacet.notRecorded }
            + total.cells.filter { $0.value == CohortFacet.notRecorded }
        let most = max(1, sorted.map { Self.reach($0.patients) }.max() ?? 1)
        let all = sorted.map { cell in
            let condition = facet?.condition(selecting: cell.value)
            return Cell(
                label: Self.label(cell, of: total), count: CountText.text(cell.patients),
                sure: Self.percent(cell.patients.low, of: most),
                maybe: Self.percent(Self.reach(cell.patients) - cell.patients.low, of: most),
                condition: condition.flatMap { facet?.text($0) } ?? "",
                href: facet.flatMap { facet in condition.map { WebLink.question(facet.narrow(question, text, by: $0)) }
                } ?? "#facets")
        }
        cells = facet?.values != nil ? all : Array(all.prefix(Self.shown))
        let rest = Array(all.dropFirst(cells.count))
        more = rest.isEmpty ? nil : More(cells: rest)
        moreLabel = "\(rest.count) more"
    }

    /// Radiologists read codes of modalities; everybody else their names.
    private static func label(_ cell: FacetTotal.Cell, of total: FacetTotal) -> String {
        total.name == "modality" && cell.label != cell.value && cell.value != CohortFacet.notRecorded
            ? "\(cell.value) · \(cell.label)" : cell.label
    }

    /// Where the bar ends. A number without an upper bound gets a short end that says so.
    private static func reach(_ range: CountRange) -> Int {
        range.high ?? (range.low > .max / 2 ? .max : range.low + max(1, range.low / 12))
    }

    private static func percent(_ part: Int, of whole: Int) -> String {
        let tenths = Int((Double(max(0, min(part, whole))) / Double(whole) * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension CohortFacet {
    /// A condition that selects one of its cells, as people write it.
    func text(_ condition: Condition) -> String { attribute.shortened(CohortQuery(condition: condition).text) }

    /// A question and one more condition. What was written stays as it was written, where that is possible.
    func narrow(_ question: CohortQuery, _ text: String, by condition: Condition) -> String {
        guard question.facets == CohortFacet.standardNames else {
            return CohortQuery(condition: .all([question.condition, condition]), facets: question.facets).text
        }
        return switch question.condition {
        case .all([]): self.text(condition)
        case .any: "(\(text)) and \(self.text(condition))"
        case .all, .not, .test, .has: "\(text) and \(self.text(condition))"
        }
    }
}
