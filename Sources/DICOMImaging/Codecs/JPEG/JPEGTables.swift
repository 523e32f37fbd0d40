/// What the segments before a scan define: Huffman tables, quantisation, restart interval.
struct JPEGTables {
    private(set) var dc = [HuffmanTable?](repeating: nil, count: 4)
    private(set) var ac = [HuffmanTable?](repeating: nil, count: 4)
    /// 64 steps a table, in zigzag order; none where it is not defined.
    private(set) var steps = [[Int]](repeating: [], count: 4)
    private(set) var restartInterval = 0

    /// Takes over a segment of tables; false where it is damaged. Others are passed over.
    mutating func read(_ marker: UInt8, _ content: [UInt8]) -> Bool {
        switch marker {
        case 0xC4:
            guard let found = HuffmanTable.tables(in: content[...]) else { return false }
            for (isAC, number, table) in found {
                if isAC { ac[number] = table } else { dc[number] = table }
            }
            return true
        case 0xDB: return read(quantisation: content)
        case 0xDD:
            guard content.count == 2 else { return false }
            restartInterval = Int(content[0]) << 8 | Int(content[1])
            return true
        default: return true
        }
    }

    private mutating func read(quantisation content: [UInt8]) -> Bool {
        var rest = content[...]
        while let head = rest.first {
            let size = head >> 4 == 0 ? 1 : 2
            guard head >> 4 <= 1, head & 15 <= 3, rest.count >= 1 + 64 * size else { return false }
            let bytes = Array(rest.dropFirst().prefix(64 * size))
            let table: [Int] = (0..<64).map { place in
                size == 1 ? Int(bytes[place]) : Int(bytes[2 * place]) << 8 | Int(bytes[2 * place + 1])
            }
            guard table[0] > 0 else { return false }
            steps[Int(head & 15)] = table
            rest = rest.dropFirst(1 + 64 * size)
        }
        return true
    }

    /// The scan that a scan header begins; nil where it names what is not there.
    ///
    /// - Parameter black: black samples of the components.
    func scan(
        _ content: [UInt8], _ header: JPEGHeader, black: [Int], covered: [PixelRectangle]
    ) -> JPEGBlockScan? {
        guard let count = content.first.map({ Int($0) }), (1...header.components.count).contains(count),
            content.count == 4 + 2 * count, black.count == header.components.count
        else { return nil }
        var components: [JPEGBlockScan.Component] = []
        for place in 0..<count {
            let tables = content[2 + 2 * place]
            guard let index = header.components.firstIndex(where: { $0.id == content[1 + 2 * place] }),
                !components.contains(where: { $0.index == index }),
                tables >> 4 < 4, tables & 15 < 4, let dc = dc[Int(tables >> 4)], let ac = ac[Int(tables & 15)],
                header.components[index].quantisation < 4,
                let step = steps[Int(header.components[index].quantisation)].first
            else { return nil }
            // The mean of a block is an eighth of its DC coefficient; rounded away from the middle, it is clipped.
            let level = (black[index] - 1 << (header.precision - 1)) * 8
            components.append(
                JPEGBlockScan.Component(
                    index: index, dc: dc, ac: ac, dcNumber: Int(tables >> 4), acNumber: Int(tables & 15),
                    black: level < 0 ? -((step - 1 - level) / step) : (level + step - 1) / step))
        }
        return JPEGBlockScan(
            header: header, components: components, restartInterval: restartInterval, covered: covered)
    }
}
