/// Grows a Merkle tree leaf by leaf, and keeps no more of it than the roots of its full parts: one for each bit of its
/// size.
struct MerkleAccumulator: Sendable {
    private(set) var count = 0
    /// The roots of the full parts, the largest first.
    private var parts: [[UInt8]] = []

    mutating func append(_ leaf: [UInt8]) {
        var node = leaf
        var size = count
        while size & 1 == 1, let left = parts.popLast() {
            node = MerkleTree.node(left, node)
            size >>= 1
        }
        parts.append(node)
        count += 1
    }

    var root: [UInt8] {
        guard var node = parts.last else { return MerkleTree.empty }
        for left in parts.dropLast().reversed() { node = MerkleTree.node(left, node) }
        return node
    }
}
