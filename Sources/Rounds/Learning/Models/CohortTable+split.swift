extension CohortTable {
    /// Some rows for validation and the others for training, drawn from a seed: the same in every round and after a
    /// restart, as long as the table's rows keep their order.
    ///
    /// - Parameter fraction: of the rows, between 0 and 1; rounded to whole rows.
    public func split(keeping fraction: Double, seed: UInt64) throws(RoundsError) -> (
        kept: CohortTable, rest: CohortTable
    ) {
        var bits = SeededBits(seed: seed)
        let share = fraction.isFinite ? min(max(fraction, 0), 1) : 0
        let count = Int((share * Double(rows)).rounded())
        let order = Array(0..<rows).shuffled(using: &bits)
        return (try rows(order.prefix(count).sorted()), try rows(order.dropFirst(count).sorted()))
    }

    /// These rows alone.
    private func rows(_ places: [Int]) throws(RoundsError) -> CohortTable {
        var table = CohortTable(rows: places.count)
        for (name, variable) in variables {
            switch variable {
            case .numbers(let values): try table.add(.numbers(places.map { values[$0] }), as: name)
            case .categories(let codes, let levels):
                try table.add(.categories(places.map { codes[$0] }, levels: levels), as: name)
            }
        }
        return table
    }
}
