/// Why a mapping was not carried out at this node.
public enum NodeMappingError: Error, Equatable, Sendable, CustomStringConvertible {
    case mapping(path: String, String)
    /// The mapping made no record.
    case nothing(String)
    /// Something was left out, and the caller wanted all or nothing.
    case incomplete(Int)
    case tooManyFiles(String, Int)

    public var description: String {
        switch self {
        case .mapping(let path, let why): "\(path): \(why)"
        case .nothing(let name):
            "the mapping \(name) made no record of these tables, so nothing was loaded and the facts of an earlier load are still there; `atles node map check` says why"
        case .incomplete(let count):
            "\(count == 1 ? "a kind of problem was" : "\(count) kinds of problems were") found, so nothing was loaded (--strict); `atles node map check` lists them"
        case .tooManyFiles(let folder, let most):
            "there are more than \(most) files in \(folder); give the files themselves"
        }
    }
}
