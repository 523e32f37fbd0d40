import DICOMImaging

/// A region of a frame as OCR likes it: dark letters some thirty pixels high on a light ground, with room around.
struct RegionCrop {
    let image: GrayImage
    private let origin: PixelRectangle
    private let scale: Double
    private let turn: Turn

    private enum Turn { case none, clockwise, counterclockwise }

    private static let border = 12
    private static let letterHeight = 34.0
    private static let mostPixels = 4_000_000

    init(_ frame: GrayImage, _ region: TextRegion) {
        let box = region.rectangle.intersection(
            PixelRectangle(left: 0, top: 0, right: frame.width, bottom: frame.height))
        origin = box
        turn = .none
        let wanted = min(max(Self.letterHeight / Double(max(region.glyphHeight, 1)), 0.25), 5)
        let area = Double(max(box.width * box.height, 1))
        scale = min(wanted, (Double(Self.mostPixels) / area).squareRoot())
        let width = max(Int(Double(box.width) * scale), 1) + 2 * Self.border
        let height = max(Int(Double(box.height) * scale), 1) + 2 * Self.border
        var pixels = [UInt8](repeating: 0, count: width * height)
        for y in 0..<height {
            // The border repeats what is at the edge.
            let fromY = min(max((Double(y - Self.border) + 0.5) / scale - 0.5, 0), Double(max(box.height - 1, 0)))
            let (y0, fy) = (Int(fromY), fromY - fromY.rounded(.down))
            let y1 = min(y0 + 1, max(box.height - 1, 0))
            for x in 0..<width {
                let fromX = min(max((Double(x - Self.border) + 0.5) / scale - 0.5, 0), Double(max(box.width - 1, 0)))
                let (x0, fx) = (Int(fromX), fromX - fromX.rounded(.down))
                let x1 = min(x0 + 1, max(box.width - 1, 0))
                func at(_ column: Int, _ row: Int) -> Double {
                    let index = (box.top + row) * frame.width + box.left + column
                    return frame.pixels.indices.contains(index) ? Double(frame.pixels[index]) : 0
                }
                let upper = at(x0, y0) * (1 - fx) + at(x1, y0) * fx
                let lower = at(x0, y1) * (1 - fx) + at(x1, y1) * fx
                let value = UInt8(min(max(upper * (1 - fy) + lower * fy, 0), 255))
                pixels[y * width + x] = region.isBright ? 255 - value : value
            }
        }
        image = GrayImage(width: width, height: height, pixels: pixels) ?? frame
    }

    private init(image: GrayImage, origin: PixelRectangle, scale: Double, turn: Turn) {
        (self.image, self.origin, self.scale, self.turn) = (image, origin, scale, turn)
    }

    /// Turned by a quarter, for text that runs from top to bottom or from bottom to top.
    func turned(clockwise: Bool) -> RegionCrop {
        let (w, h) = (image.width, image.height)
        var pixels = [UInt8](repeating: 0, count: w * h)
        for y in 0..<h {
            for x in 0..<w {
                let (column, row) = clockwise ? (h - 1 - y, x) : (y, w - 1 - x)
                pixels[row * h + column] = image.pixels[y * w + x]
            }
        }
        return RegionCrop(
            image: GrayImage(width: h, height: w, pixels: pixels) ?? image, origin: origin, scale: scale,
            turn: clockwise ? .clockwise : .counterclockwise)
    }

    /// A rectangle of the crop in the frame; of a turned crop, the whole region.
    func inFrame(_ box: PixelRectangle) -> PixelRectangle {
        guard turn == .none, scale > 0 else { return origin }
        func back(_ value: Int) -> Int { Int((Double(value - Self.border) / scale).rounded()) }
        return PixelRectangle(
            left: origin.left + back(box.left), top: origin.top + back(box.top), right: origin.left + back(box.right),
            bottom: origin.top + back(box.bottom)
        ).intersection(origin)
    }
}
