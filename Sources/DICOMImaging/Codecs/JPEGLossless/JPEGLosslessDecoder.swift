import DICOM

/// Decodes the scans of a lossless JPEG codestream.
struct JPEGLosslessDecoder {
    private let header: JPEGHeader
    private let bytes: [UInt8]
    private let width: Int
    private let components: Int
    /// By pixel.
    private var samples: [UInt16]
    private var tables = [HuffmanTable?](repeating: nil, count: 4)
    private var restartInterval = 0
    private var decoded = Set<Int>()

    /// One scan: which components, their tables, and how values are predicted.
    private struct Scan {
        var components: [Int] = []
        var tables: [HuffmanTable] = []
        var predictor = 1
        var pointTransform = 0
    }

    /// The header's size was checked: the samples have room.
    init(_ header: JPEGHeader, _ bytes: [UInt8]) {
        self.header = header
        self.bytes = bytes
        width = header.width
        components = header.components.count
        samples = [UInt16](repeating: 0, count: header.width * header.height * header.components.count)
    }

    mutating func decode() throws(ImagingError) -> [UInt16] {
        var pending = header.segments[...]
        var position = header.scanStart
        while decoded.count < components {
            // The segments up to the next scan's header.
            guard let segment = pending.popFirst() ?? JPEGHeader.segment(bytes, at: position) else { throw damaged }
            position = max(position, segment.content.upperBound)
            let content = bytes[segment.content]
            switch segment.marker {
            case 0xC4:
                guard let found = HuffmanTable.tables(in: content) else { throw damaged }
                for (_, number, table) in found { tables[number] = table }
            case 0xDD:
                guard content.count == 2, let high = content.first, let low = content.last else { throw damaged }
                restartInterval = Int(high) << 8 | Int(low)
            case 0xDA:
                var reader = BitReader(bytes, from: segment.content.upperBound)
                try decode(scan(Array(content)), &reader)
                position = reader.nextMarker
            default: break
            }
        }
        return samples
    }

    private func scan(_ content: [UInt8]) throws(ImagingError) -> Scan {
        guard let count = content.first.map({ Int($0) }), (1...components).contains(count),
            content.count == 4 + 2 * count
        else { throw damaged }
        var scan = Scan()
        for index in 0..<count {
            guard let component = header.components.firstIndex(where: { $0.id == content[1 + 2 * index] }),
                !decoded.contains(component), !scan.components.contains(component),
                case let number = Int(content[2 + 2 * index] >> 4), number < 4, let table = tables[number]
            else { throw damaged }
            scan.components.append(component)
            scan.tables.append(table)
        }
        scan.predictor = Int(content[1 + 2 * count])
        scan.pointTransform = Int(content[3 + 2 * count] & 15)
        guard (1...7).contains(scan.predictor), scan.pointTransform < header.precision else { throw damaged }
        return scan
    }

    private mutating func decode(_ scan: Scan, _ reader: inout BitReader) throws(ImagingError) {
        // A restart begins a row anew, as the first one; intervals are whole rows (H.1.2.1).
        let restartRows = restartInterval / max(width, 1)
        guard restartInterval == 0 || restartInterval % width == 0 else {
            throw ImagingError(
                .unsupported, tag: .pixelData, "lossless JPEG with restarts within a row is not supported")
        }
        let start = 1 << (header.precision - scan.pointTransform - 1)
        for row in 0..<header.height {
            let isRestart = restartRows > 0 && row > 0 && row % restartRows == 0
            if isRestart, !reader.restart() { throw damaged }
            try decodeRow(row, isFirst: row == 0 || isRestart, start: start, scan, &reader)
            guard !reader.isExhausted else {
                throw ImagingError(
                    .badCodestream, tag: .pixelData, "the lossless JPEG codestream ends in row \(row + 1)")
            }
        }
        for component in scan.components {
            decoded.insert(component)
            guard scan.pointTransform > 0 else { continue }
            for index in stride(from: component, to: samples.count, by: components) {
                samples[index] <<= UInt16(scan.pointTransform)
            }
        }
    }

    private mutating func decodeRow(
        _ row: Int, isFirst: Bool, start: Int, _ scan: Scan, _ reader: inout BitReader
    ) throws(ImagingError) {
        let stride = components
        let rowStart = row * width * stride
        let above = width * stride
        for column in 0..<width {
            for index in scan.components.indices {
                let at = rowStart + column * stride + scan.components[index]
                let difference = try difference(scan.tables[index], &reader)
                let prediction: Int
                if isFirst {
                    prediction = column == 0 ? start : Int(samples[at - stride])
                } else if column == 0 {
                    prediction = Int(samples[at - above])
                } else {
                    prediction = predict(
                        scan.predictor, left: Int(samples[at - stride]), above: Int(samples[at - above]),
                        aboveLeft: Int(samples[at - above - stride]))
                }
                samples[at] = UInt16(truncatingIfNeeded: prediction &+ difference)
            }
        }
    }

    /// Table H.1.
    @inline(__always)
    private func predict(_ selection: Int, left: Int, above: Int, aboveLeft: Int) -> Int {
        switch selection {
        case 1: left
        case 2: above
        case 3: aboveLeft
        case 4: left + above - aboveLeft
        case 5: left + (above - aboveLeft) >> 1
        case 6: above + (left - aboveLeft) >> 1
        default: (left + above) >> 1
        }
    }

    /// H.1.2.2: a category and as many bits; category 16 is 32768 without any.
    @inline(__always)
    private func difference(_ table: HuffmanTable, _ reader: inout BitReader) throws(ImagingError) -> Int {
        let category = table.symbol(&reader)
        guard category >= 0, category <= 16 else { throw damaged }
        if category == 0 { return 0 }
        if category == 16 { return 32768 }
        let value = reader.read(category)
        return value < 1 << (category - 1) ? value - (1 << category) + 1 : value
    }

    private var damaged: ImagingError {
        ImagingError(.badCodestream, tag: .pixelData, "the lossless JPEG codestream is damaged")
    }
}
