import Curation
import DICOM
import Runtime

/// An object ready to be stored: a new header, and the place its pixel data is copied from.
struct PreparedObject: Sendable {
    let deidentified: Deidentified
    /// The new file up to the value of its pixel data; the whole file where nothing is copied.
    var header: [UInt8]
    /// The bytes of the original that follow.
    let pixels: Range<Int>
    /// What follows them: the byte that makes an odd length even.
    var padding: [UInt8] = []
}
