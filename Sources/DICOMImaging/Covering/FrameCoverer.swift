public import DICOM

/// A frame with covered rectangles, compressed as its object is.
public struct CoveredFrame: Sendable {
    /// The frame's bytes in the result's transfer syntax: a codestream, or native pixels in little endian order.
    public let bytes: [UInt8]
    /// What is covered: the rectangles asked for, or a little more, to the edges of JPEG's blocks.
    public let covered: [PixelRectangle]
    /// Whether pixels outside are what the original decodes to.
    public let isLossless: Bool
    /// The photometric interpretation that the object must state for this frame.
    public let photometric: Photometric
    /// Bytes of the frame not compressed, divided by those it has.
    public let compressionRatio: Double
}

/// Covers rectangles in the frames of an object, without loss wherever the compression allows it.
///
/// Native frames are changed in place. RLE, JPEG-LS, JPEG 2000 and lossless JPEG are decoded, covered and compressed again
/// without loss, also where they were compressed with loss before. Sequential JPEG is changed block by block, the other
/// blocks untouched. Progressive JPEG alone is compressed anew with loss: the result says so.
public struct FrameCoverer: Sendable {
    let reader: FrameReader
    /// The transfer syntax of the result: the object's own, unless it cannot be written here.
    public let transferSyntax: TransferSyntax

    public init(_ reader: FrameReader) throws(ImagingError) {
        self.reader = reader
        let uid = reader.transferSyntax.uid
        transferSyntax = Self.replacements[uid].map { TransferSyntax(uid: $0) } ?? reader.transferSyntax
        if reader.isEncapsulated, FrameCodecs.codec(for: reader.transferSyntax, limits: reader.limits) == nil {
            throw ImagingError(
                .unsupported, tag: .transferSyntaxUID, FrameCodecs.reason(reader.transferSyntax))
        }
    }

    /// Syntaxes that are read but not written, and the nearest that is: every frame is compressed again. Native pixels in
    /// big endian order become little endian.
    private static let replacements: [String: String] = {
        var pairs = [
            TransferSyntax.explicitBigEndian.uid: TransferSyntax.explicitLittleEndian.uid,
            "1.2.840.113619.5.2": TransferSyntax.implicitLittleEndian.uid,
        ]
        for (from, to) in [
            ("53", "50"), ("55", "50"), ("92", "90"), ("93", "91"), ("201", "90"), ("202", "90"), ("203", "91"),
        ] {
            pairs["1.2.840.10008.1.2.4." + from] = "1.2.840.10008.1.2.4." + to
        }
        return pairs
    }()

    /// Whether frames without rectangles must be compressed again too: the transfer syntax is another.
    public var changesEveryFrame: Bool { transferSyntax != reader.transferSyntax }

    /// A frame with rectangles covered.
    ///
    /// - Parameter frame: counted from 0.
    public func covered(_ frame: Int, _ rectangles: [PixelRectangle]) throws(ImagingError) -> CoveredFrame {
        do throws(ImagingError) {
            return try cover(frame, rectangles)
        } catch {
            throw error.at(frame)
        }
    }

    private func cover(_ index: Int, _ rectangles: [PixelRectangle]) throws(ImagingError) -> CoveredFrame {
        let description = reader.description
        let original = try reader.encoded(index)
        let edges = PixelRectangle(left: 0, top: 0, right: description.columns, bottom: description.rows)
        let inside = rectangles.map { $0.clipped(to: edges) }.filter { !$0.isEmpty }
        guard reader.isEncapsulated else {
            var frame = try Frame(description, bytes: original)
            frame.fill(inside)
            return result(frame.bytes, inside, isLossless: true, description.photometric)
        }
        if inside.isEmpty, !changesEveryFrame {
            return result(original, [], isLossless: true, description.photometric)
        }
        guard let source = FrameCodecs.codec(for: reader.transferSyntax, limits: reader.limits),
            let codec = FrameCodecs.codec(for: transferSyntax)
        else { throw ImagingError(.unsupported, tag: .transferSyntaxUID, FrameCodecs.reason(reader.transferSyntax)) }
        if codec is JPEGCodec, let (bytes, covered) = JPEGBlockCover.covering(inside, in: original, description) {
            return result(bytes, covered, isLossless: true, description.photometric)
        }
        var frame = try source.decode(original, description)
        frame.fill(inside)
        if codec is JPEG2000Codec, [.ybrRCT, .ybrICT].contains(description.photometric) {
            // The object says that colour is transformed inside: so it is again.
            frame.description.photometric = .ybrRCT
        }
        guard let bytes = try codec.encode(frame) else {
            throw ImagingError(
                .unsupported, tag: .transferSyntaxUID,
                "the frame cannot be compressed again in \(transferSyntax) once it is covered")
        }
        let isColour = description.samplesPerPixel == 3
        return result(
            bytes, inside, isLossless: codec.isLossless,
            codec is JPEGCodec && isColour ? .ybrFull : frame.description.photometric)
    }

    private func result(
        _ bytes: [UInt8], _ covered: [PixelRectangle], isLossless: Bool, _ photometric: Photometric
    ) -> CoveredFrame {
        CoveredFrame(
            bytes: bytes, covered: covered, isLossless: isLossless, photometric: photometric,
            compressionRatio: Double(reader.description.bytesPerFrame) / Double(max(bytes.count, 1)))
    }
}
