public import DICOMImaging

/// A place in a frame that looks like text.
public struct TextRegion: Sendable, Equatable {
    /// In pixels of the frame.
    public let rectangle: PixelRectangle
    /// Glyphs, or strokes of touching glyphs, that it is made of.
    public let glyphs: Int
    /// Height of its glyphs in pixels of the frame.
    public let glyphHeight: Int
    /// Whether its line runs from top to bottom.
    public let isVertical: Bool
    /// Light glyphs on a darker ground.
    public let isBright: Bool

    public init(rectangle: PixelRectangle, glyphs: Int, glyphHeight: Int, isVertical: Bool, isBright: Bool) {
        self.rectangle = rectangle
        self.glyphs = glyphs
        self.glyphHeight = glyphHeight
        self.isVertical = isVertical
        self.isBright = isBright
    }
}
