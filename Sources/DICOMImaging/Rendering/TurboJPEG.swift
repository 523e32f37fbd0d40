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
}
