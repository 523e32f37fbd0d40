/// The scores and events of a table's complete rows, for `event ~ score`.
struct ScoredEvents {
    let scores: [Double]
    /// 0 or 1.
    let events: [Double]
    let missing: Int

    init(_ formula: Formula, _ table: CohortTable) throws(RoundsError) {
        let terms = try Self.terms(formula)
        let scores = try terms.score.values(table)
        let events = try terms.event.values(table)
        let complete = scores.indices.filter { !scores[$0].isNaN && !events[$0].isNaN }
        guard complete.allSatisfy({ events[$0] == 0 || events[$0] == 1 }) else {
            throw .variable(terms.event.description, "has values other than 0 and 1")
        }
        self.scores = complete.map { scores[$0] }
        self.events = complete.map { events[$0] }
        missing = scores.count - complete.count
    }

    /// The two numbers of such a formula.
    static func terms(_ formula: Formula) throws(RoundsError) -> (event: Arithmetic, score: Arithmetic) {
        let terms = formula.terms.filter { $0 != .intercept }
        guard let event = formula.left.first, formula.left.count == 1, terms.count == 1,
            let factor = terms.first?.factors.first, terms.first?.factors.count == 1, formula.offsets.isEmpty,
            formula.strata.isEmpty
        else { throw .plan("one event and one score are needed, as in event ~ score") }
        switch factor {
        case .variable(let name): return (event, .variable(name))
        case .arithmetic(let arithmetic): return (event, arithmetic)
        case .category: throw .plan("a score is a number, not the category \(factor.name)")
        }
    }

    /// `score, event` or `event ~ score`.
    static func formula(_ arguments: inout PlanArguments) throws(RoundsError) -> Formula {
        if arguments.hasFormula { return try arguments.formula() }
        let written = try arguments.written("a score and an event")
        guard written.count == 2 else { throw .plan("a score and an event are needed, as in roc(score, event)") }
        return try Formula("\(written[1]) ~ \(written[0])")
    }
}
