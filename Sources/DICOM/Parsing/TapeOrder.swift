/// Puts the elements of every data set on a tape in ascending order and keeps the last of those that are there twice.
///
/// Readers differ in which of two equal elements they see: a file could show one patient to the check and another to the
/// viewer. After this there is one answer, and what is written holds no trace of the other.
enum TapeOrder {
    /// The nodes of `range`, whose first is an element of a data set, in order.
    static func ordered(_ nodes: ContiguousArray<Node>, range: Range<Int>) -> ContiguousArray<Node> {
        var result = ContiguousArray<Node>()
        result.reserveCapacity(range.count)
        /// Containers that are being written out: their node in the result, and children still to come, last one first.
        var open: [(node: Int, children: [Int])] = [(-1, children(of: range, in: nodes, areElements: true))]
        while let index = open.indices.last {
            guard let child = open[index].children.popLast() else {
                let node = open.removeLast().node
                if node >= 0 { result[node].next = UInt32(truncatingIfNeeded: result.count) }
                continue
            }
            var node = nodes[child]
            let inside = child + 1..<max(Int(node.next), child + 1)
            node.next = UInt32(truncatingIfNeeded: result.count + 1)
            result.append(node)
            if !inside.isEmpty {
                open.append((result.count - 1, children(of: inside, in: nodes, areElements: node.kind == .item)))
            }
        }
        return result
    }

    /// The direct children in a range, in reverse of the order wanted.
    private static func children(of range: Range<Int>, in nodes: ContiguousArray<Node>, areElements: Bool) -> [Int] {
        var found: [Int] = []
        var index = range.lowerBound
        while index < range.upperBound {
            found.append(index)
            index = max(Int(nodes[index].next), index + 1)
        }
        if areElements {
            found.sort { (nodes[$0].tag, $0) < (nodes[$1].tag, $1) }
            var kept: [Int] = []
            for candidate in found {
                if let last = kept.last, nodes[last].tag == nodes[candidate].tag { kept.removeLast() }
                kept.append(candidate)
            }
            found = kept
        }
        found.reverse()
        return found
    }
}
