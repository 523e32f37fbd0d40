/// What a site answered to a message, opened and with its signature checked.
public struct Reply: Equatable, Sendable {
    public enum Outcome: Equatable, Sendable {
        case answered([UInt8])
        /// The site could not answer; the reason is a sentence from that site.
        case failed(String)
    }

    public let site: SiteID
    public let outcome: Outcome

    public init(site: SiteID, outcome: Outcome) {
        self.site = site
        self.outcome = outcome
    }

    /// The answer; nil where the site failed.
    public var payload: [UInt8]? {
        if case .answered(let bytes) = outcome { bytes } else { nil }
    }
}
