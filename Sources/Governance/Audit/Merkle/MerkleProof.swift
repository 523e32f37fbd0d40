/// Checks of proofs: RFC 9162 sections 2.1.3.2 and 2.1.4.2. Whoever checks needs roots alone, not the entries.
enum MerkleProof {
    /// Whether `path` shows that the leaf at `index` is in the tree of `size` leaves with this root.
    static func isIncluded(
        _ leaf: [UInt8], at index: Int, size: Int, root: [UInt8], path: [[UInt8]]
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var (place, last) = (index, size - 1)
        var hash = leaf
        for step in path {
            guard last > 0, step.count == 32 else { return false }
            if place & 1 == 1 || place == last {
                hash = MerkleTree.node(step, hash)
                while place & 1 == 0, place > 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                hash = MerkleTree.node(hash, step)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    /// Whether `path` shows that the tree of `second` leaves begins with the one of `first`.
    static func isConsistent(
        first: Int, root firstRoot: [UInt8], second: Int, root secondRoot: [UInt8], path: [[UInt8]]
    ) -> Bool {
        guard first >= 0, first <= second else { return false }
        if first == second { return path.isEmpty && firstRoot == secondRoot }
        // Every tree begins with the empty one.
        if first == 0 { return path.isEmpty && firstRoot == MerkleTree.empty }
        // A full tree is a part of the larger one, and the proof leaves its root out.
        let steps = first & (first - 1) == 0 ? [firstRoot] + path : path
        guard let start = steps.first, steps.allSatisfy({ $0.count == 32 }) else { return false }
        var (place, last) = (first - 1, second - 1)
        while place & 1 == 1 { (place, last) = (place >> 1, last >> 1) }
        var (old, new) = (start, start)
        for step in steps.dropFirst() {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                old = MerkleTree.node(step, old)
                new = MerkleTree.node(step, new)
                while place & 1 == 0, place > 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                new = MerkleTree.node(new, step)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && old == firstRoot && new == secondRoot
    }
}
