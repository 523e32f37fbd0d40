public import DICOM

/// What the frames of an object are: size, samples, bits (PS3.3 C.7.6.3, Image Pixel). Checked: the sizes that follow
/// from it fit the limits.
public struct PixelDescription: Sendable, Equatable {
    /// What a sample is.
    public enum SampleType: Sendable, Equatable {
        case unsigned, signed
        /// Float Pixel Data (7FE0,0008), 32 bits, and Double Float Pixel Data (7FE0,0009), 64 bits.
        case float
    }

    /// 1 to 65535.
    public internal(set) var rows: Int
    public internal(set) var columns: Int
    /// 1, or 3 for colour.
    public internal(set) var samplesPerPixel: Int
    /// 1, 8, 16, 32 or 64.
    public internal(set) var bitsAllocated: Int
    /// The bits that are the value; those above may be anything, old overlays too.
    public internal(set) var bitsStored: Int
    /// The place of the value's highest bit: mostly `bitsStored - 1`.
    public internal(set) var highBit: Int
    public internal(set) var sampleType: SampleType
    /// Colour by plane: all red, all green, all blue.
    public internal(set) var isPlanar: Bool
    public internal(set) var photometric: Photometric
    /// Number of Frames, at least 1.
    public internal(set) var frames: Int
    /// Pixel Padding Value (0028,0120): what lies outside the picture.
    public internal(set) var padding: Int?
    /// The colours of PALETTE COLOR.
    public internal(set) var palette: Palette?

    public var isSigned: Bool { sampleType == .signed }
    public var isFloat: Bool { sampleType == .float }
    public var pixels: Int { rows * columns }

    /// Bytes of a sample; bits of one are packed, and this is 1 for them.
    public var bytesPerSample: Int { max(bitsAllocated / 8, 1) }

    /// Bits of a frame that is not compressed. At most 2^16 × 2^16 × 3 × 64: no overflow.
    public var bitsPerFrame: Int {
        let all = pixels * samplesPerPixel * bitsAllocated
        return photometric == .ybrFull422 || photometric == .ybrPartial422 ? all / 3 * 2 : all
    }

    /// Bytes of a frame that is not compressed, as ``Frame`` holds it.
    public var bytesPerFrame: Int { (bitsPerFrame + 7) / 8 }
}

extension PixelDescription {
    /// Of a file's data set. Throws where what it says is missing, contradicts itself or is too large.
    ///
    /// - Parameter pixelData: the element that holds the pixels, where it is not in the data set.
    public init(
        _ dataSet: DataSet, pixelData: Tag? = nil, limits: ImagingLimits = .standard
    ) throws(ImagingError) {
        rows = try Self.number(dataSet, .rows, in: 1...65535)
        columns = try Self.number(dataSet, .columns, in: 1...65535)
        samplesPerPixel = try Self.number(dataSet, .samplesPerPixel, in: 1...4, otherwise: 1)
        bitsAllocated = try Self.number(dataSet, .bitsAllocated, in: 1...64)
        guard [1, 8, 16, 32, 64].contains(bitsAllocated) else {
            throw ImagingError(
                .unsupported, tag: .bitsAllocated,
                "samples of \(bitsAllocated) bits are not supported: 1, 8, 16, 32, 64")
        }
        bitsStored = try Self.number(dataSet, .bitsStored, in: 1...64, otherwise: bitsAllocated)
        guard bitsStored <= bitsAllocated else {
            throw ImagingError(
                .badDescription, tag: .bitsStored, "\(bitsStored) bits are stored in the \(bitsAllocated) allocated")
        }
        highBit = try Self.number(dataSet, .highBit, in: 0...63, otherwise: bitsStored - 1)
        guard highBit < bitsAllocated, highBit >= bitsStored - 1 else {
            throw ImagingError(
                .badDescription, tag: .highBit,
                "the highest bit is \(highBit), of \(bitsStored) stored in \(bitsAllocated) allocated")
        }
        let isSigned = try Self.number(dataSet, .pixelRepresentation, in: 0...1, otherwise: 0) == 1
        sampleType = isSigned ? .signed : .unsigned
        isPlanar = try Self.number(dataSet, .planarConfiguration, in: 0...1, otherwise: 0) == 1
        let count = try Self.number(dataSet, .numberOfFrames, in: 0...limits.maximumFrames, otherwise: 1)
        frames = max(count, 1)
        padding = dataSet[.pixelPaddingValue]?.int
        photometric = try Self.photometric(dataSet, samples: samplesPerPixel)
        palette = photometric == .palette ? try Palette(dataSet) : nil
        try refine(pixelData ?? Self.pixelData(in: dataSet))
        let (bytes, overflow) = (rows * columns).multipliedReportingOverflow(by: samplesPerPixel * bytesPerSample)
        guard !overflow, bytes <= limits.maximumFrameBytes else {
            throw ImagingError(
                .tooLarge, tag: .rows,
                "a frame of \(columns) × \(rows) pixels is more than \(limits.maximumFrameBytes) bytes; raise the limit if that is right"
            )
        }
    }

