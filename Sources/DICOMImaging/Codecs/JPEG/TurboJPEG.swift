import CTurboJPEG

/// libjpeg-turbo through its TurboJPEG interface, which reports errors instead of ending the program.
enum TurboJPEG {
    /// A compressed picture of 8-bit samples: 1 (grey) or 3 a pixel (red, green, blue).
    ///
    /// - Parameter fullColour: colour differences for every pixel, not for two by two.
    static func compress(
        _ pixels: [UInt8], width: Int, height: Int, samples: Int, quality: Int, fullColour: Bool
    ) -> [UInt8]? {
        guard (1...65535).contains(width), (1...65535).contains(height), pixels.count == width * height * samples,
            let handle = tjInitCompress()
        else { return nil }
        defer { tjDestroy(handle) }
        let subsampling = samples == 1 ? TJSAMP_GRAY : fullColour ? TJSAMP_444 : TJSAMP_420
        let format = samples == 1 ? TJPF_GRAY : TJPF_RGB
        var length = tjBufSize(Int32(width), Int32(height), Int32(subsampling.rawValue))
        guard length != .max else { return nil }
        var isComplete = false
        let result = [UInt8](unsafeUninitializedCapacity: Int(length)) { room, filled in
            var target = room.baseAddress
            // Reads width × height × samples bytes, checked above; with NOREALLOC it writes at most tjBufSize bytes.
            isComplete =
                tjCompress2(
                    handle, pixels, Int32(width), 0, Int32(height), format.rawValue, &target, &length,
                    Int32(subsampling.rawValue), Int32(max(1, min(100, quality))), TJFLAG_NOREALLOC) == 0
            filled = isComplete ? Int(length) : 0
        }
        return isComplete ? result : nil
    }
    /// The samples of a codestream whose size is known: 1 or 3 a pixel, luminance and colour differences turned into red,
    /// green and blue. Nil where it is damaged: what a decoder makes up for lost data is not the picture.
    static func decompress(_ bytes: [UInt8], width: Int, height: Int, samples: Int) -> [UInt8]? {
        guard let handle = tjInitDecompress() else { return nil }
        defer { tjDestroy(handle) }
        var (foundWidth, foundHeight, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        // Reads bytes.count bytes at most.
        guard
            tjDecompressHeader3(
                handle, bytes, UInt(bytes.count), &foundWidth, &foundHeight, &subsampling, &colours) == 0,
            foundWidth == width, foundHeight == height
        else { return nil }
        let format = samples == 1 ? TJPF_GRAY : TJPF_RGB
        let count = width * height * samples
        var isComplete = false
        let result = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            // Writes width × height × samples bytes: the size asked for must be the codestream's own, or it would scale.
            isComplete =
                tjDecompress2(
                    handle, bytes, UInt(bytes.count), room.baseAddress, Int32(width), 0, Int32(height), format.rawValue,
                    TJFLAG_STOPONWARNING | TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS) == 0
            filled = isComplete ? count : 0
        }
        return isComplete ? result : nil
    }
}
