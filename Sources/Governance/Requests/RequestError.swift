/// Why something cannot be done to a request, for the person who tried.
public enum RequestError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The person has no right to it.
    case notAllowed(String)
    /// It cannot be done in the state that the request, or the request at that site, is in.
    case notNow(String)
    /// What was handed in cannot be taken.
    case invalid(String)
    /// Somebody else was faster.
    case changed(since: Int, now: Int)
    /// There is no such request, or it is not for this person to see.
    case unknown
    /// Events that do not fit: the store was altered.
    case corrupt(event: Int)
    case store(String)

    public var description: String {
        switch self {
        case .notAllowed(let what): "You may not \(what)."
        case .notNow(let what): what
        case .invalid(let what): what
        case .changed:
            "Somebody else has changed this request since you opened the page. Nothing of yours was saved over it: look at "
                + "the request as it is now, and do it again if it still applies."
        case .unknown: "There is no such request, or you have no part in it."
        case .corrupt(let event):
            "the request's history does not fit together at event \(event): the database was altered; restore it from a copy"
        case .store(let reason): "the database of requests cannot be used: \(reason)"
        }
    }
}
