/// What is wrong with a profile file, where, and what to write instead.
public struct ProfileError: Error, Equatable, Sendable {
    public let code: Code
    /// From 1; nil where it concerns the whole file.
    public let line: Int?
    /// The sentence for whoever wrote the file.
    public let message: String

    init(_ code: Code, line: Int? = nil, _ message: String) {
        self.code = code
        self.line = line
        self.message = message
    }

    /// The kind of error, for programs. More may come.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        public let description: String

        private init(_ description: String) {
            self.description = description
        }

        /// The file is no YAML, or not in the form of a profile.
        public static let badForm = Self("bad-form")
        /// A word that profiles do not have.
        public static let unknownWord = Self("unknown-word")
        /// An attribute that the standard does not have.
        public static let unknownAttribute = Self("unknown-attribute")
        /// Two lines that cannot both hold.
        public static let contradiction = Self("contradiction")
        /// An exception without its reason.
        public static let missingReason = Self("missing-reason")
        /// Something that no profile may keep.
        public static let forbidden = Self("forbidden")
        /// A value that the attribute cannot have.
        public static let badValue = Self("bad-value")
    }
}

extension ProfileError: CustomStringConvertible {
    public var description: String { line.map { "line \($0): \(message)" } ?? message }
}
