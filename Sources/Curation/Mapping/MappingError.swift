/// Why a mapping was not read, or could not be carried out at all. What single cells hold never leads to one: that is a
/// ``MappingProblem``, which is counted and listed.
public struct MappingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file that is meant; nil where it is the mapping itself.
    public let file: String?
    public let error: TableError

    init(file: String? = nil, _ error: TableError) {
        self.file = file
        self.error = error
    }

    public var description: String { file.map { "\($0): \(error)" } ?? "\(error)" }
}
