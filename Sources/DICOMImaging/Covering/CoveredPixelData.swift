public import DICOM

/// The pixel data of an object, with rectangles covered: what to put in the place of its own.
public struct CoveredPixelData: Sendable {
    /// Native bytes in little endian order, or fragments.
    public enum Value: Sendable {
        case native([UInt8])
        case encapsulated(EncapsulatedPixelData)
    }

    public let value: Value
    public let transferSyntax: TransferSyntax
    /// Photometric Interpretation that the object must state now.
    public let photometric: Photometric
    /// What was covered, by frame.
    public let covered: [Int: [PixelRectangle]]
    /// Whether every pixel outside is what the original decodes to.
    public let isLossless: Bool
    /// Bytes of all frames not compressed, divided by those they have.
    public let compressionRatio: Double
    let isFloat: Bool
    let bytesPerSample: Int

    /// Appends the pixel data and the photometric interpretation, and for fragments the extended offset table where one is
    /// needed; the object's own extended tables must go.
    public func append(to builder: inout DataSetBuilder) {
        builder.append(.photometricInterpretation, .cs, string: photometric.rawValue)
        switch value {
        case .native(let bytes):
            let (tag, vr): (Tag, VR) =
                switch (isFloat, bytesPerSample) {
                case (false, _): (.pixelData, .ow)
                case (true, 4): (.floatPixelData, .of)
                case (true, _): (.doubleFloatPixelData, .od)
                }
            builder.append(tag, vr, bytes: bytes)
        case .encapsulated(let fragments): fragments.append(to: &builder)
        }
    }
}

extension FrameCoverer {
    /// The object's pixel data, every frame of it, held in memory.
    ///
    /// - Parameter rectangles: what to cover, by frame, counted from 0; frames without are copied.
    public func pixelData(covering rectangles: [Int: [PixelRectangle]]) throws(ImagingError) -> CoveredPixelData {
        let description = reader.description
        var native = NativePixelData()
        var fragments: [[UInt8]] = []
        var covered: [Int: [PixelRectangle]] = [:]
        var photometrics = Set<Photometric>()
        var (isLossless, bytes) = (true, 0)
        for index in 0..<reader.count {
            let frame = try self.covered(index, rectangles[index] ?? [])
            if reader.isEncapsulated {
                fragments.append(frame.bytes)
            } else {
                native.append(try Frame(description, bytes: frame.bytes))
            }
            if !frame.covered.isEmpty { covered[index] = frame.covered }
            photometrics.insert(frame.photometric)
            isLossless = isLossless && frame.isLossless
            bytes += frame.bytes.count
        }
        let all = Double(description.bytesPerFrame) * Double(reader.count)
        return CoveredPixelData(
            value: reader.isEncapsulated
                ? .encapsulated(EncapsulatedPixelData(frames: fragments)) : .native(native.finish()),
            transferSyntax: transferSyntax,
            // Where frames differ, those that were not touched decide.
            photometric: photometrics.count == 1
                ? photometrics.first ?? description.photometric : description.photometric,
            covered: covered, isLossless: isLossless, compressionRatio: all / Double(max(bytes, 1)),
            isFloat: description.isFloat, bytesPerSample: description.bytesPerSample)
    }

    /// The same in pieces, for objects too large for memory: the bytes of the pixel data's value, for fragments from the
    /// empty Basic Offset Table to the delimiter, as they follow `DICOMWriter.pixelDataHeader`. One frame is held at a time.
    ///
    /// - Parameter body: takes the next bytes.
    public func stream(
        covering rectangles: [Int: [PixelRectangle]], _ body: ([UInt8]) throws -> Void
    ) throws {
        if !reader.isEncapsulated, reader.description.bitsPerFrame % 8 != 0 {
            // Frames that begin within a byte are put together first: they are the smallest there are.
            guard case .native(let bytes) = try pixelData(covering: rectangles).value else { return }
            return try body(bytes)
        }
        if reader.isEncapsulated { try body(EncapsulatedPixelData.streamStart) }
        var count = 0
        for index in 0..<reader.count {
            let frame = try covered(index, rectangles[index] ?? [])
            count += frame.bytes.count
            guard reader.isEncapsulated else {
                try body(frame.bytes)
                continue
            }
            guard let item = EncapsulatedPixelData.streamItem(frame.bytes) else {
                throw ImagingError(.tooLarge, tag: .pixelData, frame: index, "a fragment has 4 GB at most")
            }
            try body(item)
        }
        if reader.isEncapsulated { return try body(EncapsulatedPixelData.streamEnd) }
        if count & 1 == 1 { try body([0]) }
    }
}
