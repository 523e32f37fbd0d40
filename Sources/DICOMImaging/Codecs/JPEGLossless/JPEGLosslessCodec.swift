import DICOM

/// JPEG Lossless, process 14 (ISO 10918-1 annex H): the commonest lossless compression of archives, which libjpeg-turbo
/// does not have in this version. All seven predictors, 2 to 16 bits, point transform, restart intervals, components in
/// one scan or one by one.
struct JPEGLosslessCodec: FrameCodec {
    var isLossless: Bool { true }

    func decode(_ bytes: [UInt8], _ description: PixelDescription) throws(ImagingError) -> Frame {
        let header = try JPEGHeader(bytes)
        guard header.frameMarker == 0xC3 else {
            // Baseline images in files that say lossless exist.
            guard header.frameMarker > 0xC2 else { return try JPEGCodec().decode(bytes, description) }
            throw ImagingError(
                .unsupported, tag: .transferSyntaxUID,
                "this process of JPEG, \(header.frameMarker & 15), is not supported")
        }
        let description = description.decoded()
        try description.check(
            width: header.width, height: header.height, components: header.components.count,
            precision: header.precision)
        guard (2...16).contains(header.precision),
            header.components.allSatisfy({ $0.horizontal == 1 && $0.vertical == 1 })
        else {
            throw ImagingError(
                .unsupported, tag: .pixelData, "lossless JPEG with subsampled colour is not supported")
        }
        var decoder = JPEGLosslessDecoder(header, bytes)
        let samples = try decoder.decode()
        return try SamplePacking.pack(samples, precision: header.precision, description)
    }

    /// First-order prediction (selection value 1), as every reader knows it, with the frame's own Huffman table.
    func encode(_ frame: Frame) -> [UInt8]? {
        guard let (samples, precision) = SamplePacking.unpack(frame), precision >= 2 else { return nil }
        return JPEGLosslessEncoder(
            samples: samples, width: frame.width, height: frame.height,
            components: frame.description.samplesPerPixel, precision: precision
        ).codestream()
    }
}
