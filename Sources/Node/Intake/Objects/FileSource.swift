import DICOM
import Runtime

/// An open file as the DICOM reader takes it.
struct FileSource: ByteSource {
    let file: any ReadableFile

    var count: Int { file.count }

    func read(at offset: Int, count: Int) throws -> [UInt8] {
        try file.read(at: offset, count: count)
    }
}
