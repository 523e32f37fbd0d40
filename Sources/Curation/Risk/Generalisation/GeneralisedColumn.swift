/// The values of one fact on every level of its hierarchy, and what each level loses.
struct GeneralisedColumn: Sendable {
    let levels: [Hierarchy.Level]
    /// For each level the group of each value.
    let groups: [[Int32]]
    /// For each level the names of the groups.
    let names: [[String]]
    /// For each level and value, what is lost: the values that it can no longer be told from, as a part of all others
    /// (V. Iyengar 2002; "Loss" in ARX). 0 exact, 1 nothing left.
    let losses: [[Double]]

    init(values: [String], hierarchy: Hierarchy, kind: QuasiIdentifier.Kind) {
        let date = kind == .date ? Self.dates(values) : { _ in nil }
        var (groups, names, losses): ([[Int32]], [[String]], [[Double]]) = ([], [], [])
        var kept: [Hierarchy.Level] = []
        for level in hierarchy.levels {
            var column = CodedColumn()
            for value in values { column.append(level.value(value, date: date)) }
            // A level that joins nothing more than the one before is none.
            if let before = names.last, before.count == column.values.count { continue }
            var sizes = [Int](repeating: 0, count: column.values.count)
            for group in column.codes { sizes[Int(group)] += 1 }
            let others = Double(max(values.count - 1, 1))
            kept.append(level)
            groups.append(column.codes)
            names.append(column.values)
            losses.append(column.codes.map { Double(sizes[Int($0)] - 1) / others })
        }
        levels = kept
        self.groups = groups
        self.names = names
        self.losses = losses
    }

    /// Reads days as the column writes them.
    private static func dates(_ values: [String]) -> (String) -> CivilDate? {
        var detection = DateDetection()
        for value in values where !value.isEmpty { detection.observe(value) }
        let patterns: [DatePattern] =
            switch detection.outcome {
            case .pattern(let one): [one]
            // The year is the same, whichever number is the month.
            default: DateDetection.candidates
            }
        return { text in
            for pattern in patterns {
                if let cell = DateCell(text, pattern: pattern), let found = pattern.read(cell.day) { return found.date }
            }
            return nil
        }
    }
}
