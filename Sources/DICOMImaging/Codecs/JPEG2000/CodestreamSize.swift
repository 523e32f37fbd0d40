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
