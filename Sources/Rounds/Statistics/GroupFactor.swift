/// A category that groups the rows: a term of a formula with known levels.
struct GroupFactor: Codable, Sendable, Equatable {
    let name: String
    let variable: String
    /// The reference first.
    let levels: [String]

    /// The categories among the terms of a formula, which must have no others.
    static func all(_ formula: Formula, _ schema: Schema) throws(RoundsError) -> [GroupFactor] {
        let design = try Design(formula, schema: schema)
        var factors: [GroupFactor] = []
        for term in formula.terms where term != .intercept {
            guard term.factors.count == 1, let factor = term.factors.first, let variable = factor.variables.first else {
                throw .plan("groups are single categories, without interactions")
            }
            guard let levels = design.levels[factor.name] else {
                throw .variable(
                    factor.name,
                    "is a number: as a category it needs its levels, as in C(\(variable), levels=[1, 2, 3])")
            }
            factors.append(GroupFactor(name: factor.name, variable: variable, levels: levels))
        }
        return factors
    }

    /// Each row's level; -1 for one that is not known, nil for a missing value.
    func codes(_ table: CohortTable) throws(RoundsError) -> [Int?] {
        try Design.codes(of: variable, among: levels, table)
    }
}

/// The values of the complete rows with the group of each; without a factor all are of one group.
struct GroupedValues {
    var values: [[Double]]
    var missing: Int64 = 0
    var unknownLevel: Int64 = 0

    init(_ outcome: Arithmetic, _ factor: GroupFactor?, _ table: CohortTable) throws(RoundsError) {
        let all = try outcome.values(table)
        let codes = try factor?.codes(table)
        values = Array(repeating: [], count: factor?.levels.count ?? 1)
        for (row, value) in all.enumerated() {
            guard !value.isNaN, let code = codes?[row] ?? (codes == nil ? 0 : nil) else {
                missing += 1
                continue
            }
            guard values.indices.contains(code) else {
                unknownLevel += 1
                continue
            }
            values[code].append(value)
        }
    }
}

/// Count, mean and sum of squares around the mean of each group, in two rounds.
struct GroupMoments: Codable, Sendable, Equatable {
    let counts: [Int64]
    let sums: [Double]
    let missing: Int64
    let unknownLevel: Int64
    var squares: [Double] = []

    var means: [Double] { zip(counts, sums).map { $0 == 0 ? 0 : $1 / Double($0) } }
    var rows: Int64 { counts.reduce(0, &+) }

    func variance(_ group: Int) -> Double { squares[group] / Double(counts[group] - 1) }

    static func layout(_ groups: Int, _ moments: GroupMoments?) -> Layout {
        moments == nil
            ? Layout(.counts("n", groups), .counts("left", 2), .reals("sum", groups))
            : Layout(.reals("squares", groups))
    }

    static func local(_ grouped: GroupedValues, _ moments: GroupMoments?) -> Contribution {
        var contribution = Contribution()
        if let moments {
            let squares = zip(grouped.values, moments.means).map { values, mean in
                values.map { ($0 - mean) * ($0 - mean) }.compensatedSum
            }
            contribution.add(reals: squares, as: "squares")
        } else {
            contribution.add(counts: grouped.values.map { Int64($0.count) }, as: "n")
            contribution.add(counts: [grouped.missing, grouped.unknownLevel], as: "left")
            contribution.add(reals: grouped.values.map(\.compensatedSum), as: "sum")
        }
        return contribution
    }

    /// The moments after a round.
    static func combined(_ sum: Contribution, _ moments: GroupMoments?) throws(RoundsError) -> GroupMoments {
        if var moments {
            moments.squares = try sum.reals("squares")
            return moments
        }
        let left = try sum.patients("left")
        guard left.count == 2 else { throw .shape("two counts of left out rows are expected") }
        return GroupMoments(
            counts: try sum.patients("n"), sums: try sum.reals("sum"), missing: left[0], unknownLevel: left[1])
    }

    /// "Left out: …".
    func note(_ rules: DisclosureRules) -> String {
        "Left out: \(ProtectedCount(missing, rules)) rows with a missing value, \(ProtectedCount(unknownLevel, rules)) with "
            + "a level that the plan does not know."
    }
}
