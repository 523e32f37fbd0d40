import DICOM

/// The marker segments of a JPEG codestream up to and with its first scan header (ISO 10918-1 annex B).
struct JPEGHeader {
    struct Component {
        var id: UInt8
        /// Sampling factors, 1 to 4.
        var horizontal, vertical: Int
        var quantisation: UInt8
    }

    /// A marker and where its segment's content lies.
    struct Segment {
        let marker: UInt8
        /// Where the marker's 0xFF is.
        let start: Int
        let content: Range<Int>
    }

    /// 0xC0 baseline, 0xC1 extended, 0xC2 progressive, 0xC3 lossless, 0xF7 JPEG-LS …
    var frameMarker: UInt8 = 0
    var precision = 0
    var width = 0
    var height = 0
    var components: [Component] = []
    /// All segments before the first scan's data, its header the last.
    var segments: [Segment] = []
    var hasJFIF = false
    /// The colour transform that an Adobe marker names.
    var adobeTransform: UInt8?
    /// Where the first scan's data begins.
    var scanStart = 0

    init(_ bytes: [UInt8]) throws(ImagingError) {
        guard bytes.count >= 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else {
            throw ImagingError(.badCodestream, tag: .pixelData, "the frame does not begin like a JPEG codestream")
        }
        var position = 2
        while true {
            guard let segment = Self.segment(bytes, at: position) else {
                throw ImagingError(.badCodestream, tag: .pixelData, "the JPEG codestream ends before its first scan")
            }
            position = segment.content.upperBound
            segments.append(segment)
            try note(segment, bytes)
            if segment.marker == 0xDA { break }
        }
        guard !components.isEmpty else {
            throw ImagingError(.badCodestream, tag: .pixelData, "the JPEG codestream has no frame header")
        }
        scanStart = position
    }

    /// The segment at or after a position; nil where there is none with a length. Bytes between segments are passed over.
    static func segment(_ bytes: [UInt8], at start: Int) -> Segment? {
        var position = start
        while position + 3 < bytes.count {
            let marker = bytes[position + 1]
            // Fill bytes, and markers that stand alone.
            guard bytes[position] == 0xFF, marker != 0xFF, marker != 0, marker != 1, !(0xD0...0xD8).contains(marker)
            else {
                position += 1
                continue
            }
            guard marker != 0xD9 else { return nil }
            let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
            guard length >= 2, position + 2 + length <= bytes.count else { return nil }
            return Segment(marker: marker, start: position, content: position + 4..<position + 2 + length)
        }
        return nil
    }

    private mutating func note(_ segment: Segment, _ bytes: [UInt8]) throws(ImagingError) {
        let content = bytes[segment.content]
        switch segment.marker {
        case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF, 0xF7:
            try readFrame(Array(content), segment.marker)
        case 0xE0 where content.starts(with: Array("JFIF".utf8)): hasJFIF = true
        case 0xEE where content.count >= 12 && content.starts(with: Array("Adobe".utf8)):
            adobeTransform = content[content.startIndex + 11]
        default: break
        }
    }

    private mutating func readFrame(_ content: [UInt8], _ marker: UInt8) throws(ImagingError) {
        guard components.isEmpty, content.count >= 6, content.count >= 6 + 3 * Int(content[5]), content[5] > 0 else {
            throw ImagingError(.badCodestream, tag: .pixelData, "the JPEG frame header is damaged")
        }
        frameMarker = marker
        precision = Int(content[0])
        height = Int(content[1]) << 8 | Int(content[2])
        width = Int(content[3]) << 8 | Int(content[4])
        components = (0..<Int(content[5])).map { index in
            let at = 6 + 3 * index
            return Component(
                id: content[at], horizontal: Int(content[at + 1] >> 4), vertical: Int(content[at + 1] & 15),
                quantisation: content[at + 2])
        }
        guard components.allSatisfy({ (1...4).contains($0.horizontal) && (1...4).contains($0.vertical) }) else {
            throw ImagingError(.badCodestream, tag: .pixelData, "the JPEG frame header has impossible sampling factors")
        }
    }

    /// Whether all components have as many samples.
    var isFullColour: Bool {
        components.allSatisfy {
            $0.horizontal == components[0].horizontal && $0.vertical == components[0].vertical
        }
    }

    /// Whether the components are luminance and colour differences. Markers of the codestream decide (JFIF, then Adobe,
    /// then components called R, G, B), as in libjpeg; without any, components of unequal size can be nothing else, and
    /// the object's photometric interpretation decides at last.
    func isYBR(_ photometric: Photometric) -> Bool {
        guard components.count == 3 else { return false }
        if hasJFIF { return true }
        if let adobeTransform { return adobeTransform != 0 }
        if components.map(\.id).elementsEqual("RGB".utf8) { return false }
        return !isFullColour || photometric != .rgb
    }

    /// What libjpeg takes the components for.
    var isYBRByMarkers: Bool { isYBR(.ybrFull) }
}
