/// A DICOM file (PS3.10): its meta group and its data set, with or without the pixel data.
public struct DICOMFile: Sendable {
    /// The file's meta group, (0002,xxxx); empty where the file has none.
    public var meta: DataSet

    /// The data set. From ``readHeader(_:limits:)`` it ends before the top-level pixel data.
    public var dataSet: DataSet

    /// How the data set is encoded: as the meta group says or, without one, as it looks.
    public var transferSyntax: TransferSyntax

    /// Top-level pixel data that a header scan stopped before. In a deflated file, its offsets count in the inflated data
    /// set: read such a file whole to have its pixels.
    public var pixelData: PixelDataLocation?

    /// Whether "DICM" is at byte 128.
    public var hasPreamble: Bool

    /// The 128 bytes in front, which may be anything, a program too; nil where the file has none.
    public var preamble: ArraySlice<UInt8>? {
        hasPreamble ? meta.storage.bytes.prefix(128) : nil
    }

    /// The data set ended in the middle of an element (``Limits/acceptsTruncatedDataSets``); it holds what came before.
    public var isTruncated: Bool

    /// What was wrong but could be read: odd lengths, a missing meta group, pixel data cut short … The first
    /// ``Limits/maximumWarnings`` of them.
    public var warnings: [DICOMError]

    /// How many warnings there were.
    public var warningCount: Int

    public init(meta: DataSet, dataSet: DataSet, transferSyntax: TransferSyntax) {
        self.meta = meta
        self.dataSet = dataSet
        self.transferSyntax = transferSyntax
        hasPreamble = false
        isTruncated = false
        warnings = []
        warningCount = 0
    }

    init(
        meta: DataSet, dataSet: DataSet, transferSyntax: TransferSyntax, pixelData: PixelDataLocation?,
        hasPreamble: Bool, isTruncated: Bool, warnings: Warnings
    ) {
        self.meta = meta
        self.dataSet = dataSet
        self.transferSyntax = transferSyntax
        self.pixelData = pixelData
        self.hasPreamble = hasPreamble
        self.isTruncated = isTruncated
        self.warnings = warnings.kept
        warningCount = warnings.count
    }
}

extension DICOMFile {
    /// Reads everything before the pixel data, in as few pieces as that takes: first 16 KiB, then doubling.
    ///
    /// Memory stays under ``Limits/maximumHeaderBytes`` and the tape's share of ``Limits/maximumElements``, whatever
    /// lengths the file claims.
    public static func readHeader(
        _ source: some ByteSource, limits: Limits = .standard
    ) throws(DICOMError) -> DICOMFile {
        var reader = FileReader(source: source, limits: limits, stop: .pixelData)
        return try reader.read()
    }

    /// Reads a whole file that is in memory; pixel data is an element of the data set.
    public static func read(_ bytes: [UInt8], limits: Limits = .standard) throws(DICOMError) -> DICOMFile {
        var reader = FileReader(source: MemorySource(bytes), limits: limits, stop: .endOfData, bytes: bytes)
        return try reader.read()
    }

    /// Reads a data set that has no file around it, as it travels in a network message.
    public static func readDataSet(
        _ bytes: [UInt8], transferSyntax: TransferSyntax, limits: Limits = .standard
    ) throws(DICOMError) -> DICOMFile {
        var reader = FileReader(source: MemorySource(bytes), limits: limits, stop: .endOfData, bytes: bytes)
        return try reader.readDataSet(at: 0, as: transferSyntax, warnings: Warnings(limit: limits.maximumWarnings))
    }
}
