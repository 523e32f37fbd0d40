import DICOM

/// An input of which only the name matters.
struct NoBytes: ByteSource {
    var count: Int { 0 }
    func read(at offset: Int, count: Int) -> [UInt8] { [] }
}
