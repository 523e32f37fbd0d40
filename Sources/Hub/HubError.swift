public import Runtime

/// Why the hub cannot do what it was asked: each with what to do about it.
public enum HubError: Error, Equatable, Sendable, CustomStringConvertible {
    case accessFile(name: String, reason: String)
    case alreadyServing(folder: String)
    case alreadyThere(folder: String)
    case configuration(SettingsError)
    case missing(folder: String)
    case noSites
    case portTaken(page: Int, federation: Int)
    case tooManyQuestions
    case tooManyRuns

    public var description: String {
        switch self {
        case .accessFile(let name, let reason): "access/\(name) cannot be used: \(reason)"
        case .alreadyServing(let folder):
            "the hub in \(folder) is running already (`atles hub serve`): stop that one first"
        case .alreadyThere(let folder):
            "there is a hub in \(folder) already; choose another --folder, or use that one"
        case .configuration(let error): "hub.yaml cannot be used: \(error)"
        case .missing(let folder): "there is no hub in \(folder): `atles hub init --folder \(folder) …` makes one"
        case .noSites: "no site has been admitted to this federation yet"
        case .portTaken(let page, let federation):
            "port \(page) (the page) or port \(federation) (nodes) is in use by another program: stop that one, or choose "
                + "others in hub.yaml"
        case .tooManyRuns: "as many analyses are running as this hub takes at once; try again when one has ended"
        case .tooManyQuestions: "too many questions are open at the moment; ask again in a few seconds"
        }
    }
}
