import Cohort

/// What was worked out for one state of the content: dropped as soon as the content changes.
///
/// The same question gets the same answer without counting again.
struct AnswerMemory {
    /// What holds for the whole site, whatever is asked.
    struct Site {
        var counts: Counts
        /// Patients by value, by facet.
        var facets: [String: [String: Int]]
    }

    private(set) var token: Int64 = -1
    /// The tables in memory.
    private(set) var content: IndexContent?
    private(set) var site: Site?
    private(set) var notRecorded: [String: Int] = [:]
    private(set) var answers: [CohortQuery: RawAnswer] = [:]

    private static let mostAnswers = 512
    private static let largestQuery = 4096

    /// Whether answers to the question are kept: what people ask is short, and a thousand conditions are not worth the
    /// memory.
    static func remembers(_ query: CohortQuery) -> Bool { query.json().count <= largestQuery }

    /// Forgets everything that belongs to another state of the tables.
    mutating func move(to token: Int64) {
        guard token != self.token else { return }
        self = AnswerMemory()
        self.token = token
    }

    mutating func keep(_ content: IndexContent) {
        if content.token == token { self.content = content }
    }

    mutating func keep(_ site: Site, of token: Int64) {
        if token == self.token { self.site = site }
    }

    mutating func keep(notRecorded counts: [String: Int], of token: Int64) {
        if token == self.token { notRecorded.merge(counts) { $1 } }
    }

    mutating func keep(_ answer: RawAnswer, to query: CohortQuery, of token: Int64) {
        guard token == self.token else { return }
        if answers.count >= Self.mostAnswers { answers.removeAll() }
        answers[query] = answer
    }
}