    /// What depends on several attributes.
    private mutating func refine(_ pixelData: Tag?) throws(ImagingError) {
        guard photometric.samples == samplesPerPixel else {
            throw ImagingError(
                .badDescription, tag: .samplesPerPixel,
                "\(photometric.rawValue) has \(photometric.samples) samples a pixel, the object \(samplesPerPixel)")
        }
        if samplesPerPixel == 1 || photometric == .ybrFull422 { isPlanar = false }
        if bitsAllocated == 1, samplesPerPixel > 1 {
            throw ImagingError(.unsupported, tag: .bitsAllocated, "colour of one bit is not supported")
        }
        if photometric == .ybrFull422 || photometric == .palette, bitsAllocated > 16 {
            throw ImagingError(
                .unsupported, tag: .bitsAllocated, "\(photometric.rawValue) of \(bitsAllocated) bits is not supported")
        }
        guard pixelData == .floatPixelData || pixelData == .doubleFloatPixelData else { return }
        let bits = pixelData == .floatPixelData ? 32 : 64
        guard bitsAllocated == bits, samplesPerPixel == 1 else {
            throw ImagingError(
                .badDescription, tag: .bitsAllocated, "floating point pixels have \(bits) bits, one sample each")
        }
        (sampleType, bitsStored, highBit) = (.float, bits, bits - 1)
    }

    private static func pixelData(in dataSet: DataSet) -> Tag? {
        [Tag.floatPixelData, .doubleFloatPixelData, .pixelData].first { dataSet[$0] != nil }
    }

    private static func photometric(_ dataSet: DataSet, samples: Int) throws(ImagingError) -> Photometric {
        // Objects older than DICOM 3 do not say: grey they are.
        guard let name = dataSet[.photometricInterpretation]?.string else {
            return samples == 1 ? .monochrome2 : .rgb
        }
        guard let photometric = Photometric(rawValue: name) else {
            throw ImagingError(
                .unsupported, tag: .photometricInterpretation, "this photometric interpretation is not supported")
        }
        return photometric
    }

    /// A whole number within bounds, whatever VR the file gives it.
    static func number(
        _ dataSet: DataSet, _ tag: Tag, in range: ClosedRange<Int>, otherwise: Int? = nil
    ) throws(ImagingError) -> Int {
        guard let element = dataSet[tag], !element.isEmpty, let number = element.int else {
            guard let otherwise else {
                throw ImagingError(.badDescription, tag: tag, "without it the pixels cannot be read")
            }
            return otherwise
        }
        guard range.contains(number) else {
            throw ImagingError(
                .badDescription, tag: tag, "it is not within \(range.lowerBound) and \(range.upperBound)")
        }
        return number
    }
}
