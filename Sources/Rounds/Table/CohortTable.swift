/// A cohort as a table: a row for each patient (or each image series), a column for each variable.
///
/// It exists at the site only, inside one round, and never leaves: what leaves is a ``Contribution``.
public struct CohortTable: Sendable {
    /// The number of rows. A row is known by its position alone; there is no identifier in the table.
    public let rows: Int
    public private(set) var variables: [String: Variable] = [:]

    public init(rows: Int) {
        self.rows = max(0, rows)
    }

    /// - Throws: ``RoundsError/variable(_:_:)`` where the column has another number of rows.
    public init(rows: Int, _ variables: [String: Variable]) throws(RoundsError) {
        self.init(rows: rows)
        for (name, variable) in variables { try add(variable, as: name) }
    }

    public mutating func add(_ variable: Variable, as name: String) throws(RoundsError) {
        guard variable.count == rows else {
            throw .variable(name, "has \(variable.count) values where the table has \(rows) rows")
        }
        variables[name] = variable
    }

    public func variable(_ name: String) throws(RoundsError) -> Variable {
        guard let variable = variables[name] else { throw .variable(name, "is not known at this site") }
        return variable
    }

    /// A numeric column.
    public func numbers(_ name: String) throws(RoundsError) -> [Double] {
        guard case .numbers(let values) = try variable(name) else {
            throw .variable(name, "is a category, and a number is needed")
        }
        return values
    }

    /// What this site can say of its columns before any computation: kinds, and levels with enough rows to be named.
    ///
    /// - Parameter minimumCell: a level that fewer rows have is not named. A plan that lists a factor's levels itself
    ///   does not depend on this.
    public func schema(minimumCell: Int) -> Schema {
        Schema(
            variables.mapValues { variable in
                switch variable {
                case .numbers: return .number
                case .categories(let codes, let levels):
                    var rows = [Int](repeating: 0, count: levels.count)
                    for code in codes {
                        if let code, rows.indices.contains(code) { rows[code] += 1 }
                    }
                    return .category(levels: zip(levels, rows).filter { $0.1 >= minimumCell }.map(\.0).sorted())
                }
            })
    }
}
