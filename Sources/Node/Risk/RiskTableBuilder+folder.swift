public import Curation
import DICOM
public import Runtime

extension RiskTableBuilder {
    /// What came of reading a folder.
    public struct FolderReading: Sendable, Equatable {
        /// De-identified objects whose traits were taken.
        public var objects = 0
        /// Files that are objects and cannot be read.
        public var unreadable = 0
    }

    /// Adds what the de-identified objects of a folder tell of their patients; only headers are read. Files that are not
    /// DICOM are passed by.
    ///
    /// - Parameter isCancelled: asked before each file.
    /// - Throws: `FileError` for a folder that cannot be read; `CancellationError`.
    public mutating func add(
        folder: String, traits: ImageTraits = ImageTraits(), files: any FileSystem = PosixFileSystem(),
        isCancelled: () -> Bool = { false }
    ) throws -> FolderReading {
        declareImageTraits(traits)
        var reading = FolderReading()
        for entry in FileWalk([folder], files: files) {
            if isCancelled() { throw CancellationError() }
            switch entry {
            case .passedBy: continue
            case .unreadable(let path, let error):
                if path == folder { throw error }
                reading.unreadable += 1
            case .file(let found):
                do {
                    let source = try FileSource(path: found.path, files: files)
                    defer { source.close() }
                    let dataSet = try DICOMFile.readHeader(source).dataSet
                    // A DICOMDIR is a list of files, not an object.
                    if dataSet[.directoryRecordSequence] != nil { continue }
                    add(image: dataSet)
                    reading.objects += 1
                } catch let error as DICOMError where error.code == .notDICOM || error.code == .empty {
                    continue
                } catch {
                    reading.unreadable += 1
                }
            }
        }
        return reading
    }
}
