import DICOM

/// Whether an object's pixel data is all there, judged by its header: nothing is decoded.
enum PixelCheck {
    /// The bytes that uncompressed pixel data must have; nil where the header does not say.
    ///
    /// Throws where the numbers cannot be those of an image.
    static func expectedBytes(_ dataSet: DataSet, _ tag: Tag) throws(DICOMError) -> Int? {
        // Readers have been crashed by dimensions of another kind than the standard's unsigned short (PS3.3 C.7.6.3).
        for sizeTag in [Tag.rows, .columns, .bitsAllocated, .samplesPerPixel] {
            guard let element = dataSet[sizeTag], !element.isEmpty else { continue }
            guard element.vr == .us, element.int != nil else {
                throw DICOMError(
                    .badValue, offset: element.offset, tag: sizeTag,
                    "the size of the image is not given as an unsigned short number")
            }
        }
        guard let rows = dataSet[.rows]?.int, let columns = dataSet[.columns]?.int,
            let bits = dataSet[.bitsAllocated]?.int
        else { return nil }
        let samples = dataSet[.samplesPerPixel]?.int ?? 1
        let frames = max(dataSet[.numberOfFrames]?.int ?? 1, 1)
        guard rows > 0, columns > 0, samples > 0, (1...64).contains(bits) else {
            throw DICOMError(
                .badValue, tag: tag, "the size of the image is impossible (rows, columns, samples or bits)")
        }
        var total = bits
        for factor in [rows, columns, samples, frames] {
            let (product, overflow) = total.multipliedReportingOverflow(by: factor)
            if overflow { throw DICOMError(.badValue, tag: tag, "the size of the image is beyond all measure") }
            total = product
        }
        // Two pixels share their colour (PS3.3 C.7.6.3.1.2).
        if dataSet[.photometricInterpretation]?.string == "YBR_FULL_422", samples == 3 { total = total / 3 * 2 }
        return total / 8 + (total % 8 == 0 ? 0 : 1)
    }

    /// Throws where pixel data of that many bytes is too short for the image. More is common: padding.
    static func native(_ count: Int, _ tag: Tag, in dataSet: DataSet, at offset: Int?) throws(DICOMError) {
        guard let expected = try expectedBytes(dataSet, tag), count < expected else { return }
        throw DICOMError(
            .pixelDataShort, offset: offset, tag: tag,
            "the image needs \(expected) bytes of pixel data, the object has \(count): \(expected - count) are missing")
    }

    /// Throws where there are fewer fragments than frames. Video holds all frames in one.
    static func encapsulated(
        fragments: Int, _ tag: Tag, in dataSet: DataSet, syntax: TransferSyntax, at offset: Int?
    ) throws(DICOMError) {
        let frames = max(dataSet[.numberOfFrames]?.int ?? 1, 1)
        let isVideo = syntax.uid.hasPrefix("1.2.840.10008.1.2.4.10")
        guard fragments < (isVideo ? 1 : frames) else { return }
        throw DICOMError(
            .pixelDataShort, offset: offset, tag: tag,
            "the image has \(frames) frame\(frames == 1 ? "" : "s"), the object holds pixel data for \(fragments)")
    }
}
