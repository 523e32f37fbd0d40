import Cohort
import GRDB

/// Turns a condition into SQL over the columns of a series: every value is bound, none is in the text.
///
/// SQL's logic is the question's own: NULL is unknown, and `WHERE` keeps what is true. Two things need care. `IN` of
/// nothing is false in SQLite even for NULL, so tests over sets of words say explicitly what NULL gives. And SQLite
/// reads at most about a hundred open brackets: `not` is pushed down to the tests, long groups are halved, and a group
/// that would nest too deep becomes a column of a table expression that the rest refers to.
struct Planner {
    /// A condition in SQL.
    struct Plan {
        /// What the condition selects from: `series`, or the last of ``expressions``.
        var table: String
        /// Common table expressions, each building on the one before.
        var expressions: [String]
        var condition: String
        var arguments: [DatabaseValue]
    }

    /// - Parameter word: the number of a word in upper case, or nil where the index does not have it.
    static func plan(_ condition: Condition, word: (String) throws -> Int64?) throws -> Plan {
        var planner = Planner()
        let root = try planner.sql(condition, isNegated: false, word)
        return Plan(
            table: planner.expressions.isEmpty ? scan : planner.layer(planner.expressions.count),
            expressions: planner.expressions, condition: root.text, arguments: planner.arguments)
    }

    /// The rows of all series in the order of patients, from the index that covers every question.
    static let scan = "series INDEXED BY series_scan"

    private var expressions: [String] = []
    private var arguments: [DatabaseValue] = []

    /// A piece of SQL with how many brackets and operators SQLite's parser holds open at its deepest point.
    private struct Piece {
        var text: String
        var open: Int
    }

    /// What a piece may hold open before it moves to an expression of its own; SQLite's parser ends at 100.
    private static let mostOpen = 40

    // MARK: Groups

    private mutating func sql(
        _ condition: Condition, isNegated: Bool, _ word: (String) throws -> Int64?
    ) throws -> Piece {
        switch condition {
        case .not(let part): return try sql(part, isNegated: !isNegated, word)
        case .test(let comparison):
            let test = try sql(comparison, word)
            return Piece(text: isNegated ? "NOT (\(test))" : "(\(test))", open: isNegated ? 12 : 10)
        case .has: throw IndexError.failed("a condition on other records")
        case .all(let parts): return try group(parts, isNegated ? "OR" : "AND", isNegated: isNegated, word)
        case .any(let parts): return try group(parts, isNegated ? "AND" : "OR", isNegated: isNegated, word)
        }
    }

    private mutating func group(
        _ parts: [Condition], _ connective: String, isNegated: Bool, _ word: (String) throws -> Int64?
    ) throws -> Piece {
        // Of no parts: AND is true, OR is false.
        guard !parts.isEmpty else { return Piece(text: connective == "AND" ? "1" : "0", open: 1) }
        var pieces: [Piece] = []
        for part in parts { pieces.append(try sql(part, isNegated: isNegated, word)) }
        // The deepest first: on the left it costs the parser least.
        pieces.sort { $0.open > $1.open }
        while pieces.count > 1 {
            var joined: [Piece] = []
            for start in stride(from: 0, to: pieces.count, by: 2) {
                guard start + 1 < pieces.count else {
                    joined.append(pieces[start])
                    continue
                }
                joined.append(join(pieces[start], connective, pieces[start + 1]))
            }
            pieces = joined
        }
        return pieces[0]
    }

    private mutating func join(_ left: Piece, _ connective: String, _ right: Piece) -> Piece {
        var (left, right) = (left, right)
        if 3 + right.open > Self.mostOpen { right = moved(right) }
        if 1 + left.open > Self.mostOpen { left = moved(left) }
        return Piece(text: "(\(left.text) \(connective) \(right.text))", open: max(1 + left.open, 3 + right.open))
    }

    /// Moves a piece to a table expression of its own, which passes everything else on.
    private mutating func moved(_ piece: Piece) -> Piece {
        let number = expressions.count + 1
        let source = expressions.isEmpty ? Self.scan : layer(expressions.count)
        expressions.append("\(layer(number)) AS (SELECT *, \(piece.text) AS part\(number) FROM \(source))")
        return Piece(text: "part\(number)", open: 1)
    }

    private func layer(_ number: Int) -> String { "layer\(number)" }

    // MARK: Tests

    private mutating func sql(_ comparison: Comparison, _ word: (String) throws -> Int64?) throws -> String {
        guard let column = SeriesColumns.column(of: comparison.attribute) else {
            // Asked for only after `answerable` was checked; a wrong count is never the answer.
            throw IndexError.failed("there is no column for \(comparison.attribute.name)")
        }
        let name = column.name
        switch comparison.operation {
        case .equals(let value): return "\(name) = \(try bind(value, as: column.form, word))"
        case .oneOf(let values):
            var places: [String] = []
            for value in values { places.append(try bind(value, as: column.form, word)) }
            return places.isEmpty ? "iif(\(name) IS NULL, NULL, 0)" : "\(name) IN (\(places.joined(separator: ", ")))"
        case .less(let bound): return "\(name) < \(bind(bound.databaseValue))"
        case .atMost(let bound): return "\(name) <= \(bind(bound.databaseValue))"
        case .greater(let bound): return "\(name) > \(bind(bound.databaseValue))"
        case .atLeast(let bound): return "\(name) >= \(bind(bound.databaseValue))"
        case .between(let low, let high):
            return "\(name) BETWEEN \(bind(low.databaseValue)) AND \(bind(high.databaseValue))"
        case .exists: return "\(name) IS NOT NULL"
        case .contains(let part):
            let place = bind((Term.normalised(part) ?? "").databaseValue)
            return "iif(\(name) IS NULL, NULL, \(name) IN (SELECT id FROM term WHERE instr(text, \(place)) > 0))"
        }
    }

    private mutating func bind(
        _ value: CohortValue, as form: SeriesColumns.Form, _ word: (String) throws -> Int64?
    ) throws -> String {
        switch (value, form) {
        case (.number(let number), .number): return bind(number.databaseValue)
        // A word that the index has never seen is no series' value: row numbers begin at 1.
        case (.text(let text), .term):
            let id = try Term.normalised(text).flatMap { try word($0) } ?? -1
            return bind(id.databaseValue)
        case (.number, .term), (.text, .number):
            throw IndexError.failed("a value of the wrong kind in a question")
        }
    }

    private mutating func bind(_ value: DatabaseValue) -> String {
        arguments.append(value)
        return "?\(arguments.count)"
    }
}
