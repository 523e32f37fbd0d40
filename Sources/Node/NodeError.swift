public import Runtime

/// Why a node cannot do what it was asked: each with what to do about it.
public enum NodeError: Error, Equatable, Sendable, CustomStringConvertible {
    case alreadyThere(folder: String)
    case alreadyServing(folder: String)
    case configuration(SettingsError)
    /// An intake, or a load of tables, is under way.
    case intakeRuns(folder: String)
    case link(String)
    case missing(folder: String)
    /// A profile file that cannot be used.
    case profile(path: String, String)
    /// A clinical table that cannot be used.
    case table(String)

    public var description: String {
        switch self {
        case .alreadyThere(let folder):
            "there is a node in \(folder) already; choose another --folder, or use that one"
        case .alreadyServing(let folder):
            "the node in \(folder) is running already (`atles node serve`): stop that one first"
        case .configuration(let why): "node.yaml cannot be used: \(why)"
        case .intakeRuns(let folder):
            "another intake or load of tables is under way in \(folder); wait for it to end, and try again"
        case .link(let why): why
        case .missing(let folder):
            "there is no node in \(folder): `atles node init --folder \(folder) --invitation FILE` makes one"
        case .profile(let path, let why):
            "the profile \(path) cannot be used: \(why); `atles deidentify profile check` explains it"
        case .table(let why): why
        }
    }
}
