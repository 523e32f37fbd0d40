public import DICOMImaging

/// A place in a frame that looks like text.
public struct TextRegion: Sendable, Equatable {
    /// In pixels of the frame.
    public internal(set) var rectangle: PixelRectangle
    /// Glyphs, or strokes of touching glyphs, that it is made of.
    public internal(set) var glyphs: Int
    /// Height of its glyphs in pixels of the frame.
    public let glyphHeight: Int
    /// Whether its line runs from top to bottom.
    public let isVertical: Bool
    /// Light glyphs on a darker ground.
    public let isBright: Bool
    /// How sure it is that this is text, from 0 to 1.
    public let likelihood: Double
    /// For training.
    public let traits: [Double]

    public init(
        rectangle: PixelRectangle, glyphs: Int, glyphHeight: Int, isVertical: Bool, isBright: Bool,
        likelihood: Double = 1, traits: [Double] = []
    ) {
        self.rectangle = rectangle
        self.glyphs = glyphs
        self.glyphHeight = glyphHeight
        self.isVertical = isVertical
        self.isBright = isBright
        self.likelihood = likelihood
        self.traits = traits
    }
}
