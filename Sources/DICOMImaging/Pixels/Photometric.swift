/// Photometric Interpretation (0028,0004): what the samples of a pixel mean (PS3.3 C.7.6.3.1.2).
public enum Photometric: String, Sendable, CaseIterable {
    /// The lowest value is white.
    case monochrome1 = "MONOCHROME1"
    /// The lowest value is black.
    case monochrome2 = "MONOCHROME2"
    case palette = "PALETTE COLOR"
    case rgb = "RGB"
    /// Luminance and two colour differences, of all pixels.
    case ybrFull = "YBR_FULL"
    /// The same, colour differences of every second column. Not compressed: two luminances, blue, red.
    case ybrFull422 = "YBR_FULL_422"
    /// JPEG 2000's irreversible and reversible transformations, inside a codestream only.
    case ybrICT = "YBR_ICT"
    case ybrRCT = "YBR_RCT"
    /// Of video and retired; never decoded here.
    case ybrPartial422 = "YBR_PARTIAL_422"
    case ybrPartial420 = "YBR_PARTIAL_420"

    public var isMonochrome: Bool { self == .monochrome1 || self == .monochrome2 }
    public var isColour: Bool { samples == 3 }

    /// Samples of a pixel.
    public var samples: Int { isMonochrome || self == .palette ? 1 : 3 }

    /// Luminance and colour differences as in JPEG files, stored as such.
    var isYBR: Bool { self == .ybrFull || self == .ybrFull422 }
}
