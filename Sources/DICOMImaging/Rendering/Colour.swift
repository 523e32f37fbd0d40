/// Luminance and colour differences (ITU-R BT.601, full range, as PS3.3 C.7.6.3.1.2 has it for YBR_FULL).
enum Colour {
    /// 0.299 R + 0.587 G + 0.114 B, in 256ths.
    @inline(__always)
    static func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
        UInt8(truncatingIfNeeded: (77 &* UInt32(red) &+ 150 &* UInt32(green) &+ 29 &* UInt32(blue) &+ 128) &>> 8)
    }

    /// Red, green and blue of a luminance and its colour differences, in 65,536ths.
    @inline(__always)
    static func rgb(_ y: UInt8, _ cb: UInt8, _ cr: UInt8) -> (UInt8, UInt8, UInt8) {
        let (luma, blue, red) = (Int32(y) << 16 + 32768, Int32(cb) - 128, Int32(cr) - 128)
        return (
            UInt8(clamping: (luma + 91881 * red) >> 16), UInt8(clamping: (luma - 22554 * blue - 46802 * red) >> 16),
            UInt8(clamping: (luma + 116130 * blue) >> 16)
        )
    }
}
