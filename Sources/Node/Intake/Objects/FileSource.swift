public import DICOM
public import Runtime

/// An open file as the DICOM reader takes it. Only regular files open: pipes and devices are refused, so that nothing hangs.
public struct FileSource: ByteSource {
    let file: any ReadableFile

    public init(path: String, files: any FileSystem = PosixFileSystem()) throws(FileError) {
        file = try files.openForReading(path)
    }

    public var count: Int { file.count }

    public func read(at offset: Int, count: Int) throws -> [UInt8] {
        try file.read(at: offset, count: count)
    }

    /// All bytes of the file.
    public func all() throws -> [UInt8] { try file.read(at: 0, count: file.count) }

    public func close() { file.close() }
}
