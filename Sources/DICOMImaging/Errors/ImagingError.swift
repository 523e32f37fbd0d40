public import DICOM

/// Why a frame could not be had, decoded, changed or written. Says what, where and what to do; never a value of a patient.
public struct ImagingError: Error, Equatable, Sendable {
    public let code: Code
    /// The attribute that decided.
    public let tag: Tag?
    /// The frame, counted from 0.
    public var frame: Int?
    /// What happened, without the place.
    public let detail: String

    public init(_ code: Code, tag: Tag? = nil, frame: Int? = nil, _ detail: String) {
        self.code = code
        self.tag = tag
        self.frame = frame
        self.detail = detail
    }

    /// The kind of error, for programs. More may come.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        public let description: String

        init(_ description: String) {
            self.description = description
        }

        /// The object has no pixel data.
        public static let noPixels = Self("no-pixels")
        /// Rows, Columns, bits or samples are missing, or contradict one another.
        public static let badDescription = Self("bad-description")
        /// The frame is larger than the limit.
        public static let tooLarge = Self("too-large")
        /// The object has no such frame.
        public static let noSuchFrame = Self("no-such-frame")
        /// The pixel data ends before the frame does.
        public static let pixelDataShort = Self("pixel-data-short")
        /// It cannot be told which fragments are the frame's.
        public static let badFragments = Self("bad-fragments")
        /// The codestream is damaged, or is not what the object says of it.
        public static let badCodestream = Self("bad-codestream")
        /// A compression or a form of pixels that is not supported.
        public static let unsupported = Self("unsupported")
        /// The source could not be read.
        public static let unreadable = Self("unreadable")
        /// Deflated as a whole: the file must be read whole to have its pixels.
        public static let needsWholeFile = Self("needs-whole-file")
    }

    /// The sentence for a person: place, element, what happened.
    public var message: String {
        var place: [String] = []
        if let frame { place.append("frame \(frame + 1)") }
        if let tag { place.append("\(tag)" + (tag.keyword.map { " \($0)" } ?? "")) }
        return place.isEmpty ? detail : place.joined(separator: ", ") + ": " + detail
    }
}

extension ImagingError: CustomStringConvertible {
    public var description: String { message }
}

extension ImagingError {
    /// The same error, said of a frame.
    func at(_ frame: Int) -> ImagingError {
        var copy = self
        copy.frame = copy.frame ?? frame
        return copy
    }
}
