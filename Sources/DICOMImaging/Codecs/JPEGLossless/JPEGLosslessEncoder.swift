/// Writes lossless JPEG with first-order prediction, all components in one scan.
struct JPEGLosslessEncoder {
    /// By pixel.
    let samples: [UInt16]
    let width: Int
    let height: Int
    let components: Int
    let precision: Int

    /// nil where there are no samples.
    func codestream() -> [UInt8]? {
        var frequencies = [Int](repeating: 0, count: 256)
        differences { category, _ in frequencies[category] += 1 }
        guard let table = HuffmanTable(frequencies: frequencies) else { return nil }
        var writer = BitWriter([0xFF, 0xD8])
        var frame: [UInt8] = [UInt8(precision)]
        for side in [height, width] {
            frame += [UInt8(truncatingIfNeeded: side >> 8), UInt8(truncatingIfNeeded: side)]
        }
        var scan = [UInt8(components)]
        frame.append(UInt8(components))
        for component in 1...UInt8(components) {
            frame += [component, 0x11, 0]
            scan += [component, 0]
        }
        writer.segment(0xC3, frame)
        writer.segment(0xC4, [0] + table.counts.map { UInt8($0) } + table.symbols)
        writer.segment(0xDA, scan + [1, 0, 0])
        let codes = table.codes
        differences { category, bits in
            let (code, length) = codes[category]
            writer.write(code, Int(length))
            if category > 0, category < 16 { writer.write(UInt32(truncatingIfNeeded: bits), category) }
        }
        writer.marker(0xD9)
        return writer.bytes
    }

    /// Category and extra bits of every difference from the sample to the left; in the first column, from the one above.
    private func differences(_ body: (Int, Int) -> Void) {
        for row in 0..<height {
            for column in 0..<width {
                for component in 0..<components {
                    let at = (row * width + column) * components + component
                    let prediction: Int
                    if column > 0 {
                        prediction = Int(samples[at - components])
                    } else {
                        prediction = row > 0 ? Int(samples[at - width * components]) : 1 << (precision - 1)
                    }
                    // Modulo 2^16, from -32767 to 32768.
                    let difference = Int(Int16(truncatingIfNeeded: Int(samples[at]) - prediction))
                    if difference == -32768 {
                        body(16, 0)
                    } else {
                        let category = Int.bitWidth - abs(difference).leadingZeroBitCount
                        body(category, difference < 0 ? difference + (1 << category) - 1 : difference)
                    }
                }
            }
        }
    }
}
