import Cohort

/// What was worked out for one state of the content: dropped as soon as the content changes.
struct ContentMemory {
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

    /// Forgets everything that belongs to another state of the tables.
    mutating func move(to token: Int64) {
        guard token != self.token else { return }
        self = ContentMemory()
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
}
