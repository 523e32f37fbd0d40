import Curation
import DICOMImaging
import Testing

@Suite("Triage of frames for text")
struct TextTriageTests {
    /// A screen's first frame as a picture.
    private func picture(_ screen: Screen) throws -> GrayImage {
        try #require(GrayImage(width: Screen.columns, height: Screen.rows, pixels: screen.frames[0]))
    }

    /// A scale as ultrasound has at its side: a tick every `step` pixels, each fifth longer.
    private func drawScale(_ screen: inout Screen, left: Int, step: Int) {
        for (index, row) in stride(from: 10, to: Screen.rows - 10, by: step).enumerated() {
            for x in left..<left + (index % 5 == 0 ? 9 : 4) { screen.frames[0][row * Screen.columns + x] = 200 }
        }
    }

    /// Whether a rectangle lies in one of the regions.
    private func isFound(_ text: PixelRectangle, in image: GrayImage) -> Bool {
        TextTriage().regions(in: image).contains {
            let box = $0.rectangle
            return box.left <= text.left && box.top <= text.top && box.right >= text.right && box.bottom >= text.bottom
        }
    }

    @Test("Text is found whole wherever it stands", arguments: ["name", "date", "turned"])
    func places(_ fixture: String) throws {
        for (left, top) in [(0, 0), (61, 53), (100, 10)] {
            var screen = Screen()
            let text = try screen.stamp(fixture, left: left, top: top)
            #expect(try isFound(text, in: picture(screen)), "\(left), \(top)")
        }
    }

    @Test("Dark text on a light ground is found as light text on a dark one")
    func dark() throws {
        var screen = Screen()
        let text = try screen.stamp("name", left: 60, top: 50)
        screen.frames[0] = screen.frames[0].map { 255 - $0 }
        let image = try picture(screen)
        #expect(isFound(text, in: image))
        #expect(TextTriage().regions(in: image).allSatisfy { !$0.isBright })
    }

    @Test("A scale of narrow ticks is no text")
    func narrowScale() throws {
        var screen = Screen()
        drawScale(&screen, left: 20, step: 6)
        #expect(TextTriage().regions(in: try picture(screen)).isEmpty)
    }

    @Test("A scale of ticks hides no text that stands beside it", arguments: [6, 8, 11])
    func scale(_ step: Int) throws {
        var screen = Screen()
        drawScale(&screen, left: 20, step: step)
        let text = try screen.stamp("name", left: 40, top: 90)
        #expect(try isFound(text, in: picture(screen)))
    }

    @Test("Pictures smaller than any text, and pictures of one shade, have none", arguments: [1, 7, 8, 15, 16, 40])
    func small(_ side: Int) throws {
        let image = try #require(
            GrayImage(width: side, height: side, pixels: [UInt8](repeating: 90, count: side * side)))
        #expect(TextTriage().regions(in: image).isEmpty)
    }
}
