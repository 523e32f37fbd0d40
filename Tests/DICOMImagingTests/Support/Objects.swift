import DICOM
import DICOMImaging
import Synchronization
import Testing

/// Image objects put together for a test.
struct Object {
    var rows = 2
    var columns = 2
    var samples = 1
    var allocated = 8
    var stored: Int?
    var high: Int?
    var isSigned = false
    var photometric = "MONOCHROME2"
    var planar: Int?
    var frames: Int?
    var padding: Int?
    var vr = VR.ow
    var tag = Tag.pixelData

    /// The data set, with native pixel data where `pixels` are given.
    func dataSet(_ pixels: [UInt8]? = nil, change: (inout DataSetBuilder) -> Void = { _ in }) throws -> DataSet {
        var builder = DataSetBuilder()
        builder.append(.sopClassUID, .ui, string: "1.2.840.10008.5.1.4.1.1.7")
        builder.append(.sopInstanceUID, .ui, string: "1.2.3.4")
        for (tag, number) in [
            (Tag.rows, rows), (.columns, columns), (.samplesPerPixel, samples), (.bitsAllocated, allocated),
            (.bitsStored, stored ?? allocated), (.highBit, high ?? (stored ?? allocated) - 1),
            (.pixelRepresentation, isSigned ? 1 : 0),
        ] {
            builder.append(tag, .us, ints: [number])
        }
        builder.append(.photometricInterpretation, .cs, string: photometric)
        if let planar { builder.append(.planarConfiguration, .us, ints: [planar]) }
        if let frames { builder.append(.numberOfFrames, .is, ints: [frames]) }
        if let padding { builder.append(.pixelPaddingValue, isSigned ? .ss : .us, ints: [padding]) }
        if let pixels { builder.append(tag, vr, bytes: pixels) }
        change(&builder)
        return try builder.finish()
    }

    func description() throws -> PixelDescription { try PixelDescription(dataSet(), pixelData: tag) }

    func frame(_ bytes: [UInt8]) throws -> Frame { try Frame(description(), bytes: bytes) }

    /// A file's bytes.
    func file(_ pixels: [UInt8], syntax: TransferSyntax = .explicitLittleEndian) throws -> [UInt8] {
        try DICOMWriter.file(meta: DataSet(), dataSet: dataSet(pixels), transferSyntax: syntax)
    }

    /// A reader that reads by position, and one for the file read whole.
    func readers(_ pixels: [UInt8], syntax: TransferSyntax = .explicitLittleEndian) throws -> [FrameReader] {
        try DICOMImagingTests.readers(file(pixels, syntax: syntax))
    }
}

/// Both ways to a file's frames.
func readers(_ bytes: [UInt8]) throws -> [FrameReader] {
    let source = MemorySource(bytes)
    return [
        try FrameReader(file: DICOMFile.readHeader(source), source: source),
        try FrameReader(file: DICOMFile.read(bytes)),
    ]
}

/// The error of a piece of work that must fail with one.
func error(of work: () throws -> some Any, sourceLocation: SourceLocation = #_sourceLocation) -> ImagingError? {
    do {
        _ = try work()
        Issue.record("this should have been refused", sourceLocation: sourceLocation)
    } catch let error as ImagingError {
        return error
    } catch {
        Issue.record("another kind of error: \(error)", sourceLocation: sourceLocation)
    }
    return nil
}

/// A source that counts the bytes asked of it.
final class CountingSource: ByteSource {
    private let source: MemorySource
    private let asked = Mutex(0)

    init(_ bytes: [UInt8]) { source = MemorySource(bytes) }

    var count: Int { source.count }
    var bytesRead: Int { asked.withLock { $0 } }

    func read(at offset: Int, count wanted: Int) throws -> [UInt8] {
        let bytes = try source.read(at: offset, count: wanted)
        asked.withLock { $0 += bytes.count }
        return bytes
    }
}
