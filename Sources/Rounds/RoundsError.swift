/// What can go wrong in a federated computation, each with a sentence for the person who asked for it.
///
/// No case ever holds a patient's value: causes name sites, variables and what to do.
public enum RoundsError: Error, Equatable, Sendable {
    /// The plan cannot be understood; the text says where and why.
    case plan(String)
    /// A variable, and what is the matter with it.
    case variable(String, String)
    /// A site, and what it did or lacks.
    case site(String, String)
    /// The numbers do not allow an answer: separation, collinearity, no events.
    case numerical(String)
    /// An answer exists and is not given: too few patients stand behind it.
    case withheld(String)
    /// What a site sent has not the shape that this round asked for.
    case shape(String)
    /// A privacy budget is spent, or would be.
    case budget(String)
    /// Masks could not be taken off, or a request for that was not honest.
    case masking(String)
}

extension RoundsError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .plan(let why): "the plan cannot be used: \(why)"
        case .variable(let name, let why): "the variable \(name) \(why)"
        case .site(let site, let why): "the site \(site) \(why)"
        case .numerical(let why): "there is no answer to give: \(why)"
        case .withheld(let why): "the answer is withheld: \(why)"
        case .shape(let why): "a contribution has not the shape that was asked for: \(why)"
        case .budget(let why): "the privacy budget does not allow it: \(why)"
        case .masking(let why): "secure aggregation stopped: \(why)"
        }
    }
}
