import COpenJPEG
import DICOM

/// JPEG 2000 and High-Throughput JPEG 2000, through OpenJPEG, which decodes both and encodes the first.
struct JPEG2000Codec: FrameCodec {
    /// Whether code blocks of High-Throughput JPEG 2000 are decoded; they are not encoded.
    var isHighThroughput = false

    var isLossless: Bool { true }

    func decode(_ bytes: [UInt8], _ description: PixelDescription) throws(ImagingError) -> Frame {
        let codestream = CodestreamSize.codestream(bytes)
        let size = try CodestreamSize(codestream)
        try description.check(
            width: size.width, height: size.height, components: size.components, precision: size.precision)
        guard isHighThroughput || !CodestreamSize.hasHighThroughputBlocks(codestream) else {
            throw ImagingError(
                .unsupported, tag: .transferSyntaxUID,
                "the codestream is High-Throughput JPEG 2000, which its transfer syntax does not say")
        }
        guard size.precision <= 31 else {
            throw ImagingError(.unsupported, tag: .bitsStored, "JPEG 2000 of more than 31 bits is not supported")
        }
        let photometric: Photometric? = [.ybrICT, .ybrRCT].contains(description.photometric) ? .rgb : nil
        let target = description.decoded(photometric)
        let stream = MemoryStream(Array(codestream))
        let decoded = stream.with(reading: true) { Self.image($0, target, size) }
        guard let decoded else {
            throw ImagingError(.badCodestream, tag: .pixelData, "the JPEG 2000 codestream is damaged")
        }
        return try Frame(target, bytes: decoded)
    }

    private static func image(
        _ stream: UnsafeMutablePointer<opj_stream_t?>, _ description: PixelDescription, _ size: CodestreamSize
    ) -> [UInt8]? {
        guard let codec = opj_create_decompress(OPJ_CODEC_J2K) else { return nil }
        defer { opj_destroy_codec(codec) }
        OpenJPEGMessages.silence(codec)
        var parameters = opj_dparameters_t()
        opj_set_default_decoder_parameters(&parameters)
        var image: UnsafeMutablePointer<opj_image_t>?
        guard opj_setup_decoder(codec, &parameters) != 0 else { return nil }
        let hasHeader = opj_read_header(stream, codec, &image) != 0
        guard let image else { return nil }
        defer { opj_image_destroy(image) }
        guard hasHeader, opj_decode(codec, stream, image) != 0 else { return nil }
        return bytes(image.pointee, description, size)
    }

    /// The components' samples, by pixel.
    private static func bytes(
        _ image: opj_image_t, _ description: PixelDescription, _ size: CodestreamSize
    ) -> [UInt8]? {
        let (samples, sampleBytes, pixels) = (
            description.samplesPerPixel, description.bytesPerSample, description.pixels
        )
        guard Int(image.numcomps) == samples, let components = image.comps else { return nil }
        var result = [UInt8](repeating: 0, count: description.bytesPerFrame)
        // Signed in the object: filled up with the sign, whatever the codestream says of it. Else the bits alone.
        let unused = Int32(32 - size.precision)
        for component in 0..<samples {
            // `numcomps` components; each has w × h samples where it has data.
            let plane = components[component]
            guard let data = plane.data, Int(plane.w) == description.columns, Int(plane.h) == description.rows,
                Int(plane.prec) == size.precision
            else { return nil }
            let source = UnsafeBufferPointer(start: data, count: pixels)
            result.withUnsafeMutableBufferPointer { result in
                // `bytesPerFrame` is pixels × samples × sampleBytes.
                for pixel in 0..<pixels {
                    let top = source[pixel] << unused
                    let value =
                        description.isSigned
                        ? top >> unused : Int32(bitPattern: UInt32(bitPattern: top) >> UInt32(unused))
                    let at = (pixel * samples + component) * sampleBytes
                    for byte in 0..<sampleBytes {
                        result[at + byte] = UInt8(truncatingIfNeeded: Int64(value) >> Int64(8 * byte))
                    }
                }
            }
        }
        return result
    }

    /// Lossless (reversible 5/3, one layer). Colour goes through the reversible transformation where the frame, red, green
    /// and blue, is called YBR_RCT; else the components are compressed as they are.
    func encode(_ frame: Frame) -> [UInt8]? {
        guard !isHighThroughput, let (samples, precision) = SamplePacking.unpack(frame),
            let image = Self.image(samples, precision, frame.description)
        else { return nil }
        defer { opj_image_destroy(image) }
        guard let codec = opj_create_compress(OPJ_CODEC_J2K) else { return nil }
        defer { opj_destroy_codec(codec) }
        OpenJPEGMessages.silence(codec)
        var parameters = opj_cparameters_t()
        opj_set_default_encoder_parameters(&parameters)
        parameters.tcp_numlayers = 1
        parameters.cp_disto_alloc = 1
        parameters.tcp_rates.0 = 0
        parameters.irreversible = 0
        parameters.tcp_mct = frame.description.photometric == .ybrRCT ? 1 : 0
        // As many levels as the smaller side can be halved, six at most.
        let side = min(frame.width, frame.height)
        parameters.numresolution = Int32(max(1, min(6, Int.bitWidth - side.leadingZeroBitCount)))
        guard opj_setup_encoder(codec, &parameters, image) != 0 else { return nil }
        // What cannot be made smaller grows a little; the rest is for headers.
        let stream = MemoryStream(limit: 2 * frame.bytes.count + 65536)
        let isComplete = stream.with(reading: false) { target -> Bool? in
            opj_start_compress(codec, image, target) != 0 && opj_encode(codec, target) != 0
                && opj_end_compress(codec, target) != 0
        }
        return isComplete == true ? stream.bytes : nil
    }

    private static func image(
        _ samples: [UInt16], _ precision: Int, _ description: PixelDescription
    ) -> UnsafeMutablePointer<opj_image_t>? {
        let count = description.samplesPerPixel
        var component = opj_image_cmptparm_t()
        (component.dx, component.dy) = (1, 1)
        (component.w, component.h) = (UInt32(description.columns), UInt32(description.rows))
        (component.prec, component.sgnd) = (UInt32(precision), description.isSigned ? 1 : 0)
        var components = [opj_image_cmptparm_t](repeating: component, count: count)
        guard
            let image = opj_image_create(
                UInt32(count), &components, count == 3 ? OPJ_CLRSPC_SRGB : OPJ_CLRSPC_GRAY)
        else { return nil }
        (image.pointee.x1, image.pointee.y1) = (component.w, component.h)
        let unused = Int32(32 - precision)
        for index in 0..<count {
            // The library made w × h samples for each component.
            guard let data = image.pointee.comps[index].data else {
                opj_image_destroy(image)
                return nil
            }
            for pixel in 0..<description.pixels {
                let sample = Int32(samples[pixel * count + index])
                data[pixel] = description.isSigned ? (sample << unused) >> unused : sample
            }
        }
        return image
    }
}

/// What OpenJPEG has to say goes nowhere: its messages may quote the file, and a refused frame has its own error.
enum OpenJPEGMessages {
    static func silence(_ codec: UnsafeMutablePointer<opj_codec_t?>) {
        opj_set_info_handler(codec, { _, _ in }, nil)
        opj_set_warning_handler(codec, { _, _ in }, nil)
        opj_set_error_handler(codec, { _, _ in }, nil)
    }
}
