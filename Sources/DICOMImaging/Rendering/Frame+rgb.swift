extension Frame {
    /// Red, green and blue of every pixel, 8 bits each, row by row. Grey frames come as ``gray(window:)`` shows them.
    public func rgb8() -> [UInt8] {
        if description.photometric == .palette, let palette = description.palette {
            return paletteIndices.flatMap { [palette.red[$0], palette.green[$0], palette.blue[$0]] }
        }
        guard description.photometric.isColour else { return gray().pixels.flatMap { [$0, $0, $0] } }
        if description.photometric == .rgb, description.bitsAllocated == 8, !description.isPlanar { return bytes }
        let (first, second, third) = (plane(0), plane(1), plane(2))
        let isYBR = description.photometric.isYBR
        return [UInt8](unsafeUninitializedCapacity: 3 * description.pixels) { result, filled in
            // The planes have a byte for every pixel, the result three.
            for pixel in 0..<description.pixels {
                let (one, two, three) = (first[pixel], second[pixel], third[pixel])
                let colour = isYBR ? Colour.rgb(one, two, three) : (one, two, three)
                (result[3 * pixel], result[3 * pixel + 1], result[3 * pixel + 2]) = colour
            }
            filled = 3 * description.pixels
        }
    }

    /// The brightest of red, green and blue of every pixel of a colour frame: text in deep blue or red on black, dark in
    /// luminance, is bright here. The grey picture for other frames.
    public func brightest() -> GrayImage {
        guard description.photometric.isColour || description.photometric == .palette else { return gray() }
        let colours = rgb8()
        let levels = [UInt8](unsafeUninitializedCapacity: description.pixels) { result, filled in
            colours.withUnsafeBufferPointer { colours in
                // Three bytes for every pixel, as `rgb8` gives.
                let count = min(result.count, colours.count / 3)
                for pixel in 0..<count {
                    result[pixel] = max(
                        colours[3 &* pixel], max(colours[3 &* pixel &+ 1], colours[3 &* pixel &+ 2]))
                }
                filled = count
            }
        }
        return GrayImage(width: width, height: height, pixels: levels) ?? .blank(width, height)
    }

    /// Luminance of a colour frame.
    func luma() -> [UInt8] {
        if description.photometric.isYBR { return plane(0) }
        let pixels = description.pixels
        if description.bitsAllocated == 8, !description.isPlanar {
            return bytes.withUnsafeBufferPointer { samples in
                [UInt8](unsafeUninitializedCapacity: pixels) { result, filled in
                    // A frame of 8 bits has 3 bytes for every pixel: `init` and the codecs see to it.
                    let count = min(pixels, samples.count / 3)
                    for pixel in 0..<count {
                        result[pixel] = Colour.luma(
                            samples[3 &* pixel], samples[3 &* pixel &+ 1], samples[3 &* pixel &+ 2])
                    }
                    filled = count
                }
            }
        }
        let (red, green, blue) = (plane(0), plane(1), plane(2))
        return (0..<pixels).map { Colour.luma(red[$0], green[$0], blue[$0]) }
    }

    /// One of the three samples of every pixel, its upper 8 bits.
    func plane(_ channel: Int) -> [UInt8] {
        let (pixels, size) = (description.pixels, description.bytesPerSample)
        if description.photometric == .ybrFull422 {
            // Pairs: two luminances, blue, red.
            return (0..<pixels).map { pixel in
                let sample = channel == 0 ? pixel / 2 * 4 + pixel % 2 : pixel / 2 * 4 + 1 + channel
                return sample8(sample * size)
            }
        }
        if size == 1, description.bitsStored == 8 {
            if description.isPlanar { return Array(bytes[channel * pixels..<(channel + 1) * pixels]) }
            return stride(from: channel, to: 3 * pixels, by: 3).map { bytes[$0] }
        }
        return (0..<pixels).map { pixel in
            sample8((description.isPlanar ? channel * pixels + pixel : 3 * pixel + channel) * size)
        }
    }

    /// The upper 8 of the stored bits of the sample at a byte.
    private func sample8(_ offset: Int) -> UInt8 {
        let size = description.bytesPerSample
        guard offset + size <= bytes.count else { return 0 }
        let value = (0..<size).reduce(UInt64(0)) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
        let top = value << UInt64(63 - description.highBit)
        return UInt8(truncatingIfNeeded: top >> 56)
    }
}
