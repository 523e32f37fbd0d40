import Governance

/// What every page has around its content.
struct Frame {
    var title: String
    var description: String
    var federation: String
    var onExplore = false
    var onAbout = false
    var stylesheet = WebAsset.link("atles.css")
    var script = WebAsset.link("atles.js")
    var logo = WebAsset.link("logo.svg")
    /// A sheet beside the first one, for pages that need more than visitors' pages do.
    var moreStyle: String?
    /// Who is signed in, on pages for people who are.
    var person: String?
    /// Where who is signed in may go.
    var links: [Link] = []
    /// What every form of the page holds as the hidden field `csrf`.
    var formToken = ""
    var onAccount = false

    struct Link {
        var label: String
        var href: String
        var isCurrent: Bool
    }

    init(_ title: String, federation: String) {
        self.title = title + " · Atles"
        self.federation = federation
        description =
            "\(federation): cancer images in many hospitals, searched as one. Images stay in the hospital; only counts leave it."
    }
}

extension Frame {
    /// The frame of a page for one browser: `path` is the page's own, for the link to it.
    init(_ title: String, federation: String, for context: VisitorContext, at path: String) {
        self.init(title, federation: federation)
        moreStyle = WebAsset.link("account.css")
        formToken = context.formToken
        onAccount = true
        guard let person = context.person else { return }
        self.person = person.name
        links = Self.links(person).map { Link(label: $0.0, href: $0.1, isCurrent: $0.1 == path) }
    }

    /// The pages for who is signed in, by what they are.
    private static func links(_ person: Person) -> [(String, String)] {
        var links = [
            ("My account", "/account"), ("My tokens", "/account/tokens"), ("My requests", "/requests"),
            ("Analyses", "/runs"),
        ]
        if person.roles.contains(where: \.role.isAtSite) { links.append(("Our site's inbox", "/committee")) }
        if person.holds(.federationOperator) || person.holds(.auditor) {
            links.append(("All requests", "/operator/requests"))
        }
        if person.holds(.federationOperator) { links.append(("People", "/people")) }
        return links
    }
}

struct AboutView {
    var frame: Frame

    init(federation: String) {
        frame = Frame("How it works · \(federation)", federation: federation)
        frame.onAbout = true
    }
}

struct FailureView {
    var frame: Frame
    var status: Int
    var title: String
    var message: String

    init(_ failure: PageFailure, federation: String) {
        frame = Frame("\(failure.title) · \(federation)", federation: federation)
        status = failure.status
        title = failure.title
        message = failure.message
    }
}
