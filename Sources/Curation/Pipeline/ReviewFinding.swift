public import DICOMImaging

/// Something in an object that a person has to judge before it is released.
public struct ReviewFinding: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// There may be text in the pixels that could not be read, or not be covered.
        case textInPixels = "text in the pixels"
        /// The pixels cannot be looked into: no decoder, or frames that are damaged.
        case unreadablePixels = "pixels that cannot be looked into"
        /// The leak scan found what is known to identify the patient in what was to be released.
        case leak = "identifier left in the object"
        /// A face can be made out of the volume.
        case recognisableFeatures = "recognisable features"
    }

    public let kind: Kind
    /// What was found and where, without a value, and what to look at.
    public let sentence: String
    /// The frame, from 0; nil where it concerns the whole object.
    public let frame: Int?
    /// Where in the frame.
    public let regions: [Region]

    public init(_ kind: Kind, _ sentence: String, frame: Int? = nil, regions: [PixelRectangle] = []) {
        self.kind = kind
        self.sentence = sentence
        self.frame = frame
        self.regions = regions.map { Region(left: $0.left, top: $0.top, right: $0.right, bottom: $0.bottom) }
    }

    /// A rectangle in pixels; right and bottom are not part of it.
    public struct Region: Sendable, Hashable, Codable {
        public let left, top, right, bottom: Int
    }
}
