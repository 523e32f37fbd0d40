public import DICOM

/// Why an object was not de-identified. Says what and where, never a value of a patient.
public struct CurationError: Error, Equatable, Sendable {
    public let code: Code
    /// The attribute that decided.
    public let tag: Tag?
    /// The sentence for a data manager: what was found and what to do.
    public let message: String

    public init(_ code: Code, tag: Tag? = nil, _ message: String) {
        self.code = code
        self.tag = tag
        self.message = message
    }

    /// The kind of error, for programs. More may come.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        public let description: String

        init(_ description: String) {
            self.description = description
        }

        /// The key is not one.
        public static let badKey = Self("bad-key")
        /// The pixels are said to have text in them.
        public static let burnedInText = Self("burned-in-text")
        /// A face may be made out in the pixels, which the profile does not allow.
        public static let recognizableFeatures = Self("recognizable-features")
        /// The object is a document in a DICOM wrapper.
        public static let encapsulatedDocument = Self("encapsulated-document")
        /// An attribute without which the object cannot be kept is missing.
        public static let missingAttribute = Self("missing-attribute")
        /// What the object says of itself cannot be so.
        public static let contradiction = Self("contradiction")
        /// Parts of the object are encrypted.
        public static let encrypted = Self("encrypted")
        /// The object's form, or that of its pixel data, is not known.
        public static let unknownForm = Self("unknown-form")
        /// Frames cannot be decoded: they are damaged.
        public static let damagedPixels = Self("damaged-pixels")
        /// The object could not be read to its end.
        public static let unreadable = Self("unreadable")
        /// What came out cannot be written.
        public static let cannotBuild = Self("cannot-build")
    }
}

extension CurationError: CustomStringConvertible {
    public var description: String {
        guard let tag else { return message }
        return "\(tag) \(tag.keyword ?? ""): \(message)"
    }
}
