import Crypto
import FoundationEssentials
import Rounds
import Runtime
import Testing

/// Against files that PyPI `safetensors` wrote: `Fixtures/make_safetensors.py`.
@Suite struct SafetensorsTests {
    struct Case: Decodable {
        struct Tensor: Decodable {
            let name: String
            let shape: [Int]
            let bits: [UInt32]
        }
        let file: Data
        let sha256: String
        let tensors: [Tensor]
    }

    static let cases = Result { try LearningFixture.read("safetensors.json", as: [String: Case].self) }

    @Test(arguments: ["float32", "half"]) func theReferencesFilesAreReadBitForBit(_ name: String) throws {
        let known = try #require(try Self.cases.get()[name])
        let weights = try ModelWeights(safetensors: Array(known.file))
        #expect(weights.entries.count == known.tensors.count)
        for tensor in known.tensors {
            let entry = try #require(weights.entries.first { $0.name == tensor.name })
            #expect(entry.shape == tensor.shape)
            #expect(try weights.tensor(tensor.name).map(\.bitPattern) == tensor.bits)
        }
    }

    @Test func ourFileIsTheReferencesByteForByte() throws {
        let known = try #require(try Self.cases.get()["float32"])
        let weights = try ModelWeights(
            known.tensors.reversed().map { tensor in
                .init(tensor.name, shape: tensor.shape, tensor.bits.map { Float(bitPattern: $0) })
            })
        #expect(weights.safetensors == Array(known.file))
        #expect(weights.hash == known.sha256)
    }

    private func file(_ header: String, _ bytes: [UInt8] = []) -> [UInt8] {
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + Array(header.utf8) + bytes
    }

    @Test func hostileFilesAreRefused() throws {
        let one = #""a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
        let four = [UInt8](repeating: 0, count: 4)
        #expect(try ModelWeights(safetensors: file("{\(one)}", four)).values == [0])
        let wrong: [[UInt8]] = [
            [], [1, 2, 3], Array(repeating: 255, count: 8), Array(repeating: 255, count: 64), file(""), file("{"),
            file("[]"),
            file("{\(one)}"), file("{\(one)}", four + [0]), file("{\(one)}}", four), file("{\(one),\(one)}", four),
            file("{\(one),}", four),
            // Overlap, hole, wrong order, and sizes that do not fit.
            file("{\(one),\(one.replacing("\"a\"", with: "\"b\""))}", four),
            file(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, four + four),
            file(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, four),
            file(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, four),
            file(#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#),
            file(#"{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}}"#),
            file(#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, four),
            file(#"{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#, four),
            file(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}"#, four),
            file(#"{"a":{"dtype":"I64","shape":[0],"data_offsets":[0,0]}}"#),
            file(#"{"a":{"dtype":"F32","shape":[1]}}"#, four),
            file(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":[1]}}"#, four),
            file(#"{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, four),
            file(#"{"__metadata__":{"a":1}}"#), file(#"{"__metadata__":"#),
        ]
        for bytes in wrong {
            #expect(throws: RoundsError.self, "\(String(decoding: bytes, as: UTF8.self))") {
                try ModelWeights(safetensors: bytes)
            }
        }
        var few = ModelWeights.Limits()
        few.values = 0
        #expect(throws: RoundsError.self) { try ModelWeights(safetensors: file("{\(one)}", four), limits: few) }
        few = .init()
        few.headerBytes = 8
        #expect(throws: RoundsError.self) { try ModelWeights(safetensors: file("{\(one)}", four), limits: few) }
    }

    @Test func everyCutAndEveryChangedByteIsReadOrRefusedButNeverTraps() throws {
        let known = Array(try #require(try Self.cases.get()["half"]).file)
        for length in 0..<known.count {
            #expect(throws: RoundsError.self) { try ModelWeights(safetensors: Array(known[..<length])) }
        }
        for place in known.indices {
            for change: UInt8 in [1, 2, 16, 128] {
                var bytes = known
                bytes[place] ^= change
                do throws(RoundsError) { _ = try ModelWeights(safetensors: bytes) } catch { _ = error }
            }
        }
    }

    @Test func averagesTakeSitesInPiecesAndForgetThem() throws {
        let first: [Float] = [1, 2, 3, 4]
        let second: [Float] = [3, 0, -1, 0.5]
        var average = WeightedAverage(count: 4)
        try average.add(first, weight: 30)
        try average.begin(weight: 10)
        let bytes = second.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
        try average.add(bytes: Array(bytes[8...]), at: 2, weight: 10)
        try average.add(bytes: Array(bytes[..<8]), at: 0, weight: 10)
        // (30 · 1 + 10 · 3) / 40 and so on.
        #expect(try average.mean() == [1.5, 1.5, 2, 3.125])
        #expect(average.sites == 2)
        #expect(throws: RoundsError.self) { try average.add(bytes: bytes, at: 1, weight: 1) }
        #expect(throws: RoundsError.self) { try average.add(bytes: [1, 2, 3], at: 0, weight: 1) }
        #expect(throws: RoundsError.self) { try average.add(bytes: [0, 0, 0, 0], at: Int.max, weight: 1) }
        #expect(throws: RoundsError.self) { try average.add(first, weight: .nan) }
        #expect(throws: RoundsError.self) { try WeightedAverage(count: 4).mean() }
    }

    @Test func sumsOfManySitesKeepTheirLastBits() throws {
        // 0.1 as a 32-bit float, a million times: a 32-bit sum is off by a percent, the exact mean is 0.1 itself.
        var average = WeightedAverage(count: 1)
        for _ in 0..<1_000_000 { try average.add([0.1], weight: 1) }
        #expect(try Float(average.mean()[0]) == 0.1)
    }
}
