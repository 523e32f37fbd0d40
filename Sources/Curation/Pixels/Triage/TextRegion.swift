public import DICOMImaging

/// A place in a frame that looks like text.
public struct TextRegion: Sendable, Equatable {
    /// In pixels of the frame.
    public internal(set) var rectangle: PixelRectangle
    /// Letters that it may have, roughly.
    public internal(set) var glyphs: Int
    /// Height of its letters in pixels of the frame.
    public internal(set) var glyphHeight: Int
    /// Whether its line runs from top to bottom.
    public internal(set) var isVertical: Bool
    /// Light letters on a darker ground.
    public internal(set) var isBright: Bool
    /// How sure it is that this is text, from 0 to 1.
    public internal(set) var likelihood: Double
    public init(
        rectangle: PixelRectangle, glyphs: Int, glyphHeight: Int, isVertical: Bool, isBright: Bool,
        likelihood: Double = 1
    ) {
        self.rectangle = rectangle
        self.glyphs = glyphs
        self.glyphHeight = glyphHeight
        self.isVertical = isVertical
        self.isBright = isBright
        self.likelihood = likelihood
    }
}
