import DICOM

/// The SIZ segment of a JPEG 2000 codestream (ISO 15444-1 A.5.1), read before the library sees it: the library allocates
/// by what is said here.
struct CodestreamSize {
    var width = 0
    var height = 0
    var components = 0
    var precision = 0
    var isSigned = false

    /// More tiles than any image has; each costs the library some kilobytes.
    private static var mostTiles: Int { 16384 }

    init(_ bytes: ArraySlice<UInt8>) throws(ImagingError) {
        let start = bytes.startIndex
        func number(_ offset: Int, _ size: Int) -> Int {
            (0..<size).reduce(0) { $0 << 8 | Int(bytes[start + offset + $1]) }
        }
        // SOC, SIZ, and its fields of fixed size.
        guard bytes.count >= 42, number(0, 4) == 0xFF4F_FF51 else {
            throw ImagingError(
                .badCodestream, tag: .pixelData, "the frame does not begin like a JPEG 2000 codestream")
        }
        let (right, bottom, left, top) = (number(8, 4), number(12, 4), number(16, 4), number(20, 4))
        let (tileWidth, tileHeight) = (number(24, 4), number(28, 4))
        components = number(40, 2)
        guard right > left, bottom > top, tileWidth > 0, tileHeight > 0, (1...4).contains(components),
            bytes.count >= 42 + 3 * components
        else { throw ImagingError(.badCodestream, tag: .pixelData, "the JPEG 2000 codestream has an impossible size") }
        (width, height) = (right - left, bottom - top)
        // Under 2^32 each way: the product fits.
        let tiles = ((right + tileWidth - 1) / tileWidth) * ((bottom + tileHeight - 1) / tileHeight)
        guard tiles <= Self.mostTiles else {
            throw ImagingError(.tooLarge, tag: .pixelData, "the JPEG 2000 codestream has \(tiles) tiles")
        }
        precision = number(42, 1) & 0x7F + 1
        isSigned = number(42, 1) & 0x80 != 0
        for component in 0..<components {
            let field = 42 + 3 * component
            guard number(field, 1) == number(42, 1), number(field + 1, 1) == 1, number(field + 2, 1) == 1 else {
                throw ImagingError(
                    .unsupported, tag: .pixelData, "JPEG 2000 with components of unequal depth or size is not supported"
                )
            }
        }
    }

    /// Whether anything in the codestream could be read as a coding style (COD, COC: A.6.1, A.6.2) with high-throughput
    /// code blocks: a marker, a length that such segments have, fields that the library does not refuse, and the bit. In
    /// packets that comes about by chance once in many terabytes.
    static func hasHighThroughputBlocks(_ codestream: ArraySlice<UInt8>) -> Bool {
        codestream.withUnsafeBufferPointer { bytes in
            /// Decomposition levels, width and height of code blocks, style.
            func isHighThroughput(_ field: Int) -> Bool {
                bytes[field] <= 32 && bytes[field &+ 1] <= 8 && bytes[field &+ 2] <= 8 && bytes[field &+ 3] & 0x40 != 0
            }
            // The furthest byte that is looked at is 12 beyond: within the buffer.
            for at in 0..<max(0, bytes.count - 12) where bytes[at] == 0xFF && bytes[at &+ 2] == 0 {
                let length = bytes[at &+ 3]
                switch bytes[at &+ 1] {
                // Scod, progression, two bytes of layers, component transformation; then the fields.
                case 0x52 where (12...45).contains(length) && bytes[at &+ 4] <= 7 && bytes[at &+ 8] <= 1:
                    if isHighThroughput(at &+ 9) { return true }
                // Component, Scoc; then the fields.
                case 0x53 where (9...43).contains(length) && bytes[at &+ 4] < 4:
                    if isHighThroughput(at &+ 6) { return true }
                default: break
                }
            }
            return false
        }
    }

    /// The codestream itself, out of the boxes of a JP2 file where there are any (ISO 15444-1 annex I).
    static func codestream(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard bytes.starts(with: [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20]) else { return bytes[...] }
        var position = 0
        while position + 8 <= bytes.count {
            let length = (0..<4).reduce(0) { $0 << 8 | Int(bytes[position + $1]) }
            if bytes[position + 4..<position + 8].elementsEqual("jp2c".utf8) {
                let end = length >= 8 ? min(position + length, bytes.count) : bytes.count
                return bytes[position + 8..<end]
            }
            guard length >= 8 else { break }
            position += length
        }
        return bytes[...]
    }
}
