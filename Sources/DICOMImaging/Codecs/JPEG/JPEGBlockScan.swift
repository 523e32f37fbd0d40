/// One scan of a sequential JPEG codestream, walked block by block: coefficients are read as symbols and handed on, those
/// of covered blocks replaced. Nothing is transformed or rounded: what is not covered stays what it was.
struct JPEGBlockScan {
    /// A component in the scan.
    struct Component {
        /// Of all components of the codestream.
        let index: Int
        let dc, ac: HuffmanTable
        let dcNumber, acNumber: Int
        /// The DC coefficient that is black.
        let black: Int
    }

    let header: JPEGHeader
    let components: [Component]
    let restartInterval: Int
    /// Rectangles in pixels.
    let covered: [PixelRectangle]

    /// Pixels of a minimum coded unit (A.2.3, A.2.4): what is covered is covered in these.
    static func unit(_ header: JPEGHeader) -> (width: Int, height: Int) {
        (
            8 * (header.components.map(\.horizontal).max() ?? 1), 8 * (header.components.map(\.vertical).max() ?? 1)
        )
    }

    /// Walks the scan; false where its data is damaged.
    func walk(_ reader: inout BitReader, _ sink: inout some JPEGSymbolSink) -> Bool {
        let unit = Self.unit(header)
        let isInterleaved = components.count > 1
        let first = header.components[components[0].index]
        // Alone in a scan, a component has just the blocks that it needs.
        let (columns, rows) =
            isInterleaved
            ? (Self.parts(header.width, unit.width), Self.parts(header.height, unit.height))
            : (
                Self.parts(
                    header.width * first.horizontal * 8 / unit.width,
                    rest: header.width * first.horizontal * 8 % unit.width),
                Self.parts(
                    header.height * first.vertical * 8 / unit.height,
                    rest: header.height * first.vertical * 8 % unit.height)
            )
        var before = [Int](repeating: 0, count: components.count)
        var beforeOut = before
        var unitNumber = 0
        for row in 0..<rows {
            for column in 0..<columns {
                if restartInterval > 0, unitNumber > 0, unitNumber % restartInterval == 0 {
                    guard reader.restart() else { return false }
                    sink.restart(unitNumber / restartInterval)
                    for index in before.indices { (before[index], beforeOut[index]) = (0, 0) }
                }
                unitNumber += 1
                let isCovered =
                    isInterleaved
                    ? isCovered(column: column, row: row, unit)
                    : isCovered(column: column / first.horizontal, row: row / first.vertical, unit)
                for index in components.indices {
                    let sampling = header.components[components[index].index]
                    let across = isInterleaved ? sampling.horizontal : 1
                    for part in 0..<(isInterleaved ? across * sampling.vertical : 1) {
                        sink.block(
                            components[index].index, column: column * across + part % across,
                            row: isInterleaved ? row * sampling.vertical + part / across : row)
                        guard block(components[index], isCovered, &before[index], &beforeOut[index], &reader, &sink)
                        else { return false }
                    }
                }
                guard !reader.isExhausted else { return false }
            }
        }
        return true
    }

    private static func parts(_ length: Int, _ part: Int) -> Int { (length + part - 1) / part }

    /// Samples of a component, rounded up, in blocks of eight, rounded up.
    private static func parts(_ whole: Int, rest: Int) -> Int { parts(whole + (rest > 0 ? 1 : 0), 8) }

    private func isCovered(column: Int, row: Int, _ unit: (width: Int, height: Int)) -> Bool {
        let (left, top) = (column * unit.width, row * unit.height)
        return covered.contains {
            $0.left < left + unit.width && left < $0.right && $0.top < top + unit.height && top < $0.bottom
        }
    }

    /// One block: F.2.2.
    @inline(__always)
    private func block(
        _ component: Component, _ isCovered: Bool, _ before: inout Int, _ beforeOut: inout Int,
        _ reader: inout BitReader, _ sink: inout some JPEGSymbolSink
    ) -> Bool {
        let category = component.dc.symbol(&reader)
        guard (0...15).contains(category) else { return false }
        let bits = reader.read(category)
        before &+= category > 0 && bits < 1 << (category - 1) ? bits - (1 << category) + 1 : bits
        // A damaged scan may sum up to anything; real coefficients have 15 bits and a sign.
        guard abs(before) < 1 << 15 else { return false }
        let value = isCovered ? component.black : before
        sink.dc(component.dcNumber, difference: value - beforeOut)
        beforeOut = value
        if isCovered { sink.ac(component.acNumber, symbol: 0, bits: 0) }
        var position = 1
        while position < 64 {
            let symbol = component.ac.symbol(&reader)
            guard symbol >= 0 else { return false }
            let (run, size) = (symbol >> 4, symbol & 15)
            if size == 0, run != 15 {
                if !isCovered { sink.ac(component.acNumber, symbol: 0, bits: 0) }
                break
            }
            let bits = reader.read(size)
            if !isCovered { sink.ac(component.acNumber, symbol: symbol, bits: bits) }
            position += run + 1
        }
        return position <= 64
    }
}

/// What is done with a scan's symbols: they are counted, written, or turned into samples.
protocol JPEGSymbolSink {
    /// The symbols of a block of a component follow.
    mutating func block(_ component: Int, column: Int, row: Int)
    mutating func dc(_ table: Int, difference: Int)
    mutating func ac(_ table: Int, symbol: Int, bits: Int)
    mutating func restart(_ number: Int)
}

extension JPEGSymbolSink {
    mutating func block(_ component: Int, column: Int, row: Int) {}
}

/// Counts symbols, for the tables to write them with.
struct JPEGSymbolCounter: JPEGSymbolSink {
    private(set) var dc = [[Int]](repeating: [Int](repeating: 0, count: 256), count: 4)
    private(set) var ac = [[Int]](repeating: [Int](repeating: 0, count: 256), count: 4)

    mutating func dc(_ table: Int, difference: Int) {
        dc[table][Int.bitWidth - abs(difference).leadingZeroBitCount] += 1
    }

    mutating func ac(_ table: Int, symbol: Int, bits: Int) { ac[table][symbol] += 1 }

    mutating func restart(_ number: Int) {}
}

/// Writes symbols. The tables have a code for each that was counted.
struct JPEGSymbolWriter: JPEGSymbolSink {
    typealias Codes = [(code: UInt32, length: UInt8)]

    var writer: BitWriter
    let dc, ac: [Codes]

    mutating func dc(_ table: Int, difference: Int) {
        let category = Int.bitWidth - abs(difference).leadingZeroBitCount
        let (code, length) = dc[table][category]
        writer.write(code, Int(length))
        let bits = difference < 0 ? difference + (1 << category) - 1 : difference
        writer.write(UInt32(truncatingIfNeeded: bits), category)
    }

    mutating func ac(_ table: Int, symbol: Int, bits: Int) {
        let (code, length) = ac[table][symbol]
        writer.write(code, Int(length))
        writer.write(UInt32(truncatingIfNeeded: bits), symbol & 15)
    }

    mutating func restart(_ number: Int) {
        // D0 to D7 in turn; the first is D0.
        writer.marker(0xD0 + UInt8(truncatingIfNeeded: (number + 7) % 8))
    }
}
