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
    private let triage = TextTriage()
    private let reader: TextReader
    /// Regions of a frame that are read, at most; a frame with more is a page of text.
    private static let mostRegions = 96
    /// Bytes of pixel data, not compressed, of an object that is covered in memory.
    private static let mostBytes = 512 << 20

    public init(languages: [String] = ["eng"]) throws(TextReaderError) {
        reader = try TextReader(languages: languages)
    }

    /// - Throws: ``CurationError`` where the pixels are damaged.
    public func inspect(
        _ file: DICOMFile, source: some ByteSource, known: KnownIdentifiers, limits: Limits = .standard
    ) throws(CurationError) -> PixelOutcome {
        let risk = PixelRisk(file.dataSet)
        guard risk == .low || risk == .high else { return .notLookedAt }
        let frames: FrameReader
        do throws(ImagingError) {
            frames = try FrameReader(file: file, source: source, limits: limits)
        } catch {
            if error.code == .noPixels { return .notLookedAt }
            return try unreadable(error, risk)
        }
        // Label maps and doses in other clothes.
        guard frames.description.bitsAllocated > 1, !frames.description.isFloat else { return .notLookedAt }
        do throws(ImagingError) {
            return try inspect(frames, scanner: LeakScanner(known: known), risk)
        } catch {
            return try unreadable(error, risk)
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
        _ frames: FrameReader, scanner: LeakScanner, _ risk: PixelRisk
    ) throws(ImagingError) -> PixelOutcome {
        var covered: [Int: [PixelRectangle]] = [:]
        var memory = RegionMemory()
        for index in 0..<frames.count {
            let boxes = try text(in: frames.decoded(index).gray(), scanner, risk, &memory)
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
        return try cover(covered, frames, scanner, risk)
    }

    /// Covers, and looks again.
    private func cover(
        _ first: [Int: [PixelRectangle]], _ frames: FrameReader, _ scanner: LeakScanner, _ risk: PixelRisk
    ) throws(ImagingError) -> PixelOutcome {
        var boxes = first
        let coverer = try FrameCoverer(frames)
        var left: [ReviewFinding] = []
        for index in first.keys.sorted() {
            var memory = RegionMemory()
            var frame = try frames.decoded(index)
            frame.fill(boxes[index] ?? [])
            let more = text(in: frame.gray(), scanner, risk, &memory)
            guard !more.isEmpty else { continue }
            boxes[index, default: []] += more
            frame.fill(more)
            memory = RegionMemory()
            let still = text(in: frame.gray(), scanner, risk, &memory)
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

    /// What has to be covered in a frame.
    private func text(
        in image: GrayImage, _ scanner: LeakScanner, _ risk: PixelRisk, _ memory: inout RegionMemory
    ) -> [PixelRectangle] {
        let regions = triage.regions(in: image)
        guard !regions.isEmpty else { return [] }
        var boxes: [PixelRectangle] = []
        for region in regions.sorted(by: { $0.glyphs > $1.glyphs }).prefix(Self.mostRegions) {
            let key = RegionMemory.Key(image, region)
            let box = memory[key] ?? decide(image, region, scanner, risk)
            memory[key] = .some(box)
            if let box { boxes.append(box) }
        }
        return boxes
    }

    /// The rectangle to cover; nil where there is no text, or none that matters.
    private func decide(
        _ image: GrayImage, _ region: TextRegion, _ scanner: LeakScanner, _ risk: PixelRisk
    ) -> PixelRectangle? {
        let words = reader.read(image, in: region).filter { $0.characters >= 1 }
        // Scanners' slices are full of edges that look like letters to those who want to see some.
        let needed = risk == .high ? 45.0 : 70.0
        let sure = words.filter { $0.confidence >= needed && $0.characters >= 2 }
        let text = words.map(\.text).joined(separator: " ")
        if !scanner.scan(recognisedText: text, frame: 0).isEmpty { return region.rectangle }
        if !sure.isEmpty { return HarmlessMarks.areAll(sure) ? nil : region.rectangle }
        // Many glyphs in a line that reads badly: text all the same, where text is to be expected.
        let faint = words.filter { $0.confidence >= 15 && $0.characters >= 3 }
        return risk == .high && region.glyphs >= 6 && !faint.isEmpty ? region.rectangle : nil
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

/// What was decided about regions of an object whose pixels come again: the banner of a clip is read once.
private struct RegionMemory {
    struct Key: Hashable {
        let rectangle: PixelRectangle
        let pixels: Int

        init(_ image: GrayImage, _ region: TextRegion) {
            rectangle = region.rectangle
            var hasher = Hasher()
            let box = region.rectangle
            for row in box.top..<max(box.bottom, box.top) {
                let start = row * image.width + box.left
                guard start >= 0, start + box.width <= image.pixels.count, box.width > 0 else { continue }
                // The range was checked against the number of pixels.
                image.pixels[start..<start + box.width].withUnsafeBytes { hasher.combine(bytes: $0) }
            }
            pixels = hasher.finalize()
        }
    }

    private var decided: [Key: PixelRectangle?] = [:]

    subscript(key: Key) -> PixelRectangle?? {
        get { decided[key] }
        set { if decided.count < 4_096 { decided[key] = newValue } }
    }
}
