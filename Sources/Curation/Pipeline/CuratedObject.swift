public import DICOMImaging

/// What came of an object: its new form, and what a person has to judge before it may be released.
public struct CuratedObject: Sendable {
    public let deidentified: Deidentified
    /// The new file up to its pixel data, as it was searched for leaks.
    public let header: [UInt8]
    /// Pixel data with text covered; nil where the original's is kept as it is.
    public let pixels: CoveredPixelData?
    /// Empty: the object may be released.
    public let findings: [ReviewFinding]
    /// The frames in question, before and after; only where there are findings.
    public let pictures: [PicturePair]
    /// Frames that were looked at for text.
    public let framesLookedAt: Int
}

/// A frame as it was and as it would be released, as JPEG or PNG, for the person who judges.
public struct PicturePair: Sendable {
    /// From 0.
    public let frame: Int
    public let before: [UInt8]
    public let after: [UInt8]
}
