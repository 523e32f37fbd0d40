import DICOM
import DICOMImaging

extension PicturePair {
    /// Longest side of a picture.
    private static let side = 1_024
    /// Pairs for one object, at most.
    private static let most = 6

    /// The frames that findings are about, or the first one, as they were and as they would be released. None where the
    /// pixels cannot be shown.
    static func pairs(
        of file: DICOMFile, source: some ByteSource, findings: [ReviewFinding], covered: CoveredPixelData?,
        limits: Limits
    ) -> [PicturePair] {
        guard let reader = try? FrameReader(file: file, source: source, limits: limits) else { return [] }
        let named = Set(findings.compactMap(\.frame)).sorted()
        return (named.isEmpty ? [0] : named).prefix(most).compactMap { index in
            guard let frame = try? reader.decoded(index), let before = picture(frame) else { return nil }
            var after = frame
            after.fill(covered?.covered[index] ?? [])
            guard let picture = picture(after) else { return nil }
            return PicturePair(frame: index, before: before, after: picture)
        }
    }

    private static func picture(_ frame: Frame) -> [UInt8]? {
        let gray = frame.gray()
        let scaled = max(gray.width, gray.height) > side ? gray.scaled(toFit: side) : gray
        return Picture.jpeg(scaled, quality: 85) ?? Picture.png(scaled)
    }
}
