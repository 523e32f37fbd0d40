import Federation
import Runtime
import TestSupport
import Testing

@testable import Governance

/// The leaves, roots and proofs of Certificate Transparency's own test data (RFC 6962's reference implementation).
private enum Reference {
    static let leaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    static let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    /// Number of the leaf, size, path.
    static let inclusions: [(Int, Int, [String])] = [
        (1, 1, []),
        (
            1, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            6, 8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
        (3, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
        (
            2, 5,
            [
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
    ]
    static let consistencies: [(Int, Int, [String])] = [
        (1, 1, []),
        (
            1, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            6, 8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
        (
            2, 5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
    ]
}

@Suite("The Merkle tree over a log")
struct MerkleTests {
    private let leaves = Reference.leaves.map { AuditLine.leaf((Hex.bytes($0) ?? [])[...]) }

    private func random(_ count: Int) -> [[UInt8]] {
        (0..<count).map { AuditLine.leaf(Array("entry \($0)".utf8)[...]) }
    }

    @Test("has the roots of the reference, and over nothing the hash of nothing")
    func roots() {
        #expect(
            Hex.text(MerkleTree.empty) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        for (size, root) in zip(1..., Reference.roots) {
            #expect(Hex.text(MerkleTree.root(leaves.prefix(size))) == root)
        }
    }

    @Test("has the proofs of the reference")
    func proofs() {
        for (leaf, size, path) in Reference.inclusions {
            #expect(MerkleTree.inclusion(of: leaf - 1, in: leaves.prefix(size))?.map { Hex.text($0) } == path)
        }
        for (first, second, path) in Reference.consistencies {
            #expect(MerkleTree.consistency(from: first, in: leaves.prefix(second))?.map { Hex.text($0) } == path)
        }
    }

    @Test("shows every leaf of every size up to 40, and no other leaf, place, size or path")
    func inclusion() throws {
        let leaves = random(40)
        for size in 1...40 {
            let root = MerkleTree.root(leaves.prefix(size))
            for index in 0..<size {
                let path = try #require(MerkleTree.inclusion(of: index, in: leaves.prefix(size)))
                func good(_ leaf: [UInt8], _ index: Int, _ size: Int, _ path: [[UInt8]]) -> Bool {
                    MerkleProof.isIncluded(leaf, at: index, size: size, root: root, path: path)
                }
                #expect(good(leaves[index], index, size, path))
                #expect(!good(leaves[(index + 1) % 40], index, size, path))
                if size > 1 { #expect(!good(leaves[index], (index + 1) % size, size, path)) }
                #expect(!good(leaves[index], index, size, path + [root]))
                if !path.isEmpty { #expect(!good(leaves[index], index, size, Array(path.dropLast()))) }
                for place in path.indices {
                    var changed = path
                    changed[place][7] ^= 1
                    #expect(!good(leaves[index], index, size, changed))
                }
            }
            #expect(MerkleTree.inclusion(of: size, in: leaves.prefix(size)) == nil)
            #expect(MerkleTree.inclusion(of: -1, in: leaves.prefix(size)) == nil)
        }
    }

    @Test("shows that it grew out of every smaller one, and of nothing else")
    func consistency() throws {
        let leaves = random(33)
        for second in 1...33 {
            let root = MerkleTree.root(leaves.prefix(second))
            for first in 0...second {
                let path = try #require(MerkleTree.consistency(from: first, in: leaves.prefix(second)))
                let old = MerkleTree.root(leaves.prefix(first))
                func good(_ first: Int, _ old: [UInt8], _ path: [[UInt8]]) -> Bool {
                    MerkleProof.isConsistent(first: first, root: old, second: second, root: root, path: path)
                }
                #expect(good(first, old, path))
                var other = old
                other[0] ^= 1
                #expect(!good(first, other, path))
                #expect(!good(first, old, path + [root]))
                for place in path.indices {
                    var changed = path
                    changed[place][31] ^= 1
                    #expect(!good(first, old, changed))
                }
                if first > 0, first < second { #expect(!good(first, old, [])) }
            }
        }
    }
}
