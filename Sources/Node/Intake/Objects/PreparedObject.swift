import Curation
import DICOM
import Runtime

/// An object ready to be stored: a new header, and the pixel data that follows it.
struct PreparedObject: Sendable {
    let curated: CuratedObject
    /// The new file up to the value of its pixel data; the whole file where nothing follows.
    var header: [UInt8]
    let pixels: Pixels
    /// What follows the pixel data: the byte that makes an odd length even.
    var padding: [UInt8] = []

    enum Pixels: Sendable {
        /// Bytes of the original, copied and never decoded.
        case copied(Range<Int>)
        /// New bytes, piece by piece: text has been covered in them.
        case made([ArraySlice<UInt8>])
    }
}
