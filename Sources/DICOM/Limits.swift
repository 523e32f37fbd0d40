/// Bounds on what a reader accepts: with them, the memory that a file can claim is known before it is opened.
public struct Limits: Sendable, Equatable {
    /// Sequences inside one another. Real objects stay under 20; consumers may rely on 64.
    public var maximumDepth = 64

    /// Elements, items and fragments of a data set together. A tape node is 24 bytes. The largest real headers
    /// (12,000-frame segmentations) have some 500,000.
    public var maximumElements = 2_000_000

    /// Bytes before the pixel data that ``DICOMFile/readHeader(_:limits:)`` holds in memory.
    public var maximumHeaderBytes = 64 << 20

    /// Bytes that a deflated data set may unfold to.
    public var maximumInflatedBytes = 1 << 30

    /// How many times larger than its source a deflated data set may become, once it is beyond 16 MiB.
    /// Deflate itself ends near 1,030; images of real patients stay under 20.
    public var maximumInflationRatio = 200

    /// Warnings kept for a file; the rest are counted.
    public var maximumWarnings = 50

    /// Whether a data set that ends in the middle of an element is read up to there, with a warning, instead of refused.
    /// For looking at damaged files; never for taking them in.
    public var acceptsTruncatedDataSets = false

    public init() {}

    public static let standard = Limits()

    /// The depth that is kept to: a tape counts levels, two for each sequence, in eight bits.
    var depth: Int { min(max(maximumDepth, 0), 120) }
}
