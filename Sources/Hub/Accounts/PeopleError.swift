/// Why something about a person cannot be done: each with what to do about it.
public enum PeopleError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is somebody of this sign-in name.
    case taken(login: String)
    /// A sign-in name that cannot be one.
    case badLogin
    /// Nobody of this id.
    case unknown
    /// A password that cannot be taken, with the reason.
    case weakPassword(String)
    /// A site's role without a site, or another with one.
    case badRole
    /// A token's scope that is none.
    case badScope
    /// More tokens than anybody may have.
    case tooManyTokens(Int)
    /// The last operator would be gone.
    case lastOperator
    /// Too many sign-ins are being checked at the moment.
    case busy
    case store(String)

    public var description: String {
        switch self {
        case .taken(let login): "there is a person called \(login) already: `atles hub people` lists them"
        case .badLogin:
            "a sign-in name has 1 to 64 lower-case letters, digits, dots, hyphens or underscores, and begins with a letter"
        case .unknown: "there is no such person: `atles hub people` lists them"
        case .weakPassword(let reason): reason
        case .badRole:
            "data manager and committee member are roles at a site (--site); the other roles have none"
        case .badScope: "a token is good for one or more of read, ask, requests and run"
        case .tooManyTokens(let most):
            "this person has \(most) tokens, the most that are possible; they take some back on the hub's page first"
        case .lastOperator: "this is the last operator; make another one first"
        case .busy: "many people sign in at the moment; try again in a few seconds"
        case .store(let reason): "the people of this hub could not be read or written: \(reason)"
        }
    }
}
