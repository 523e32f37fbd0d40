/// What an intake did, file by file where somebody has to know.
///
/// For the person at the terminal, who knows the paths: they may hold names, so a summary is never logged and never sent.
public struct IntakeSummary: Sendable, Equatable, Codable {
    /// Objects that are new in the store.
    public var accepted = 0
    /// Files whose objects were there already.
    public var alreadyThere = 0
    public var quarantined = Quarantined()
    /// Objects that wait for a person before they are released.
    public var review = Review()
    /// What was looked at for text in pixels.
    public var pixels = Pixels()
    /// Files of other kinds, left alone.
    public var notDICOM = Paths()
    /// What was passed by on purpose: links, pipes, DICOMDIR files.
    public var skipped = Skipped()
    /// Bytes of the files that were dealt with.
    public var bytes = 0
    public var seconds: Double = 0
    /// Why the intake ended before it was through, and what to do; nil when it was through.
    public var stopped: String?

    public init() {}

    /// Everything that is DICOM was taken in, and nothing waits for a person.
    public var isComplete: Bool { stopped == nil && quarantined.count == 0 && review.waiting == 0 }

    /// Files that could not be taken in.
    public struct Quarantined: Sendable, Equatable, Codable {
        public var count = 0
        /// How many for each reason, by ``QuarantineReason``.
        public var reasons: [String: Int] = [:]
        public var files: [File] = []

        public struct File: Sendable, Equatable, Codable {
            public var path: String
            public var reason: QuarantineReason
            /// What is wrong, where in the file, and what to do.
            public var explanation: String
            /// Where the copy is; nil where there is none.
            public var copy: String?
            /// Why there is no copy.
            public var withoutCopy: String?
        }
    }

    /// Text in pixels, of objects that were released.
    public struct Pixels: Sendable, Equatable, Codable {
        /// Objects whose frames were all looked at, and their frames.
        public var objects = 0
        public var frames = 0
        /// Objects and frames in which text was covered.
        public var coveredObjects = 0
        public var coveredFrames = 0
        /// Objects of these whose frames had to be compressed anew with loss.
        public var compressedAgain = 0
    }

    /// Objects that rules could not decide about.
    public struct Review: Sendable, Equatable, Codable {
        /// How many wait, those of earlier intakes of the same files included.
        public var waiting = 0
        /// Files whose objects a person has decided against.
        public var rejected = 0
        /// How many for each kind of finding, by ``ReviewFinding/Kind``.
        public var kinds: [String: Int] = [:]
        public var files: [File] = []

        public struct File: Sendable, Equatable, Codable {
            public var path: String
            /// What the object is called in the queue.
            public var id: String
            /// What was found, without a value.
            public var findings: [String]
        }
    }

    public struct Paths: Sendable, Equatable, Codable {
        public var count = 0
        public var files: [String] = []
    }

    public struct Skipped: Sendable, Equatable, Codable {
        public var count = 0
        public var files: [File] = []

        public struct File: Sendable, Equatable, Codable {
            public var path: String
            public var reason: String
        }
    }
}
