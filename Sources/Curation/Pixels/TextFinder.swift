public import DICOMImaging

/// Finds the text in a picture that has to be covered: ``TextTriage`` points, ``TextReader`` reads, and what was read, or
/// looks like text all the same, is a rectangle.
public struct TextFinder: Sendable {
    /// For slices of scanners.
    private let triage = TextTriage(least: 0.8)
    /// For pictures that may well have text: what is missed there is worse than what is read in vain.
    private let eager = TextTriage(least: 0.5)
    /// The likelihood from which on a line is covered that cannot be read.
    private static let certain = 0.92
    /// The same for slices, which are full of edges.
    private static let certainInSlices = 0.98
    private let reader: TextReader
    /// Regions of a frame that are read, at most; a frame with more is a page of text.
    private static let mostRegions = 96

    public init(languages: [String] = ["eng"]) throws(TextReaderError) {
        reader = try TextReader(languages: languages)
    }

    /// What has to be covered.
    ///
    /// - Parameters:
    ///   - expectsText: of a picture that may well have text, such as one of ultrasound or a screen.
    ///   - isKnown: whether words that were read name the patient or somebody else who must not be named.
    public func text(
        in image: GrayImage, expectsText: Bool = true, isKnown: (String) -> Bool = { _ in false }
    ) -> [PixelRectangle] {
        var memory = RegionMemory()
        return text(in: image, expectsText: expectsText, outside: [], memory: &memory, isKnown: isKnown)
    }

    /// - Parameter pictures: of a screen that says where its pictures are; text outside of them is covered unread.
    func text(
        in image: GrayImage, expectsText: Bool, outside pictures: [PixelRectangle], memory: inout RegionMemory,
        isKnown: (String) -> Bool
    ) -> [PixelRectangle] {
        let regions = (expectsText ? eager : triage).regions(in: image)
        guard !regions.isEmpty else { return [] }
        func isInBanner(_ region: TextRegion) -> Bool {
            !pictures.isEmpty && !pictures.contains { $0.overlapsMuch(region.rectangle) }
        }
        var boxes: [PixelRectangle] = []
        let likely = regions.sorted { $0.likelihood > $1.likelihood }
        // A page of text: what is beyond its first lines is covered unread.
        boxes += likely.dropFirst(Self.mostRegions).map(\.rectangle)
        for region in likely.prefix(Self.mostRegions) {
            let key = RegionMemory.Key(image, region)
            let box = memory[key] ?? decide(image, region, expectsText, isInBanner(region), isKnown)
            memory[key] = .some(box)
            if let box { boxes.append(box) }
        }
        return boxes
    }

    /// The rectangle to cover; nil where there is no text, or none that matters. The whole line is covered, not the words that
    /// were read alone.
    private func decide(
        _ image: GrayImage, _ region: TextRegion, _ expectsText: Bool, _ isInBanner: Bool, _ isKnown: (String) -> Bool
    ) -> PixelRectangle? {
        // What could not be read is not known to be harmless.
        guard let read = reader.read(image, in: region) else { return region.rectangle }
        let words = read.filter { $0.characters >= 1 }
        if isKnown(words.map(\.text).joined(separator: " ")) { return region.rectangle }
        let isCertain = region.likelihood >= (expectsText ? Self.certain : Self.certainInSlices)
        // What is less sure has to read well, and as long as it looks: edges read as short words now and then.
        let sure = words.filter { $0.confidence >= 60 && $0.characters >= 3 }.reduce(0) { $0 + $1.characters }
        let isRead = sure >= max(3, region.glyphs * 2 / 5)
        guard isCertain || isRead || isInBanner else { return nil }
        // Marks stay only where all of the line was read, and read well.
        let characters = words.reduce(0) { $0 + $1.characters }
        if characters * 2 >= region.glyphs, words.contains(where: { $0.confidence >= 60 }), HarmlessMarks.areAll(words)
        {
            return nil
        }
        return region.rectangle
    }
}
