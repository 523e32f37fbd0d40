import Curation
import DICOM

/// From an open file to an object that can be stored, or the reason why not.
struct ObjectReader: Sendable {
    let deidentifier: Deidentifier
    let limits: Limits

    /// Files larger than this are not read into memory as a whole.
    private static let maximumWhole = 1 << 30

    enum Outcome {
        case object(PreparedObject)
        case notDICOM
        /// DICOM, but no object to keep.
        case skipped(String)
    }

    func read(_ source: FileSource) throws(Rejection) -> Outcome {
        do {
            let file = try DICOMFile.readHeader(source, limits: limits)
            if isDirectory(file) { return .skipped("a DICOMDIR: a list of files, not an image") }
            return .object(try prepare(file, source))
        } catch let error as DICOMError {
            if error.code == .notDICOM || error.code == .empty { return .notDICOM }
            throw Rejection(error)
        } catch let error as CurationError {
            throw Rejection(error)
        } catch {
            throw Rejection(reason: .damaged, sentence: "the object cannot be read")
        }
    }

    private func isDirectory(_ file: DICOMFile) -> Bool {
        file.meta[.mediaStorageSOPClassUID]?.uid == "1.2.840.10008.1.3.10"
            || file.dataSet[.directoryRecordSequence] != nil
    }

    private func prepare(_ file: DICOMFile, _ source: FileSource) throws -> PreparedObject {
        // Big endian and deflated data sets are turned into little endian ones, pixels too; odd pixel data gets its
        // padding. All are rare: such a file is read as a whole.
        if file.transferSyntax.isBigEndian || file.transferSyntax.isDeflated || file.pixelData?.hasOddLength == true {
            return try prepareWhole(source)
        }
        var copied = 0..<0
        if let pixels = file.pixelData { copied = try extent(of: pixels, in: file, source) }
        let result = try deidentifier.deidentify(file)
        var header = try DICOMWriter.header(
            meta: result.meta, dataSet: result.dataSet, transferSyntax: result.transferSyntax)
        if let pixels = file.pixelData {
            header += DICOMWriter.pixelDataHeader(pixels, transferSyntax: result.transferSyntax)
        }
        return PreparedObject(deidentified: result, header: header, pixels: copied)
    }

    /// Where the pixel data lies, once it is known to be complete.
    private func extent(of pixels: PixelDataLocation, in file: DICOMFile, _ source: FileSource) throws -> Range<Int> {
        switch pixels.length {
        case .bytes(let count):
            let extent = try pixels.extent(in: source)
            if !file.transferSyntax.isEncapsulated {
                try PixelCheck.native(count, pixels.tag, in: file.dataSet, at: pixels.elementOffset)
            }
            return extent
        case .undefined:
            let found = try pixels.fragments(in: source, limits: limits)
            // The first is the Basic Offset Table.
            try PixelCheck.encapsulated(
                fragments: max(found.ranges.count - 1, 0), pixels.tag, in: file.dataSet, syntax: file.transferSyntax,
                at: pixels.elementOffset)
            return found.extent
        }
    }

    private func prepareWhole(_ source: FileSource) throws -> PreparedObject {
        guard source.count <= Self.maximumWhole else {
            throw Rejection(
                reason: .beyondLimits,
                sentence:
                    "a big endian or deflated object of more than 1 GiB; convert it to explicit little endian first")
        }
        let file = try DICOMFile.read(try source.read(at: 0, count: source.count), limits: limits)
        let result = try deidentifier.deidentify(file)
        if let pixels = file.dataSet[.pixelData], !pixels.isEncapsulated {
            try PixelCheck.native(pixels.bytes.count, .pixelData, in: file.dataSet, at: pixels.offset)
        }
        let bytes = try DICOMWriter.file(
            meta: result.meta, dataSet: result.dataSet, transferSyntax: result.transferSyntax)
        return PreparedObject(deidentified: result, header: bytes, pixels: 0..<0)
    }
}

extension PixelDataLocation {
    var hasOddLength: Bool {
        if case .bytes(let count) = length { return count & 1 == 1 }
        return false
    }
}
