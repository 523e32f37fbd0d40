/// Why the index could not do what it was asked: what happened, and what to do about it. Never a value from it.
public enum IndexError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Another process kept it locked for longer than anyone should.
    case busy
    case cannotOpen(path: String)
    case damaged
    case diskFull
    case failed(String)
    /// It was made by a newer version of Atles.
    case newer(version: Int)
    /// A cohort with too many patients and variables for one table.
    case tableTooLarge
    /// Counting was ended at its deadline; nothing of what was counted by then is known.
    case tookTooLong

    public var description: String {
        switch self {
        case .busy:
            "another process has been writing to the index for a long time; wait for it to end, and try again"
        case .cannotOpen(let path):
            "the index at \(path) cannot be opened; check that its folder exists and may be written to"
        case .damaged:
            "the index is damaged; move it away and take the images in again: the stored objects are not touched by it"
        case .diskFull:
            "the disk that holds the index is full: free some space and run the same command again"
        case .failed(let why): "the index could not be used (\(why))"
        case .newer(let version):
            "the index was made by a newer version of Atles (form \(version)); use that version"
        case .tableTooLarge: "the cohort's table would be too large at this site; ask for fewer variables"
        case .tookTooLong: "the question takes too long at this site; ask for less"
        }
    }

    /// The disk, or the quota on it, is full.
    public var isDiskFull: Bool { self == .diskFull }
}
