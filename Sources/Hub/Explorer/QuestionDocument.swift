public import Cohort
public import FoundationEssentials

/// A question as the programming interface shows it.
public struct QuestionDocument: Codable, Sendable, Equatable {
    public var id: String
    /// The question in its canonical text form.
    public var text: String
    public var query: CohortQuery
    public var asked: Date
    public var expires: Date
    /// Whether everything that could be expected has come.
    public var isDone: Bool
    public var results: [SiteResult]
    public var total: FederationTotal
    public var facets: [FacetTotal]

    public init(_ question: Question) {
        id = question.id
        text = question.text
        query = question.query
        asked = question.asked
        expires = question.expires
        isDone = question.isDone
        results = question.results
        total = question.total
        facets = FacetTotal.complete(question.results.compactMap(\.answer))
    }
}

/// A facet summed over sites.
public struct FacetTotal: Codable, Sendable, Equatable {
    /// Patients with one value.
    public struct Cell: Codable, Sendable, Equatable {
        public var value: String
        public var label: String
        public var patients: CountRange
    }

    public var name: String
    public var label: String
    /// Most patients first; age bands in their order.
    public var cells: [Cell]

    /// Sums the facets of several sites' answers, value by value.
    public static func sum(_ answers: [SiteAnswer]) -> [FacetTotal] {
        var order: [String] = []
        var totals: [String: FacetTotal] = [:]
        for facet in answers.flatMap(\.facets) {
            if totals[facet.name] == nil { order.append(facet.name) }
            var total = totals[facet.name] ?? FacetTotal(name: facet.name, label: facet.label, cells: [])
            for cell in facet.cells {
                if let place = total.cells.firstIndex(where: { $0.value == cell.value }) {
                    total.cells[place].patients = total.cells[place].patients + CountRange(cell.patients)
                } else {
                    total.cells.append(Cell(value: cell.value, label: cell.label, patients: CountRange(cell.patients)))
                }
            }
            totals[facet.name] = total
        }
        return order.compactMap { totals[$0] }.map { total in
            var total = total
            if total.name == "ageBand" {
                total.cells.sort { agePlace($0.value) < agePlace($1.value) }
            } else {
                total.cells.sort { ($1.patients.low, $0.value) < ($0.patients.low, $1.value) }
            }
            return total
        }
    }
}

/// Youngest first; what is no age band comes last.
private func agePlace(_ band: String) -> Int {
    AgeBand.all.firstIndex(of: band) ?? AgeBand.all.count
}

/// What the programming interface answers where it refuses.
public struct ErrorDocument: Codable, Sendable, Equatable {
    public struct Problem: Codable, Sendable, Equatable {
        /// A sentence for the person who asked.
        public var message: String
        /// Where in the text of a question, in characters from 0.
        public var position: Int?
        /// How many characters it concerns.
        public var length: Int?
        /// What may have been meant.
        public var suggestions: [String]
    }

    public var error: Problem

    public init(message: String, position: Int? = nil, length: Int? = nil, suggestions: [String] = []) {
        error = Problem(message: message, position: position, length: length, suggestions: suggestions)
    }

    init(_ error: QueryError) {
        self.init(
            message: error.message, position: error.position, length: error.position.map { _ in error.length },
            suggestions: error.suggestions)
    }
}
