import DICOM

extension PixelDescription {
    /// What a codec's frame is: colour by pixel, photometric as decoded.
    func decoded(_ photometric: Photometric? = nil) -> PixelDescription {
        var copy = self
        copy.isPlanar = false
        copy.photometric = photometric ?? (self.photometric == .ybrFull422 ? .ybrFull : self.photometric)
        return copy
    }

    /// Throws unless a codestream is of this size, with as many components, and its samples fit those allocated.
    func check(width: Int, height: Int, components: Int, precision: Int) throws(ImagingError) {
        guard width == columns, height == rows else {
            throw ImagingError(
                .badCodestream, tag: .rows,
                "the codestream has \(width) × \(height) pixels, the object says \(columns) × \(rows)")
        }
        guard components == samplesPerPixel else {
            throw ImagingError(
                .badCodestream, tag: .samplesPerPixel,
                "the codestream has \(components) components, the object says \(samplesPerPixel)")
        }
        guard (1...bitsAllocated).contains(precision), !isFloat, bitsAllocated >= 8 else {
            throw ImagingError(
                .badCodestream, tag: .bitsAllocated,
                "the codestream has samples of \(precision) bits, the object allocates \(bitsAllocated)")
        }
    }
}

/// Samples of codestreams as numbers, and how they lie in a frame.
enum SamplePacking {
    /// Samples of `precision` bits as the description's bytes; signed ones are filled up with their sign.
    static func pack(_ samples: [UInt16], precision: Int, _ description: PixelDescription) throws(ImagingError) -> Frame
    {
        guard description.bitsAllocated > 8 else {
            return try Frame(description, bytes: samples.map { UInt8(truncatingIfNeeded: $0) })
        }
        let size = description.bytesPerSample
        let unused = Int32(32 - max(1, min(precision, 32)))
        let isSigned = description.isSigned
        let bytes = [UInt8](unsafeUninitializedCapacity: samples.count * size) { result, filled in
            // `size` bytes for every sample: the capacity asked for.
            for index in samples.indices {
                var value = Int64(samples[index])
                if isSigned { value = Int64((Int32(truncatingIfNeeded: value) << unused) >> unused) }
                for byte in 0..<size {
                    result[index * size + byte] = UInt8(truncatingIfNeeded: value >> Int64(8 * byte))
                }
            }
            filled = samples.count * size
        }
        return try Frame(description, bytes: bytes)
    }

    /// A frame's samples of 8 or 16 bits, by pixel, and how many bits a codestream needs to give them back as they are:
    /// those stored, or all that are allocated where others than a sign lie above them. Nil for other frames.
    static func unpack(_ frame: Frame) -> (samples: [UInt16], precision: Int)? {
        let description = frame.description
        guard [8, 16].contains(description.bitsAllocated), !description.isFloat, description.photometric != .ybrFull422
        else { return nil }
        var samples: [UInt16]
        if description.bitsAllocated == 8 {
            samples = frame.bytes.map { UInt16($0) }
        } else {
            samples = stride(from: 0, to: frame.bytes.count - 1, by: 2).map {
                UInt16(frame.bytes[$0]) | UInt16(frame.bytes[$0 + 1]) << 8
            }
        }
        if description.isPlanar { samples = interleaved(samples, pixels: description.pixels) }
        let (stored, allocated) = (description.bitsStored, description.bitsAllocated)
        guard stored >= 2, stored < allocated, description.highBit == stored - 1 else { return (samples, allocated) }
        let unused = UInt16(16 - stored)
        let mask = UInt16.max >> unused
        let top = UInt16.max >> UInt16(16 - allocated)
        let fits = samples.allSatisfy { sample in
            guard description.isSigned else { return sample & mask == sample }
            let filled = Int16(bitPattern: sample << unused) >> Int16(unused)
            return UInt16(bitPattern: filled) & top == sample
        }
        return fits ? (samples.map { $0 & mask }, stored) : (samples, allocated)
    }

    /// Three planes by pixel.
    static func interleaved<Sample>(_ planes: [Sample], pixels: Int) -> [Sample] {
        guard planes.count == 3 * pixels else { return planes }
        return (0..<3 * pixels).map { planes[$0 % 3 * pixels + $0 / 3] }
    }
}
