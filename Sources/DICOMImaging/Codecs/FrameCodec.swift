public import DICOM

/// One compression of frames.
public protocol FrameCodec: Sendable {
    /// Whether what ``encode(_:)`` writes decodes to the same pixels.
    var isLossless: Bool { get }

    /// The pixels of a codestream. Its own header is checked against the description before anything of its size is
    /// allocated. The frame's description says what the pixels have become: colour by pixel, YBR turned into RGB where the
    /// codestream did so.
    func decode(_ bytes: [UInt8], _ description: PixelDescription) throws(ImagingError) -> Frame

    /// The codestream for a frame; nil where this codec has none for such pixels. Colour is compressed as the frame has it,
    /// but for JPEG, whose codestream is YBR_FULL.
    func encode(_ frame: Frame) throws(ImagingError) -> [UInt8]?
}

/// The codecs by transfer syntax (PS3.5 annex A.4).
public enum FrameCodecs {
    /// nil where the syntax is native, or is not supported: ``reason(_:)``.
    public static func codec(
        for syntax: TransferSyntax, limits: ImagingLimits = .standard
    ) -> (any FrameCodec)? {
        guard syntax.uid.hasPrefix(prefix) else { return nil }
        switch syntax.uid.dropFirst(prefix.count) {
        case "1.98": return UncompressedCodec()
        case "4.50", "4.51", "4.53", "4.55": return JPEGCodec()
        case "4.57", "4.70": return JPEGLosslessCodec()
        case "4.80", "4.81": return JPEGLSCodec()
        case "4.90", "4.91", "4.92", "4.93": return JPEG2000Codec()
        case "4.201", "4.202", "4.203":
            return limits.acceptsHighThroughput ? JPEG2000Codec(isHighThroughput: true) : nil
        case "5": return RLECodec()
        default: return nil
        }
    }

    /// Why there is no codec.
    public static func reason(_ syntax: TransferSyntax) -> String {
        let suffix = syntax.uid.hasPrefix(prefix) ? syntax.uid.dropFirst(prefix.count) : ""
        if suffix.hasPrefix("4.10") || suffix == "4.110" || suffix == "4.111" || suffix == "4.112" {
            return
                "frames of video and of JPEG XL (\(syntax)) are not supported; decode them with another program first"
        }
        if suffix.hasPrefix("4.20") {
            return
                "\(syntax) is not decoded: damaged frames of it end the whole program; accept it for files of a trusted source"
        }
        return "frames in \(syntax) are not supported; decode them with another program first"
    }

    private static var prefix: String { "1.2.840.10008.1.2." }
}

/// Frames in fragments that are not compressed (PS3.5 A.4.11).
struct UncompressedCodec: FrameCodec {
    var isLossless: Bool { true }

    func decode(_ bytes: [UInt8], _ description: PixelDescription) throws(ImagingError) -> Frame {
        try Frame(description, bytes: Array(bytes.prefix(description.bytesPerFrame)))
    }

    func encode(_ frame: Frame) -> [UInt8]? { frame.bytes }
}
