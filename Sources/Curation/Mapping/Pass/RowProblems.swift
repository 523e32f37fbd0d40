/// What the rules of one row did not understand. A column that one rule understands is understood, whatever another makes of
/// it: the code of a diagnosis may be a topography and no ICD-10.
struct RowProblems {
    struct Problem {
        let column: String
        let attribute: String
        let kind: MappingProblem.Kind
        let message: String

        init(column: String, attribute: String, kind: MappingProblem.Kind, _ message: String) {
            self.column = column
            self.attribute = attribute
            self.kind = kind
            self.message = message
        }
    }

    private var problems: [Problem] = []
    /// Of rules that lack what they need: one for each column, as rules for markers and for laboratory results look at the
    /// same codes.
    private var lacks: [Problem] = []
    private var understood: Set<String> = []

    /// Of a rule that made a record.
    mutating func addMade(_ all: [Problem], understood columns: Set<String>) {
        problems += all
        understood.formUnion(columns)
    }

    /// Of a rule that made none.
    ///
    /// - Parameter needs: the attributes that it would have needed; what others said does not matter then.
    mutating func addUnmade(_ all: [Problem], needs: Set<String>?) {
        guard let needs else {
            problems += all
            return
        }
        for problem in all
        where needs.contains(problem.attribute) && !lacks.contains(where: { $0.column == problem.column }) {
            lacks.append(problem)
        }
    }

    /// Those that are still ones.
    var lasting: [Problem] {
        (problems + lacks).filter { problem in
            switch problem.kind {
            case .unknownValue, .freeText: !understood.contains(problem.column)
            default: true
            }
        }
    }
}
