import Crypto
import Federation

/// The Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1) over a list of leaf hashes.
///
/// A leaf's hash is SHA-256 of a zero byte and the entry, a node's that of the byte 1 and its two children. The root of
/// the first `n` entries fixes all of them and their order; short proofs show that an entry is among them, and that a
/// longer list begins with a shorter one.
public enum MerkleTree {
    /// The root over no entries: SHA-256 of nothing.
    static var empty: [UInt8] { Array(SHA256.hash(data: [UInt8]())) }

    static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: [1])
        hash.update(data: left)
        hash.update(data: right)
        return Array(hash.finalize())
    }

    /// The root over leaf hashes.
    static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        var accumulator = MerkleAccumulator()
        for leaf in leaves { accumulator.append(leaf) }
        return accumulator.root
    }

    /// The largest power of two below `count`, which is at least 2: where a tree is cut in two.
    static func split(_ count: Int) -> Int {
        var power = 1
        while power < count - power { power *= 2 }
        return power
    }

    /// The hashes that, with the leaf at `index`, make up the root over all: from the leaf upwards. Nil where there is no
    /// such leaf.
    static func inclusion(of index: Int, in leaves: ArraySlice<[UInt8]>) -> [[UInt8]]? {
        guard index >= 0, index < leaves.count else { return nil }
        var path: [[UInt8]] = []
        var (rest, place) = (leaves, index)
        // From the root down; each half that the leaf is not in gives one hash.
        while rest.count > 1 {
            let cut = split(rest.count)
            let (left, right) = (rest.prefix(cut), rest.dropFirst(cut))
            if place < cut {
                path.append(root(right))
                rest = left
            } else {
                path.append(root(left))
                (rest, place) = (right, place - cut)
            }
        }
        return path.reversed()
    }

    /// The hashes that show that the tree over all leaves begins with the one over the first `first`. Nil where there
    /// are not so many; empty where both are the same, or the first is empty.
    static func consistency(from first: Int, in leaves: ArraySlice<[UInt8]>) -> [[UInt8]]? {
        guard first >= 0, first <= leaves.count else { return nil }
        if first == 0 || first == leaves.count { return [] }
        var path: [[UInt8]] = []
        var (rest, old, isWhole) = (leaves, first, true)
        while old < rest.count {
            let cut = split(rest.count)
            let (left, right) = (rest.prefix(cut), rest.dropFirst(cut))
            if old <= cut {
                path.append(root(right))
                rest = left
            } else {
                path.append(root(left))
                (rest, old, isWhole) = (right, old - cut, false)
            }
        }
        if !isWhole { path.append(root(rest)) }
        return path.reversed()
    }
}
