/// Writes files and data sets. What goes out is canonical, whatever came in: elements ascending, sequences and items of
/// undefined length (so that no stale length can be left), no group lengths, even values, a preamble of zeros.
public enum DICOMWriter {
    /// Identifies Atles as the writer (0002,0012), (0002,0013).
    public static let implementationClassUID = "2.25.46390702803059549215712505213240380676"
    public static let implementationVersionName = "ATLES_1"

    /// Everything before the pixel data: preamble, meta group, and the elements that come before (7FE0,0008).
    ///
    /// Append the pixel data to it: ``pixelDataHeader(_:transferSyntax:)`` and its value, as they lie in a source of the
    /// same transfer syntax. Throws for a deflated syntax, which cannot be written in parts, and for a value that the
    /// syntax has no form for.
    public static func header(
        meta: DataSet, dataSet: DataSet, transferSyntax: TransferSyntax
    ) throws(DICOMError) -> [UInt8] {
        guard !transferSyntax.isDeflated else {
            throw DICOMError(.cannotWrite, "a deflated file cannot be written in parts; write it as a whole")
        }
        var encoder = DataSetEncoder(transferSyntax: transferSyntax)
        encoder.bytes = fileStart(meta: meta, dataSet: dataSet, transferSyntax: transferSyntax)
        try encoder.encode(dataSet, upTo: Tag(0x7FE0, 0x0008))
        return encoder.bytes
    }

    /// Tag, VR and length of pixel data whose value is copied from elsewhere.
    public static func pixelDataHeader(_ location: PixelDataLocation, transferSyntax: TransferSyntax) -> [UInt8] {
        var encoder = DataSetEncoder(transferSyntax: transferSyntax)
        let length: UInt32 =
            switch location.length {
            case .bytes(let count): UInt32(truncatingIfNeeded: count)
            case .undefined: .max
            }
        encoder.header(location.tag, location.vr == .un ? .ob : location.vr, length)
        return encoder.bytes
    }

    /// A whole file, with the pixel data that is in the data set.
    public static func file(
        meta: DataSet, dataSet: DataSet, transferSyntax: TransferSyntax
    ) throws(DICOMError) -> [UInt8] {
        let start = fileStart(meta: meta, dataSet: dataSet, transferSyntax: transferSyntax)
        return start + (try encode(dataSet, transferSyntax: transferSyntax))
    }

    /// A data set alone, as a network message carries it.
    public static func encode(_ dataSet: DataSet, transferSyntax: TransferSyntax) throws(DICOMError) -> [UInt8] {
        try checkPixelData(dataSet, transferSyntax)
        var encoder = DataSetEncoder(transferSyntax: transferSyntax)
        try encoder.encode(dataSet, upTo: nil)
        return transferSyntax.isDeflated ? try Deflater.deflate(encoder.bytes) : encoder.bytes
    }

    /// Compressed frames need a syntax that names the compression; frames that are not compressed must not have one.
    private static func checkPixelData(_ dataSet: DataSet, _ syntax: TransferSyntax) throws(DICOMError) {
        for tag in [Tag.floatPixelData, .doubleFloatPixelData, .pixelData] {
            guard let element = dataSet[tag], !element.isEmpty, element.isEncapsulated != syntax.isEncapsulated,
                syntax.isKnown
            else { continue }
            throw DICOMError(
                .cannotWrite, tag: tag,
                element.isEncapsulated
                    ? "the pixel data is compressed; it has no form in \(syntax)"
                    : "the pixel data is not compressed; \(syntax) would claim that it is")
        }
    }

    private static func fileStart(meta: DataSet, dataSet: DataSet, transferSyntax: TransferSyntax) -> [UInt8] {
        [UInt8](repeating: 0, count: 128) + "DICM".utf8
            + MetaGroupEncoder.encode(meta, dataSet: dataSet, transferSyntax: transferSyntax)
    }
}
