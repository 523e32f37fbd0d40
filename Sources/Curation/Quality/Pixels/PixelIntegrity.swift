import DICOM
import DICOMImaging

/// Whether the pixel data of an object is what its header says, judged without decoding.
struct PixelIntegrity {
    /// A reader of the object's frames; nil where there are none to read, with the reason noted as a finding.
    static func check(
        _ file: DICOMFile, _ source: some ByteSource, instance: String, _ findings: inout SeriesFindings
    ) -> FrameReader? {
        guard let location = file.pixelData else {
            let isImage = file.dataSet[.rows] != nil && file.dataSet[.columns] != nil
            if isImage {
                findings.add(
                    .pixelMissing, "There is no pixel data.", attribute: .pixelData, instance: instance)
            }
            return nil
        }
        do throws(ImagingError) {
            let reader = try FrameReader(file: file, source: source)
            if case .bytes(let count) = location.length {
                length(reader.description, count, location, in: source, instance, &findings)
            }
            return reader
        } catch {
            note(error, instance, &findings)
            return nil
        }
    }

    /// What an error of a frame means for its object.
    static func note(_ error: ImagingError, _ instance: String, _ findings: inout SeriesFindings) {
        let frame = error.frame.map { $0 + 1 }
        let rule: QualityRule =
            switch error.code {
            case .badDescription, .noPixels: .pixelDescription
            case .pixelDataShort, .badFragments, .noSuchFrame: .pixelLength
            case .unsupported, .needsWholeFile, .tooLarge: .pixelNotLookedAt
            default: .pixelUndecodable
            }
        findings.add(
            rule, sentence(error.detail), attribute: error.tag, instance: instance, frame: frame)
    }

    private static func length(
        _ description: PixelDescription, _ claimed: Int, _ location: PixelDataLocation, in source: some ByteSource,
        _ instance: String, _ findings: inout SeriesFindings
    ) {
        // A million frames of 2^40 bits: no overflow.
        let expected = (description.bitsPerFrame * description.frames + 7) / 8
        let there = min(claimed, max(source.count - location.valueOffset, 0))
        if there < expected {
            findings.add(
                .pixelLength, "The image needs \(expected) bytes, \(there) are there.", attribute: location.tag,
                instance: instance)
        } else if claimed > expected + 1 {
            findings.add(
                .pixelSurplus, "\(claimed - expected) bytes follow the last frame.", attribute: location.tag,
                instance: instance)
        }
    }

    /// A detail as a sentence.
    private static func sentence(_ detail: String) -> String {
        guard let first = detail.first else { return detail }
        return first.uppercased() + detail.dropFirst() + (detail.hasSuffix(".") ? "" : ".")
    }
}
