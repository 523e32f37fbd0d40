import DICOM

/// Grey pictures of JPEG extended with 12 bits (process 4): old angiography and fluoroscopy. libjpeg-turbo has them in
/// a build of its own only.
struct JPEGExtendedDecoder: JPEGSymbolSink {
    private let width: Int
    private let height: Int
    /// The steps of quantisation, in zigzag order.
    private let steps: [Int]
    private(set) var samples: [UInt16]
    private var coefficients = [Float](repeating: 0, count: 64)
    private var predictor = 0
    private var position = 0
    private var place: (column: Int, row: Int)?

    static func decode(
        _ bytes: [UInt8], _ header: JPEGHeader, _ description: PixelDescription
    ) throws(ImagingError) -> Frame {
        try description.check(width: header.width, height: header.height, components: 1, precision: 12)
        let damaged = ImagingError(.badCodestream, tag: .pixelData, "the JPEG codestream is damaged")
        var tables = JPEGTables()
        for segment in header.segments where !tables.read(segment.marker, Array(bytes[segment.content])) {
            throw damaged
        }
        guard let content = header.segments.last?.content,
            let scan = tables.scan(Array(bytes[content]), header, black: [0], covered: []),
            header.components[0].quantisation < 4
        else { throw damaged }
        var decoder = JPEGExtendedDecoder(header, steps: tables.steps[Int(header.components[0].quantisation)])
        var reader = BitReader(bytes, from: header.scanStart)
        guard scan.walk(&reader, &decoder) else { throw damaged }
        decoder.finishBlock()
        return try SamplePacking.pack(decoder.samples, precision: 12, description.decoded())
    }

    private init(_ header: JPEGHeader, steps: [Int]) {
        (width, height, self.steps) = (header.width, header.height, steps)
        samples = [UInt16](repeating: 0, count: header.width * header.height)
    }

    mutating func block(_ component: Int, column: Int, row: Int) {
        finishBlock()
        place = (column, row)
        position = 1
    }

    mutating func dc(_ table: Int, difference: Int) {
        predictor &+= difference
        coefficients[0] = Float(predictor * steps[0])
    }

    mutating func ac(_ table: Int, symbol: Int, bits: Int) {
        let size = symbol & 15
        position += symbol >> 4
        if size > 0, position < 64 {
            let value = bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits
            coefficients[Self.zigzag[position]] = Float(value * steps[position])
        }
        position += 1
    }

    mutating func restart(_ number: Int) { predictor = 0 }

    /// The samples of the block whose coefficients are there.
    private mutating func finishBlock() {
        guard let (column, row) = place else { return }
        let values = Self.transformed(coefficients)
        for y in 0..<min(8, height - 8 * row) {
            for x in 0..<min(8, width - 8 * column) {
                let value = (values[8 * y + x] + 2048).rounded()
                samples[(8 * row + y) * width + 8 * column + x] = UInt16(max(0, min(4095, value)))
            }
        }
        for index in coefficients.indices { coefficients[index] = 0 }
    }

    /// The inverse cosine transform (A.3.3), rows and columns apart.
    private static func transformed(_ coefficients: [Float]) -> [Float] {
        var rows = [Float](repeating: 0, count: 64)
        for y in 0..<8 {
            for x in 0..<8 {
                var sum: Float = 0
                for u in 0..<8 { sum += waves[8 * x + u] * coefficients[8 * y + u] }
                rows[8 * y + x] = sum
            }
        }
        var result = [Float](repeating: 0, count: 64)
        for y in 0..<8 {
            for x in 0..<8 {
                var sum: Float = 0
                for v in 0..<8 { sum += waves[8 * y + v] * rows[8 * v + x] }
                result[8 * y + x] = sum
            }
        }
        return result
    }

    /// C(u) / 2 × cos((2x + 1)uπ / 16), by x, then u.
    private static let waves: [Float] = (0..<64).map { index in
        let (x, u) = (index / 8, index % 8)
        // cos(kπ/16) for k = 0 to 8; the others by symmetry.
        let quarter: [Double] = [
            1, 0.98078528040323, 0.92387953251129, 0.83146961230255, 0.70710678118655, 0.55557023301960,
            0.38268343236509, 0.19509032201613, 0,
        ]
        let angle = (2 * x + 1) * u % 32
        let folded = angle > 16 ? 32 - angle : angle
        let cosine = folded > 8 ? -quarter[16 - folded] : quarter[folded]
        return Float(cosine / 2 * (u == 0 ? 0.70710678118655 : 1))
    }

    /// Where the coefficients of the zigzag order lie (figure A.6).
    private static let zigzag: [Int] = [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21,
        28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61,
        54, 47, 55, 62, 63,
    ]
}
