/// A site in a run.
public struct RunMember: Codable, Sendable, Equatable {
    public enum Standing: Codable, Sendable, Equatable {
        case invited
        case taking
        /// It does not take part, or no longer; the reason is for people.
        case out(String)
    }

    public let site: String
    public var standing: Standing
    public var acceptance: Acceptance?

    public init(site: String) {
        self.site = site
        standing = .invited
    }

    public var isIn: Bool {
        if case .out = standing { false } else { true }
    }
}
