public import Federation
public import FoundationEssentials

/// A person as they stand in a request.
public struct Participant: Sendable, Equatable, Hashable, Codable {
    public let id: PersonID
    public var name: String
    public var email: String?
    public var organisation: String?

    public init(id: PersonID, name: String, email: String? = nil, organisation: String? = nil) {
        self.id = id
        self.name = name
        self.email = email
        self.organisation = organisation
    }

    public init(_ person: Person) {
        self.init(id: person.id, name: person.name, email: person.email, organisation: person.organisation)
    }
}

/// A site that is asked, and for which of its data sets.
public struct RequestedSite: Sendable, Equatable, Codable {
    public let site: SiteID
    /// Names of its data sets; empty for all that it has.
    public var dataSets: [String]

    public init(site: SiteID, dataSets: [String] = []) {
        self.site = site
        self.dataSets = dataSets
    }
}

/// What a request begins with.
public struct RequestStart: Sendable, Equatable, Codable {
    public var title: String
    public var applicant: Participant
    /// The cohort's query in its canonical text form.
    public var query: String
    public var sites: [RequestedSite]
    /// The name of the form and the digest of its text: answers are judged by the form they were written on.
    public var form: String
    public var answers: [String: FormAnswer]
    /// The request that this one is a copy of.
    public var copiedFrom: String?

    public init(
        title: String, applicant: Participant, query: String, sites: [RequestedSite], form: String,
        answers: [String: FormAnswer] = [:], copiedFrom: String? = nil
    ) {
        self.title = title
        self.applicant = applicant
        self.query = query
        self.sites = sites
        self.form = form
        self.answers = answers
        self.copiedFrom = copiedFrom
    }
}

/// What changes when a draft is saved; nil stays as it is.
public struct RequestChange: Sendable, Equatable, Codable {
    public var title: String?
    public var query: String?
    public var sites: [RequestedSite]?
    /// Changed answers by field.
    public var answers: [String: FormAnswer]
    /// Fields that were emptied.
    public var emptied: [String]
    /// Files that the answers refer to.
    public var attachments: [Attachment]

    public init(
        title: String? = nil, query: String? = nil, sites: [RequestedSite]? = nil, answers: [String: FormAnswer] = [:],
        emptied: [String] = [], attachments: [Attachment] = []
    ) {
        self.title = title
        self.query = query
        self.sites = sites
        self.answers = answers
        self.emptied = emptied
        self.attachments = attachments
    }
}

/// An invitation to work with the applicant. Whoever brings its secret may join.
public struct RequestInvitation: Sendable, Equatable, Codable {
    public let id: String
    public var email: String
    /// SHA-256 of the secret in the link.
    public var secretDigest: String
    public var expires: Date

    public init(id: String, email: String, secretDigest: String, expires: Date) {
        self.id = id
        self.email = email
        self.secretDigest = secretDigest
        self.expires = expires
    }
}

/// A file that somebody added, named by its content.
public struct Attachment: Sendable, Equatable, Codable, Hashable {
    /// SHA-256, hexadecimal.
    public let digest: String
    /// As its owner called it.
    public var name: String
    /// Bytes.
    public var size: Int

    public init(digest: String, name: String, size: Int) {
        self.digest = digest
        self.name = name
        self.size = size
    }
}

/// Words from one party to another.
public struct RequestMessage: Sendable, Equatable, Codable {
    /// Who reads it.
    public enum Audience: Sendable, Equatable, Hashable, Codable {
        /// Everybody who may see the request.
        case everybody
        /// The applicant's side, the operator, and one site.
        case applicantAndSite(SiteID)
        /// One site's people alone.
        case withinSite(SiteID)
    }

    public var audience: Audience
    public var text: String
    public var attachments: [Attachment]

    public init(audience: Audience, text: String, attachments: [Attachment] = []) {
        self.audience = audience
        self.text = text
        self.attachments = attachments
    }
}

/// That somebody was reminded of what is theirs to do.
public struct RequestReminder: Sendable, Equatable, Codable {
    public var party: RequestParty
    public var site: SiteID?
    /// Whether the operator was told because the one who should act did not.
    public var isEscalation: Bool

    public init(party: RequestParty, site: SiteID?, isEscalation: Bool = false) {
        self.party = party
        self.site = site
        self.isEscalation = isEscalation
    }
}

/// What was written into one field of a form.
public enum FormAnswer: Sendable, Equatable, Codable {
    case text(String)
    case number(Double)
    /// `2027-03-31`.
    case date(String)
    /// Names of choices: one, or several.
    case choices([String])
    /// Digests of files.
    case attachments([Attachment])
    /// Rows of cells.
    case table([[String]])

    public var isEmpty: Bool {
        switch self {
        case .text(let text), .date(let text): text.allSatisfy(\.isWhitespace)
        case .number: false
        case .choices(let names): names.isEmpty
        case .attachments(let files): files.isEmpty
        case .table(let rows): rows.allSatisfy { $0.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
        }
    }
}
