/// What has been done about text in an object's pixels: what its header may claim of them afterwards.
public enum PixelStatement: Sendable, Equatable {
    /// Nobody looked; Burned In Annotation stays what it was, and no claim is made.
    case notLookedAt
    /// Every frame was looked at, and no text was found: Burned In Annotation NO.
    case free
    /// Text was found and covered: Burned In Annotation NO, and the Clean Pixel Data Option in (0012,0064).
    case covered(Compression)

    /// What covering did to the rest of the picture.
    public enum Compression: Sendable, Equatable {
        /// Pixels outside the covered places are what they were.
        case lossless
        /// The frames were decoded and compressed again with loss: said in (0028,2110) and in the derivation description.
        case lossy(ratio: Double, method: String)
    }
}
