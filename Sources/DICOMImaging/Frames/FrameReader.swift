public import DICOM

/// The frames of an object, one at a time: native ones read by position, compressed ones found among the fragments.
/// Memory is that of one frame, whatever the object has.
public struct FrameReader: Sendable {
    public let description: PixelDescription
    public let transferSyntax: TransferSyntax
    let limits: ImagingLimits
    let source: any ByteSource
    let layout: Layout

    enum Layout: Sendable {
        /// One after another from an offset on; `swap`: bytes that change places, 1 where none do.
        case native(offset: Int, length: Int, swap: Int)
        /// The fragments of each frame.
        case encapsulated([[Range<Int>]])
    }

    /// Frames that the object says it has.
    public var count: Int { description.frames }

    public var isEncapsulated: Bool {
        if case .encapsulated = layout { true } else { false }
    }

    /// - Parameter file: from `DICOMFile.readHeader`, its pixels in `source`; or read whole, its pixels in the data set.
    public init(
        file: DICOMFile, source: some ByteSource, limits: Limits = .standard, imaging: ImagingLimits = .standard
    ) throws(ImagingError) {
        guard let location = file.pixelData else {
            self = try FrameReader(file: file, imaging: imaging)
            return
        }
        guard !file.transferSyntax.isDeflated else {
            throw ImagingError(
                .needsWholeFile, tag: location.tag,
                "the file is deflated as a whole: read all of it to have its pixels, not its header alone")
        }
        self.limits = imaging
        self.source = source
        transferSyntax = file.transferSyntax
        var description = try PixelDescription(file.dataSet, pixelData: location.tag, limits: imaging)
        switch location.length {
        case .bytes(let count):
            let length = max(min(count, source.count - location.valueOffset), 0)
            description.settle(nativeBytes: count)
            layout = .native(
                offset: location.valueOffset, length: length,
                swap: Self.swap(description, location.vr, location.isBigEndian, file.transferSyntax))
        case .undefined:
            let ranges: [Range<Int>]
            do throws(DICOMError) {
                ranges = try location.fragments(in: source, limits: limits).ranges
            } catch {
                let code: ImagingError.Code = error.code == .pixelDataShort ? .pixelDataShort : .badFragments
                throw ImagingError(code, tag: location.tag, error.detail)
            }
            let map = FragmentMap(ranges: ranges, source: source, dataSet: file.dataSet)
            layout = .encapsulated(try map.frames(description.frames))
        }
        self.description = description
    }

    /// Of a file that was read whole: its pixel data is in the data set.
    public init(file: DICOMFile, imaging: ImagingLimits = .standard) throws(ImagingError) {
        let elements = [Tag.pixelData, .floatPixelData, .doubleFloatPixelData].compactMap { file.dataSet[$0] }
        guard let element = elements.first, !element.isEmpty else {
            throw ImagingError(.noPixels, tag: .pixelData, "the object has no pixel data")
        }
        limits = imaging
        transferSyntax = file.transferSyntax
        var description = try PixelDescription(file.dataSet, pixelData: element.tag, limits: imaging)
        if element.isEncapsulated {
            let pieces = PieceSource(element.fragments)
            source = pieces
            let map = FragmentMap(ranges: pieces.ranges, source: pieces, dataSet: file.dataSet)
            layout = .encapsulated(try map.frames(description.frames))
        } else {
            let pieces = PieceSource([element.bytes])
            source = pieces
            description.settle(nativeBytes: pieces.count)
            layout = .native(
                offset: 0, length: pieces.count,
                swap: Self.swap(description, element.vr, element.isBigEndian, file.transferSyntax))
        }
        self.description = description
    }

    /// A frame's compressed bytes, its fragments put together; of a native object, the frame's bytes in little endian order.
    ///
    /// - Parameter frame: counted from 0.
    public func encoded(_ frame: Int) throws(ImagingError) -> [UInt8] {
        switch layout {
        case .native(let offset, let length, let swap):
            do throws(ImagingError) {
                return try native(frame, offset: offset, length: length, swap: swap)
            } catch {
                throw error.at(frame)
            }
        case .encapsulated(let frames):
            guard frames.indices.contains(frame) else { throw noSuchFrame(frame) }
            let size = frames[frame].reduce(0) { $0 + $1.count }
            guard size <= limits.maximumCodestreamBytes else {
                throw ImagingError(
                    .tooLarge, tag: .pixelData, frame: frame,
                    "the compressed frame has more than \(limits.maximumCodestreamBytes) bytes")
            }
            if frames[frame].count == 1 { return try read(frames[frame][0]) }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size)
            for range in frames[frame] { bytes += try read(range) }
            return bytes
        }
    }

    /// A frame's pixels.
    ///
    /// - Parameter frame: counted from 0.
    public func decoded(_ frame: Int) throws(ImagingError) -> Frame {
        let bytes = try encoded(frame)
        guard isEncapsulated else { return try Frame(description, bytes: bytes) }
        guard let codec = FrameCodecs.codec(for: transferSyntax, limits: limits) else {
            throw ImagingError(
                .unsupported, tag: .transferSyntaxUID, frame: frame, FrameCodecs.reason(transferSyntax))
        }
        guard description.bytesPerFrame <= 64 << 20 || description.bytesPerFrame / limits.maximumRatio < bytes.count
        else {
            throw ImagingError(
                .tooLarge, tag: .pixelData, frame: frame,
                "the compressed frame unfolds to more than \(limits.maximumRatio) times its size, as a bomb does")
        }
        do throws(ImagingError) {
            return try codec.decode(bytes, description)
        } catch {
            throw error.at(frame)
        }
    }

    func noSuchFrame(_ frame: Int) -> ImagingError {
        ImagingError(.noSuchFrame, tag: .numberOfFrames, frame: frame, "the object has \(count) frames")
    }

    func read(_ range: Range<Int>) throws(ImagingError) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try source.read(at: range.lowerBound, count: range.count)
        } catch {
            throw ImagingError(.unreadable, tag: .pixelData, "the bytes cannot be read: \(error)")
        }
        guard bytes.count == range.count else {
            throw ImagingError(
                .pixelDataShort, tag: .pixelData, "\(bytes.count) of the frame's \(range.count) bytes are there")
        }
        return bytes
    }
}
