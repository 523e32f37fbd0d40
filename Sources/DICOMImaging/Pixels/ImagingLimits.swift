/// Bounds on frames: with them, the memory that an image can claim is known before it is decoded.
public struct ImagingLimits: Sendable, Equatable {
    /// Bytes of one decoded frame. The largest real ones, mammograms and tomosynthesis slices, have some 30 MB; whole
    /// slide levels come in tiles.
    public var maximumFrameBytes = 512 << 20

    /// Bytes of one compressed frame.
    public var maximumCodestreamBytes = 512 << 20

    /// How many times larger than its codestream a frame may become, once it has more than 64 MiB: beyond that it is a
    /// bomb, not a picture. Real frames stay under 100; empty ones are small.
    public var maximumRatio = 1000

    /// Whether High-Throughput JPEG 2000 is decoded. OpenJPEG 2.5.0, with which it is, ends the whole program at some
    /// damaged codestreams of it (an assertion in its `mel_init`): for files of a trusted source only.
    public var acceptsHighThroughput = false

    /// Frames of an object.
    public var maximumFrames = 1_000_000

    public init() {}

    public static let standard = ImagingLimits()
}
