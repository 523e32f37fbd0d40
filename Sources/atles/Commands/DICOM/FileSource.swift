import DICOM
import Runtime

/// A file on disk as a source of bytes. Only regular files open: pipes and devices are refused, so that nothing hangs.
struct FileSource: ByteSource {
    private let file: any ReadableFile

    init(path: String, files: some FileSystem = PosixFileSystem()) throws(FileError) {
        file = try files.openForReading(path)
    }

    var count: Int { file.count }

    func read(at offset: Int, count: Int) throws -> [UInt8] {
        try file.read(at: offset, count: count)
    }

    /// All bytes of the file.
    func all() throws -> [UInt8] { try file.read(at: 0, count: file.count) }

    func close() { file.close() }
}
