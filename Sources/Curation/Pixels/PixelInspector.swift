public import DICOM
public import DICOMImaging

/// What came of looking at an object's pixels.
public enum PixelOutcome: Sendable {
    /// Nothing to look at, or nothing that needs it.
    case notLookedAt
    /// Every frame was looked at, and nothing has to be covered.
    case free(frames: Int)
    /// Text was found, and every piece of it is covered.
    case covered(CoveredPixelData, frames: Int)
    /// A person has to decide: what was found, and the pixels with everything covered that could be.
    case review([ReviewFinding], CoveredPixelData?, frames: Int)
}

/// Looks for text in the pixels of objects, and covers it.
///
/// Every frame of an object that may have text is looked at by ``TextTriage``; where that points, Tesseract reads. What
/// reads as text is covered, unless it is a mark such as "L MLO". Then the covered frames are looked at once more.
public struct PixelInspector: Sendable {
    private let finder: TextFinder
    private let rules: RegionRules
    /// Bytes of pixel data, not compressed, of an object that is covered in memory.
    private static let mostBytes = 512 << 20

    /// - Parameters:
    ///   - languages: of the text that is read, as ``TextReader`` names them.
    ///   - rules: places that are covered whether or not text is found there.
    public init(languages: [String] = ["eng"], rules: RegionRules = .none) throws(TextReaderError) {
        self.rules = rules
        finder = try TextFinder(languages: languages)
    }

    /// - Parameter isKnown: whether words that were read name the patient or somebody else who must not be named.
    /// - Throws: ``CurationError`` where the pixels are damaged.
    public func inspect(
        _ file: DICOMFile, source: some ByteSource, limits: Limits = .standard,
        isKnown: @escaping (String) -> Bool = { _ in false }
    ) throws(CurationError) -> PixelOutcome {
        let risk = PixelRisk(file.dataSet)
        let always = rules.regions(for: file.dataSet)
        guard risk == .low || risk == .high || !always.isEmpty else { return .notLookedAt }
        let frames: FrameReader
        do throws(ImagingError) {
            frames = try FrameReader(file: file, source: source, limits: limits)
        } catch {
            if error.code == .noPixels { return .notLookedAt }
            return try unreadable(error, always.isEmpty ? risk : .high)
        }
        // Label maps and doses in other clothes.
        guard frames.description.bitsAllocated > 1, !frames.description.isFloat else { return .notLookedAt }
        do throws(ImagingError) {
            let look = Look(
                isKnown: isKnown, risk: risk, pictures: file.dataSet.ultrasoundRegions, always: always
            )
            return try inspect(frames, look)
        } catch {
            return try unreadable(error, always.isEmpty ? risk : .high)
        }
    }

    /// Pixels that cannot be decoded: damaged ones are refused; those without a decoder are a person's matter where there may
    /// be text in them.
    private func unreadable(_ error: ImagingError, _ risk: PixelRisk) throws(CurationError) -> PixelOutcome {
        if error.code == .unreadable {
            throw CurationError(.unreadable, tag: error.tag ?? .pixelData, error.message)
        }
        guard error.code == .unsupported || error.code == .tooLarge else {
            throw CurationError(.damagedPixels, tag: error.tag ?? .pixelData, error.message)
        }
        if risk == .low { return .notLookedAt }
        return .review(
            [ReviewFinding(.unreadablePixels, "nobody has looked for text in the pixels: \(error.message)")], nil,
            frames: 0)
    }

    private func inspect(
        _ frames: FrameReader, _ look: Look
    ) throws(ImagingError) -> PixelOutcome {
        var covered: [Int: [PixelRectangle]] = [:]
        var memory = RegionMemory()
        for index in 0..<frames.count {
            let boxes = look.always + text(in: try frames.decoded(index), look, &memory)
            if !boxes.isEmpty { covered[index] = boxes }
        }
        guard !covered.isEmpty else { return .free(frames: frames.count) }
        // What stands in one frame stands in its neighbours, there perhaps too faint to be read.
        if frames.count > 1 { spread(&covered, frames.count) }
        let (bytes, overflow) = frames.description.bytesPerFrame.multipliedReportingOverflow(by: frames.count)
        guard !overflow, bytes <= Self.mostBytes else {
            return .review(
                [
                    ReviewFinding(
                        .textInPixels,
                        "there is text in \(covered.count) of \(frames.count) frames, and the object is too large to have it covered here",
                        frame: covered.keys.min())
                ], nil, frames: frames.count)
        }
        return try cover(covered, frames, look)
    }

    /// Covers, and looks again.
    private func cover(
        _ first: [Int: [PixelRectangle]], _ frames: FrameReader, _ look: Look
    ) throws(ImagingError) -> PixelOutcome {
        var boxes = first
        let coverer = try FrameCoverer(frames)
        var left: [ReviewFinding] = []
        for index in first.keys.sorted() {
            var memory = RegionMemory()
            var frame = try frames.decoded(index)
            frame.fill(boxes[index] ?? [])
            let more = text(in: frame, look, &memory)
            guard !more.isEmpty else { continue }
            boxes[index, default: []] += more
            frame.fill(more)
            memory = RegionMemory()
            let still = text(in: frame, look, &memory)
            if !still.isEmpty {
                left.append(
                    ReviewFinding(
                        .textInPixels, "text in frame \(index + 1) could not be covered with confidence", frame: index,
                        regions: still))
            }
        }
        let result = try coverer.pixelData(covering: boxes)
        return left.isEmpty ? .covered(result, frames: frames.count) : .review(left, result, frames: frames.count)
    }

    /// What an object is looked at with.
    private struct Look {
        let isKnown: (String) -> Bool
        let risk: PixelRisk
        /// Outside of them, where there are any, is the banner of an ultrasound screen.
        let pictures: [PixelRectangle]
        /// Covered whatever is there.
        let always: [PixelRectangle]
    }

    /// What has to be covered in a frame. Colour is looked at twice: text in deep blue is dark in luminance.
    private func text(in frame: Frame, _ look: Look, _ memory: inout RegionMemory) -> [PixelRectangle] {
        let isColour = frame.description.samplesPerPixel == 3 || frame.description.photometric == .palette
        var boxes: [PixelRectangle] = []
        for image in isColour ? [frame.gray(), frame.brightest()] : [frame.gray()] {
            let found = finder.text(
                in: image, expectsText: look.risk == .high, outside: look.pictures, memory: &memory,
                isKnown: look.isKnown)
            boxes += found.filter { box in !boxes.contains(box) }
        }
        return boxes
    }

    /// Text that stands in a frame and in one of the next few is covered in those between, too.
    private func spread(_ covered: inout [Int: [PixelRectangle]], _ count: Int) {
        let found = covered
        for (index, boxes) in found {
            for near in max(index - 2, 0)...min(index + 2, count - 1) where near != index {
                let known = found[near] ?? []
                covered[near, default: []] += boxes.filter { box in !known.contains { $0.overlapsMuch(box) } }
            }
        }
    }
}
