/// Covers rectangles in a JPEG codestream without decoding it: the blocks that they touch become black, all others keep
/// their coefficients to the last bit. For sequential Huffman-coded JPEG (processes 1, 2, 4) of 8 and 12 bits; the rest is
/// left to decoding and compressing anew.
struct JPEGBlockCover {
    private let header: JPEGHeader
    private let bytes: [UInt8]
    private let covered: [PixelRectangle]
    /// Black samples of the components.
    private let black: [Int]

    private var tables = JPEGTables()
    private var output = BitWriter([0xFF, 0xD8])

    /// The codestream, and what is covered: rectangles to the edges of coded units. Nil where it cannot be done like this.
    static func covering(
        _ rectangles: [PixelRectangle], in bytes: [UInt8], _ description: PixelDescription
    ) -> (bytes: [UInt8], covered: [PixelRectangle])? {
        guard let header = try? JPEGHeader(bytes), [0xC0, 0xC1].contains(header.frameMarker),
            [8, 12].contains(header.precision), !description.isSigned, header.components.count <= 3,
            (try? description.check(
                width: header.width, height: header.height, components: header.components.count,
                precision: header.precision)) != nil,
            let black = black(header, description)
        else { return nil }
        let frame = PixelRectangle(left: 0, top: 0, right: header.width, bottom: header.height)
        let unit = JPEGBlockScan.unit(header)
        let covered = rectangles.map { $0.clipped(to: frame) }.filter { !$0.isEmpty }.map {
            PixelRectangle(
                left: $0.left / unit.width * unit.width, top: $0.top / unit.height * unit.height,
                right: ($0.right + unit.width - 1) / unit.width * unit.width,
                bottom: ($0.bottom + unit.height - 1) / unit.height * unit.height)
        }
        var cover = JPEGBlockCover(header: header, bytes: bytes, covered: covered, black: black)
        guard cover.run() else { return nil }
        return (cover.output.bytes, covered.map { $0.clipped(to: frame) })
    }

    private init(header: JPEGHeader, bytes: [UInt8], covered: [PixelRectangle], black: [Int]) {
        (self.header, self.bytes, self.covered, self.black) = (header, bytes, covered, black)
    }

    private static func black(_ header: JPEGHeader, _ description: PixelDescription) -> [Int]? {
        let (middle, highest) = (1 << (header.precision - 1), 1 << header.precision - 1)
        switch description.photometric {
        case .monochrome1: return [highest]
        case .monochrome2: return [0]
        case .palette: return nil
        default: return header.isYBR(description.photometric) ? [0, middle, middle] : [0, 0, 0]
        }
    }

    private mutating func run() -> Bool {
        var position = 2
        var scanned = Set<Int>()
        while scanned.count < header.components.count {
            guard let segment = JPEGHeader.segment(bytes, at: position) else { return false }
            position = segment.content.upperBound
            let content = Array(bytes[segment.content])
            switch segment.marker {
            case 0xC4: guard tables.read(0xC4, content) else { return false }
            case 0xDA:
                guard let scan = tables.scan(content, header, black: black, covered: covered),
                    scanned.isDisjoint(with: scan.components.map(\.index))
                else { return false }
                var reader = BitReader(bytes, from: position)
                guard rewrite(scan, content, &reader) else { return false }
                position = reader.nextMarker
                scanned.formUnion(scan.components.map(\.index))
            // Comments and applications' own data may name anybody; they are left out, but for what tells the colours.
            case 0xFE, 0xE1...0xED, 0xEF: break
            default:
                guard tables.read(segment.marker, content) else { return false }
                output.segment(segment.marker, content)
            }
        }
        output.marker(0xD9)
        return true
    }

    /// Walks the scan twice: once to count, once to write with the tables that follow from it.
    private mutating func rewrite(_ scan: JPEGBlockScan, _ content: [UInt8], _ reader: inout BitReader) -> Bool {
        var counter = JPEGSymbolCounter()
        var first = reader
        guard scan.walk(&first, &counter) else { return false }
        let dc = counter.dc.map { HuffmanTable(frequencies: $0) }
        let ac = counter.ac.map { HuffmanTable(frequencies: $0) }
        for (number, table) in dc.enumerated() { write(table, number, isAC: false) }
        for (number, table) in ac.enumerated() { write(table, number, isAC: true) }
        output.segment(0xDA, content)
        var writer = JPEGSymbolWriter(writer: output, dc: dc.map { $0?.codes ?? [] }, ac: ac.map { $0?.codes ?? [] })
        output = BitWriter()
        guard scan.walk(&reader, &writer) else { return false }
        output = writer.writer
        output.align()
        return true
    }

    private mutating func write(_ table: HuffmanTable?, _ number: Int, isAC: Bool) {
        guard let table else { return }
        output.segment(
            0xC4,
            [UInt8(number) | (isAC ? 0x10 : 0)] + table.counts.map { UInt8(truncatingIfNeeded: $0) } + table.symbols)
    }
}
