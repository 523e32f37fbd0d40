import CZlib

/// Grey and colour pictures of 8 bits as PNG (ISO 15948): one IDAT, each row filtered by the one above it.
enum PNGEncoder {
    /// `samples`: 1 for grey, 3 for red, green and blue. Nil where there is no memory for it.
    static func encode(_ pixels: [UInt8], width: Int, height: Int, samples: Int) -> [UInt8]? {
        let row = width * samples
        guard width > 0, height > 0, pixels.count == row * height, let data = compressed(filtered(pixels, row: row))
        else { return nil }
        let header = bigEndian(width) + bigEndian(height) + [8, samples == 1 ? 0 : 2, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IDAT", data)
            + chunk("IEND", [])
    }

    /// Filter type 2 (Up): the difference from the sample above; the first row's own samples.
    private static func filtered(_ pixels: [UInt8], row: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(pixels.count + pixels.count / row)
        for start in stride(from: 0, to: pixels.count, by: row) {
            result.append(start == 0 ? 0 : 2)
            for position in start..<start + row {
                result.append(start == 0 ? pixels[position] : pixels[position] &- pixels[position - row])
            }
        }
        return result
    }

    private static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        var length = compressBound(UInt(bytes.count))
        var isComplete = false
        let result = [UInt8](unsafeUninitializedCapacity: Int(length)) { room, filled in
            // zlib reads bytes.count bytes and writes at most `length`, the capacity asked for.
            isComplete = compress2(room.baseAddress, &length, bytes, UInt(bytes.count), 6) == Z_OK
            filled = isComplete ? Int(length) : 0
        }
        return isComplete ? result : nil
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return bigEndian(content.count) + body + bigEndian(Int(crc32(0, body, UInt32(truncatingIfNeeded: body.count))))
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
}
