/// A Huffman table (ISO 10918-1 annex C and F.2.2.3).
struct HuffmanTable {
    /// How many codes there are of each length, 1 to 16.
    let counts: [Int]
    /// The symbols, by length, then as listed.
    let symbols: [UInt8]
    /// For the next 9 bits: symbol, and length in the upper byte; 0 where the code is longer.
    private var fast = [UInt16](repeating: 0, count: 512)
    /// The first code of each length, moved to the top of 16 bits, the first code beyond the length, and where its symbols
    /// begin.
    private var beyond = [Int](repeating: 0, count: 17)
    private var firstCode = [Int](repeating: 0, count: 17)
    private var firstSymbol = [Int](repeating: 0, count: 17)

    /// nil where there are more codes than their lengths have room for, or not as many symbols.
    init?(counts: [Int], symbols: [UInt8]) {
        guard counts.count == 16, counts.allSatisfy({ $0 >= 0 }), counts.reduce(0, +) == symbols.count,
            symbols.count <= 256
        else { return nil }
        self.counts = counts
        self.symbols = symbols
        var (code, symbol) = (0, 0)
        for length in 1...16 {
            let count = counts[length - 1]
            guard code + count <= 1 << length else { return nil }
            (firstCode[length], firstSymbol[length]) = (code, symbol)
            if length <= 9 {
                for index in 0..<count {
                    let entry = UInt16(length) << 8 | UInt16(symbols[symbol + index])
                    let from = (code + index) << (9 - length)
                    for slot in from..<from + 1 << (9 - length) { fast[slot] = entry }
                }
            }
            code += count
            symbol += count
            beyond[length] = code << (16 - length)
            code <<= 1
        }
    }

    /// The next symbol; -1 where no code begins like that.
    @inline(__always)
    func symbol(_ reader: inout BitReader) -> Int {
        let next = reader.peek16()
        let entry = fast[next >> 7]
        if entry != 0 {
            reader.skip(Int(entry >> 8))
            return Int(entry & 0xFF)
        }
        return longSymbol(next, &reader)
    }

    private func longSymbol(_ next: Int, _ reader: inout BitReader) -> Int {
        for length in 1...16 where counts[length - 1] > 0 && next < beyond[length] {
            reader.skip(length)
            let index = firstSymbol[length] + (next >> (16 - length)) - firstCode[length]
            return symbols.indices.contains(index) ? Int(symbols[index]) : -1
        }
        return -1
    }

    /// The codes by symbol: length 0 where the table has none.
    var codes: [(code: UInt32, length: UInt8)] {
        var result = [(code: UInt32, length: UInt8)](repeating: (0, 0), count: 256)
        var (code, symbol) = (UInt32(0), 0)
        for length in 1...16 {
            for _ in 0..<counts[length - 1] {
                result[Int(symbols[symbol])] = (code, UInt8(length))
                code += 1
                symbol += 1
            }
            code <<= 1
        }
        return result
    }

    /// The tables of a DHT segment, by class (0: DC and lossless, 1: AC) and number; nil where it is damaged.
    static func tables(in content: ArraySlice<UInt8>) -> [(isAC: Bool, number: Int, table: HuffmanTable)]? {
        var result: [(Bool, Int, HuffmanTable)] = []
        var rest = content
        while rest.count >= 17, let head = rest.first {
            let counts = rest.dropFirst().prefix(16).map { Int($0) }
            let total = counts.reduce(0, +)
            guard head >> 4 <= 1, head & 15 <= 3, rest.count >= 17 + total,
                let table = HuffmanTable(counts: counts, symbols: Array(rest.dropFirst(17).prefix(total)))
            else { return nil }
            result.append((head >> 4 == 1, Int(head & 15), table))
            rest = rest.dropFirst(17 + total)
        }
        return rest.isEmpty ? result : nil
    }
}

extension HuffmanTable {
    /// The best table for symbols that occur so often, no code longer than 16 bits and none of ones only (annex K.2).
    /// Nil where no symbol occurs.
    init?(frequencies: [Int]) {
        guard frequencies.count == 256, frequencies.contains(where: { $0 > 0 }) else { return nil }
        // One more symbol, the rarest, takes the code of ones.
        var weights = frequencies.map { $0 > 0 ? $0 : 0 } + [1]
        var sizes = [Int](repeating: 0, count: 257)
        var others = [Int](repeating: -1, count: 257)
        while true {
            // The two lightest trees; of equal ones, the one with the higher number.
            var (first, second) = (-1, -1)
            for index in weights.indices where weights[index] > 0 {
                if first < 0 || weights[index] <= weights[first] {
                    (first, second) = (index, first)
                } else if second < 0 || weights[index] <= weights[second] {
                    second = index
                }
            }
            guard second >= 0 else { break }
            weights[first] += weights[second]
            weights[second] = 0
            var last = first
            sizes[last] += 1
            while others[last] >= 0 {
                last = others[last]
                sizes[last] += 1
            }
            others[last] = second
            last = second
            sizes[last] += 1
            while others[last] >= 0 {
                last = others[last]
                sizes[last] += 1
            }
        }
        var bits = [Int](repeating: 0, count: 258)
        for size in sizes where size > 0 { bits[size] += 1 }
        Self.shorten(&bits)
        let order = (0..<256).filter { sizes[$0] > 0 }.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
        self.init(counts: Array(bits[1...16]), symbols: order.map { UInt8($0) })
    }

    /// Takes pairs of codes beyond 16 bits up, and the code of ones away (figure K.3).
    private static func shorten(_ bits: inout [Int]) {
        for length in stride(from: 257, to: 16, by: -1) {
            while bits[length] > 0 {
                var shorter = length - 2
                while shorter > 0, bits[shorter] == 0 { shorter -= 1 }
                guard shorter > 0 else { return }
                bits[length] -= 2
                bits[length - 1] += 1
                bits[shorter + 1] += 2
                bits[shorter] -= 1
            }
        }
        if let longest = (1...16).reversed().first(where: { bits[$0] > 0 }) { bits[longest] -= 1 }
    }
}
