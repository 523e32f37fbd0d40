public import Cohort

/// Where one site stands with one question.
public struct SiteResult: Codable, Sendable, Equatable {
    /// A site as it is named in results.
    public struct Site: Codable, Sendable, Equatable {
        public var id: String
        public var name: String
        /// ISO 3166-1 alpha-2.
        public var country: String

        public init(id: String, name: String, country: String) {
            self.id = id
            self.name = name
            self.country = country
        }
    }

    public enum State: String, Codable, Sendable, Equatable {
        /// Asked; the answer is on its way.
        case waiting
        /// Counted.
        case answered
        /// It cannot apply one of the conditions, and so did not count.
        case cannotApply
        /// It had no connection when it was asked. The question waits for it until it expires.
        case offline
        /// Connected, but not answered within the hub's patience.
        case late
        /// It answered that it could not do it.
        case failed

        /// Whether a further answer may still come from the site.
        public var isOpen: Bool { self == .waiting || self == .offline || self == .late }
    }

    public var site: Site
    public var state: State
    /// In words, where the state needs them.
    public var reason: String?
    public var answer: SiteAnswer?
    /// From the question to the answer, as the hub saw it: milliseconds.
    public var milliseconds: Double?

    public init(
        site: Site, state: State, reason: String? = nil, answer: SiteAnswer? = nil, milliseconds: Double? = nil
    ) {
        self.site = site
        self.state = state
        self.reason = reason
        self.answer = answer
        self.milliseconds = milliseconds
    }
}
