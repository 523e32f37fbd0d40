/// Cells that hang together, by their sides or corners.
enum CellComponents {
    /// The components of the cells that are 1, each as the indices of its cells in the order of the rows.
    static func find(_ cells: [UInt8], columns: Int) -> [[Int]] {
        guard columns > 0 else { return [] }
        var seen = cells
        var components: [[Int]] = []
        for first in seen.indices where seen[first] == 1 {
            seen[first] = 2
            var members = [first]
            var next = 0
            while next < members.count {
                let at = members[next]
                next += 1
                let column = at % columns
                for down in [-columns, 0, columns] {
                    for across in max(-1, -column)...min(1, columns - 1 - column) {
                        let neighbour = at + down + across
                        if seen.indices.contains(neighbour), seen[neighbour] == 1 {
                            seen[neighbour] = 2
                            members.append(neighbour)
                        }
                    }
                }
            }
            components.append(members.sorted())
        }
        return components
    }
}
