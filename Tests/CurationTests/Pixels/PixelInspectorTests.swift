import Curation
import DICOM
import DICOMImaging
import Testing

@Suite("Text in pixels")
struct PixelInspectorTests {
    private func inspect(_ file: DICOMFile, rules: RegionRules = .none) throws -> PixelOutcome {
        try PixelInspector(rules: rules).inspect(file, source: MemorySource([]))
    }

    /// The pixels with what was covered, which must be a box that holds `text`, little more, and nothing else.
    private func expectCovered(
        _ screen: Screen, _ file: DICOMFile, _ text: PixelRectangle, frame: Int = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        guard case .covered(let pixels, _) = try inspect(file) else {
            Issue.record("nothing was covered", sourceLocation: sourceLocation)
            return
        }
        // As they are stored: without a window, the contrast would follow what is in the frame.
        let window = Window(low: 0, high: 255)
        let boxes = pixels.covered[frame] ?? []
        let (before, after) = (try FrameReader(file: file), try covered(file, pixels))
        for index in 0..<before.count {
            let (old, new) = (
                try before.decoded(index).gray(window: window).pixels,
                try after.decoded(index).gray(window: window).pixels
            )
            for y in 0..<Screen.rows {
                for x in 0..<Screen.columns {
                    func holds(_ box: PixelRectangle) -> Bool {
                        x >= box.left && x < box.right && y >= box.top && y < box.bottom
                    }
                    let pixel = y * Screen.columns + x
                    let isCovered = (pixels.covered[index] ?? []).contains(where: holds)
                    // Where the ink is, black is left; outside of the boxes, what was there.
                    if index == frame, holds(text), screen.frames[index][pixel] > 128, new[pixel] != 0 {
                        Issue.record("ink is left at \(x), \(y)", sourceLocation: sourceLocation)
                        return
                    }
                    if !isCovered, old[pixel] != new[pixel] {
                        Issue.record("\(x), \(y) of frame \(index) has changed", sourceLocation: sourceLocation)
                        return
                    }
                }
            }
        }
        let area = boxes.reduce(0) { $0 + $1.width * $1.height }
        #expect(area <= 4 * text.width * text.height, sourceLocation: sourceLocation)
    }

    @Test(
        "A language that Tesseract has no data for is refused by name, also beside one that it has",
        arguments: ["tlh", "eng,tlh"])
    func languages(_ names: String) throws {
        let error = #expect(throws: TextReaderError.self) {
            try PixelInspector(languages: names.split(separator: ",").map(String.init))
        }
        #expect(error?.description.contains("no data for tlh") == true)
    }

    @Test("A name is covered in native frames, and nothing else is changed", arguments: ["name", "date", "turned"])
    func native(_ fixture: String) throws {
        var screen = Screen()
        let text = try screen.stamp(fixture, left: 60, top: 50)
        try expectCovered(screen, screen.file(), text)
    }

    @Test("Inverted grey and colour, by pixel and by plane, are covered", arguments: ["MONOCHROME1", "RGB", "planar"])
    func interpretations(_ kind: String) throws {
        var screen = Screen()
        screen.photometric = kind == "planar" ? "RGB" : kind
        screen.isPlanar = kind == "planar"
        let text = try screen.stamp("name", left: 60, top: 50)
        try expectCovered(screen, screen.file(), text)
    }

    /// RLE, JPEG-LS, JPEG 2000, and lossless JPEG.
    @Test(
        "Compressed frames are covered without loss",
        arguments: [
            "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.70",
        ])
    func compressed(_ syntax: String) throws {
        var screen = Screen()
        let text = try screen.stamp("name", left: 60, top: 50)
        try expectCovered(screen, screen.file(TransferSyntax(uid: syntax)), text)
    }

    @Test("Text in one frame of many is found, and frames far away stay as they are")
    func oneFrame() throws {
        var screen = Screen(frames: 8)
        let text = try screen.stamp("name", left: 60, top: 50, frame: 5)
        let file = try screen.file()
        try expectCovered(screen, file, text, frame: 5)
        guard case .covered(let pixels, let frames) = try inspect(file) else { return }
        #expect(frames == 8)
        #expect(pixels.covered[0] == nil)
    }

    @Test("Marks of side and view stay")
    func marks() throws {
        var screen = Screen()
        screen.sopClass = "1.2.840.10008.5.1.4.1.1.1.2"
        try screen.stamp("mark", left: 60, top: 50)
        guard case .free(frames: 1) = try inspect(screen.file()) else {
            Issue.record("a mark was covered")
            return
        }
    }

    @Test("Frames without text are free, and slices that say so are not looked at")
    func free() throws {
        var screen = Screen()
        guard case .free(frames: 1) = try inspect(screen.file()) else {
            Issue.record("something was found where nothing is")
            return
        }
        screen.sopClass = Objects.ct
        screen.burnedIn = "NO"
        let file = try screen.file()
        guard case .notLookedAt = try inspect(file) else {
            // A CT that does not say ORIGINAL\PRIMARY and NO would be looked at.
            Issue.record("a slice that declares itself free was looked at")
            return
        }
        // A rule covers there too.
        let rules = try RegionRules(yaml: "rules:\n  - columns: 320\n    cover: [{ top: 0, height: 10 }]\n")
        guard case .covered(let pixels, _) = try inspect(file, rules: rules) else {
            Issue.record("the rule was not followed")
            return
        }
        #expect(pixels.covered[0]?.contains(PixelRectangle(left: 0, top: 0, right: 320, bottom: 10)) == true)
    }
}
