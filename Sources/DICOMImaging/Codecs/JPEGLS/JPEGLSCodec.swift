import CCharLS
import DICOM

/// JPEG-LS, lossless and near-lossless, through CharLS.
struct JPEGLSCodec: FrameCodec {
    var isLossless: Bool { true }

    func decode(_ bytes: [UInt8], _ description: PixelDescription) throws(ImagingError) -> Frame {
        let description = description.decoded()
        guard let decoder = charls_jpegls_decoder_create() else { throw Self.damaged }
        defer { charls_jpegls_decoder_destroy(decoder) }
        // CharLS 2.4.1 reads on for ever where the data ends without a marker: it gets one.
        let bytes = Self.endsWithMarker(bytes) ? bytes : bytes + [0xFF, 0xD9]
        // CharLS keeps the address of its source; decoder and source are used within this closure alone.
        return try bytes.withUnsafeBufferPointer { (source) throws(ImagingError) in
            var info = charls_frame_info()
            var mode = CHARLS_INTERLEAVE_MODE_NONE
            guard let start = source.baseAddress else { throw Self.damaged }
            try Self.check(charls_jpegls_decoder_set_source_buffer(decoder, start, source.count))
            try Self.check(charls_jpegls_decoder_read_header(decoder))
            try Self.check(charls_jpegls_decoder_get_frame_info(decoder, &info))
            try description.check(
                width: Int(info.width), height: Int(info.height), components: Int(info.component_count),
                precision: Int(info.bits_per_sample))
            try Self.check(charls_jpegls_decoder_get_interleave_mode(decoder, &mode))
            let count = description.pixels * description.samplesPerPixel
            let isPlanar = mode == CHARLS_INTERLEAVE_MODE_NONE
            let precision = Int(info.bits_per_sample)
            if precision <= 8 {
                let samples = try Self.samples(decoder, count, as: UInt8.self)
                let pixels = isPlanar ? SamplePacking.interleaved(samples, pixels: description.pixels) : samples
                if description.bitsAllocated == 8 { return try Frame(description, bytes: pixels) }
                return try SamplePacking.pack(pixels.map { UInt16($0) }, precision: precision, description)
            }
            let samples = try Self.samples(decoder, count, as: UInt16.self)
            let pixels = isPlanar ? SamplePacking.interleaved(samples, pixels: description.pixels) : samples
            return try SamplePacking.pack(pixels, precision: precision, description)
        }
    }

    /// Whether the codestream ends with an end of image, a byte of padding after it or not.
    private static func endsWithMarker(_ bytes: [UInt8]) -> Bool {
        bytes.suffix(2).elementsEqual([0xFF, 0xD9]) || bytes.suffix(3).elementsEqual([0xFF, 0xD9, 0])
    }

    private static func samples<Sample: FixedWidthInteger>(
        _ decoder: OpaquePointer, _ count: Int, as type: Sample.Type
    ) throws(ImagingError) -> [Sample] {
        var size = 0
        try check(charls_jpegls_decoder_get_destination_size(decoder, 0, &size))
        guard size == count * MemoryLayout<Sample>.size else { throw damaged }
        var status = CHARLS_JPEGLS_ERRC_UNEXPECTED_FAILURE
        let samples = [Sample](unsafeUninitializedCapacity: count) { room, filled in
            // CharLS writes `size` bytes at most: those of the capacity, as checked.
            guard let target = room.baseAddress else { return }
            status = charls_jpegls_decoder_decode_to_buffer(decoder, target, size, 0)
            filled = status == CHARLS_JPEGLS_ERRC_SUCCESS ? count : 0
        }
        try check(status)
        return samples
    }

    /// Lossless; colour interleaved by line.
    func encode(_ frame: Frame) throws(ImagingError) -> [UInt8]? {
        guard let (samples, precision) = SamplePacking.unpack(frame), precision >= 2,
            let encoder = charls_jpegls_encoder_create()
        else { return nil }
        defer { charls_jpegls_encoder_destroy(encoder) }
        var info = charls_frame_info(
            width: UInt32(frame.width), height: UInt32(frame.height), bits_per_sample: Int32(precision),
            component_count: Int32(frame.description.samplesPerPixel))
        try Self.check(charls_jpegls_encoder_set_frame_info(encoder, &info))
        if frame.description.samplesPerPixel == 3 {
            try Self.check(charls_jpegls_encoder_set_interleave_mode(encoder, CHARLS_INTERLEAVE_MODE_LINE))
        }
        var capacity = 0
        try Self.check(charls_jpegls_encoder_get_estimated_destination_size(encoder, &capacity))
        var status = CHARLS_JPEGLS_ERRC_UNEXPECTED_FAILURE
        let result = [UInt8](unsafeUninitializedCapacity: capacity) { room, filled in
            guard let target = room.baseAddress else { return }
            // CharLS writes at most the capacity, and reads all samples: width × height × components of one or two bytes.
            status = charls_jpegls_encoder_set_destination_buffer(encoder, target, capacity)
            if status == CHARLS_JPEGLS_ERRC_SUCCESS { status = Self.encode(samples, precision, encoder) }
            if status == CHARLS_JPEGLS_ERRC_SUCCESS {
                status = charls_jpegls_encoder_get_bytes_written(encoder, &filled)
            }
        }
        try Self.check(status)
        return result
    }

    private static func encode(_ samples: [UInt16], _ precision: Int, _ encoder: OpaquePointer) -> charls_jpegls_errc {
        if precision <= 8 {
            let bytes = samples.map { UInt8(truncatingIfNeeded: $0) }
            return charls_jpegls_encoder_encode_from_buffer(encoder, bytes, bytes.count, 0)
        }
        return charls_jpegls_encoder_encode_from_buffer(encoder, samples, samples.count * 2, 0)
    }

    private static func check(_ status: charls_jpegls_errc) throws(ImagingError) {
        guard status == CHARLS_JPEGLS_ERRC_SUCCESS else { throw damaged }
    }

    private static var damaged: ImagingError {
        ImagingError(.badCodestream, tag: .pixelData, "the JPEG-LS codestream is damaged")
    }
}
