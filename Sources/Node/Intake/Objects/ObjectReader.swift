import Curation
import DICOM
import Runtime

/// From an open file to an object that can be stored, or the reason why not.
struct ObjectReader: Sendable {
    let curator: ObjectCurator
    let limits: Limits

    private let turn = WholeFileTurn()

    /// The largest file, and the largest unfolded data set, that is turned into its new form in memory. Such a file takes
    /// about three times its size.
    private static let maximumWhole = 256 << 20

    enum Look {
        /// An object, read up to its pixel data.
        case object(DICOMFile)
        case notDICOM
        /// DICOM, but no object to keep.
        case skipped(String)
    }

    init(curator: ObjectCurator, limits: Limits) {
        self.curator = curator
        self.limits = limits
    }

    /// What a file is.
    func look(at source: FileSource) throws(Rejection) -> Look {
        do throws(DICOMError) {
            let file = try DICOMFile.readHeader(source, limits: limits)
            return isDirectory(file) ? .skipped("a DICOMDIR: a list of files, not an image") : .object(file)
        } catch {
            if error.code == .notDICOM || error.code == .empty { return .notDICOM }
            throw Rejection(error)
        }
    }

    /// Prepares and stores an object in `body`: at once, or when no other that needs as much memory is under way.
    func inTurn<Value: Sendable>(_ file: DICOMFile, _ body: () throws -> Value) rethrows -> Value {
        isTakenWhole(file) ? try turn.take(body) : try body()
    }

    /// The new form of an object that ``look(at:)`` found, within ``inTurn(_:_:)``.
    func prepare(_ file: DICOMFile, _ source: FileSource) throws(Rejection) -> PreparedObject {
        do {
            return isTakenWhole(file) ? try prepareWhole(source) : try prepareHeader(file, source)
        } catch let error as Rejection {
            throw error
        } catch let error as DICOMError {
            throw Rejection(error)
        } catch let error as CurationError {
            throw Rejection(error)
        } catch let error as FileError {
            throw Rejection(error)
        } catch {
            throw Rejection(reason: .damaged, sentence: "the object cannot be read")
        }
    }

    private func isDirectory(_ file: DICOMFile) -> Bool {
        file.meta[.mediaStorageSOPClassUID]?.uid == "1.2.840.10008.1.3.10"
            || file.dataSet[.directoryRecordSequence] != nil
    }

    /// Big endian and deflated data sets are turned into little endian ones, pixels too. Both are rare.
    private func isTakenWhole(_ file: DICOMFile) -> Bool {
        file.transferSyntax.isBigEndian || file.transferSyntax.isDeflated || file.pixelData?.isOddShortForm == true
    }

    private func prepareHeader(_ file: DICOMFile, _ source: FileSource) throws -> PreparedObject {
        var copied = 0..<0
        if let pixels = file.pixelData { copied = try extent(of: pixels, in: file, source) }
        let curated = try curator.curate(file, from: source)
        let result = curated.deidentified
        if curated.pixels != nil { return try whole(curated) }
        var object = PreparedObject(
            curated: curated,
            header: curated.header,
            pixels: .copied(copied))
        if let pixels = file.pixelData {
            object.header += DICOMWriter.pixelDataHeader(pixels, transferSyntax: result.transferSyntax)
            if pixels.hasOddLength { object.pad() }
        }
        return object
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
                    "a big endian or deflated object of more than 256 MiB; convert it to explicit little endian first")
        }
        var limits = limits
        limits.maximumInflatedBytes = min(limits.maximumInflatedBytes, Self.maximumWhole)
        let file = try DICOMFile.read(try source.read(at: 0, count: source.count), limits: limits)
        let curated = try curator.curate(file, from: source)
        if let pixels = file.dataSet[.pixelData], !pixels.isEncapsulated {
            try PixelCheck.native(pixels.bytes.count, .pixelData, in: file.dataSet, at: pixels.offset)
        }
        return try whole(curated)
    }

    /// An object whose pixel data is in its data set: text has been covered in it, or it was read whole.
    private func whole(_ curated: CuratedObject) throws -> PreparedObject {
        let result = curated.deidentified
        let bytes = try DICOMWriter.file(
            meta: result.meta, dataSet: result.dataSet, transferSyntax: result.transferSyntax)
        return PreparedObject(curated: curated, header: bytes, pixels: .copied(0..<0))
    }
}

extension PixelDataLocation {
    fileprivate var hasOddLength: Bool {
        if case .bytes(let count) = length { return count & 1 == 1 }
        return false
    }

    /// A length of 16 bits that has to be made even: no writer of images gives pixel data such a representation.
    fileprivate var isOddShortForm: Bool { hasOddLength && !vr.isLongForm }
}

extension PreparedObject {
    /// Makes the odd length of pixel data even: a zero at its end, and one more in its length, the last four bytes of the
    /// header in each of the little endian forms.
    fileprivate mutating func pad() {
        guard let last = header.indices.last, last >= 3 else { return }
        // From the lowest byte on, as far as it carries.
        for index in last - 3...last {
            header[index] &+= 1
            if header[index] != 0 { break }
        }
        padding = [0]
    }
}
