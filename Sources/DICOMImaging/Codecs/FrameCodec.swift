public import DICOM

/// One compression of frames.
public protocol FrameCodec: Sendable {
    /// Whether what ``encode(_:)`` writes decodes to the same pixels.
    var isLossless: Bool { get }

    /// The pixels of a codestream. Its own header is checked against the description before anything of its size is
    /// allocated. The frame's description says what the pixels have become: colour by pixel, YBR turned into RGB where the
    /// codestream did so.
    func decode(_ bytes: [UInt8], _ description: PixelDescription) throws(ImagingError) -> Frame

    /// The codestream for a frame; nil where this codec has none for such pixels.
    func encode(_ frame: Frame) throws(ImagingError) -> [UInt8]?
}

/// The codecs by transfer syntax.
public enum FrameCodecs {
    /// nil where the syntax is native, or is not supported: ``reason(_:)``.
    public static func codec(for syntax: TransferSyntax) -> (any FrameCodec)? {
        nil
    }

    /// Why there is no codec.
    public static func reason(_ syntax: TransferSyntax) -> String {
        "frames in \(syntax) cannot be decoded here"
    }
}
