import DICOM

/// JPEG of 8 bits, baseline, extended and progressive, through libjpeg-turbo, luminance and colour differences as RGB;
/// extended of 12 bits, grey, on our own.
struct JPEGCodec: FrameCodec {
    var isLossless: Bool { false }

    func decode(_ bytes: [UInt8], _ description: PixelDescription) throws(ImagingError) -> Frame {
        let header = try JPEGHeader(bytes)
        guard header.frameMarker != 0xC3 else { return try JPEGLosslessCodec().decode(bytes, description) }
        if header.precision == 12, header.frameMarker == 0xC1, header.components.count == 1 {
            return try JPEGExtendedDecoder.decode(bytes, header, description)
        }
        guard header.precision == 8, (0xC0...0xC2).contains(header.frameMarker) else {
            throw ImagingError(
                .unsupported, tag: .transferSyntaxUID,
                "JPEG of \(header.precision) bits, process \(header.frameMarker & 15), is not supported: decode it with another program first"
            )
        }
        try description.check(
            width: header.width, height: header.height, components: header.components.count, precision: 8)
        let isYBR = header.isYBR(description.photometric)
        let samples = description.samplesPerPixel
        // libjpeg follows markers alone; where the object knows better, it is told by one.
        let source = isYBR == header.isYBRByMarkers ? bytes : header.marked(bytes, isYBR: isYBR)
        guard
            let pixels = TurboJPEG.decompress(source, width: header.width, height: header.height, samples: samples)
        else { throw ImagingError(.badCodestream, tag: .pixelData, "the JPEG codestream is damaged") }
        let photometric = samples == 1 ? description.photometric : .rgb
        if description.bitsAllocated == 8 { return try Frame(description.decoded(photometric), bytes: pixels) }
        return try SamplePacking.pack(pixels.map { UInt16($0) }, precision: 8, description.decoded(photometric))
    }

    /// Baseline, of high quality. Colour as YBR_FULL, not subsampled.
    func encode(_ frame: Frame) -> [UInt8]? {
        let description = frame.description
        guard description.bitsAllocated == 8, description.bitsStored == 8, !description.isSigned,
            description.photometric != .palette
        else { return nil }
        let pixels = description.samplesPerPixel == 1 ? frame.bytes : frame.rgb8()
        return TurboJPEG.compress(
            pixels, width: frame.width, height: frame.height, samples: description.samplesPerPixel, quality: 95,
            fullColour: true)
    }
}

extension JPEGHeader {
    /// The codestream with an Adobe marker that says what the components are, in place of the markers that say so now.
    func marked(_ bytes: [UInt8], isYBR: Bool) -> [UInt8] {
        var result: [UInt8] = [0xFF, 0xD8, 0xFF, 0xEE, 0, 14]
        result += "Adobe".utf8
        result += [0, 100, 0, 0, 0, 0, isYBR ? 1 : 0]
        for segment in segments where segment.marker != 0xE0 && segment.marker != 0xEE {
            result += bytes[segment.start..<segment.content.upperBound]
        }
        return result + bytes[scanStart...]
    }
}
