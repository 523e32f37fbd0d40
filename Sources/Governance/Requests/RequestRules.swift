public import Federation

/// How long each party has, and how many must agree: set by the federation, and by each site for itself.
public struct RequestRules: Sendable, Equatable {
    /// Days that a draft is kept without a change.
    public var draftDays = 180
    /// Days for the operator to look at a request.
    public var operatorDays = 10
    /// Days for a site to decide. The EHDS gives three months (Regulation (EU) 2025/327, art. 68).
    public var siteDays = 60
    /// Days for the operator to reach a site that did not answer, before the request ends there.
    public var unreachableDays = 60
    /// Days for the applicant to answer a site.
    public var applicantDays = 30
    /// Days that a request may be held up.
    public var pauseDays = 180
    /// Days before the end of a time at which its owner is reminded.
    public var reminderDays = 7
    /// A grant ends after so many years at most (the same article).
    public var grantYears = 10
    /// Sites where a decision takes more than one person's vote.
    public var votes: [SiteID: Int] = [:]

    public init() {}

    public func votes(at site: SiteID) -> Int { max(1, votes[site] ?? 1) }
}

/// What a request may hold at most: nobody can fill the hub with one.
public enum RequestLimits {
    public static let events = 2_000
    public static let sites = 200
    public static let dataSets = 200
    public static let collaborators = 50
    public static let openInvitations = 50
    public static let titleBytes = 300
    public static let queryBytes = 65_536
    public static let reasonBytes = 4_000
    public static let messageBytes = 20_000
    public static let conditions = 20
    public static let messageAttachments = 5
    /// Files of one request.
    public static let attachments = 100
    /// Bytes of one file.
    public static let attachmentBytes = 10 << 20
    /// Bytes of all files of one request.
    public static let allAttachmentBytes = 100 << 20
    public static let invitationDays = 30
}
