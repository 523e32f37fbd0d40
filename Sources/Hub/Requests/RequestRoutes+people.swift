import Crypto
import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import Runtime
import WebPages

struct JoinView {
    var frame: Frame
    var style = WebAsset.link("requests.css")
    var id: String
    var invitation: String
    var secret: String
    var title: String
    var applicant: String
    var problem: String?
}

extension RequestRoutes {
    /// Invites somebody, and shows the link once: it is handed over by whatever way the applicant trusts.
    func invite(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let id = try context.parameters.require("id")
        let input = RequestInput(try await PageForm(request))
        let secret = desk.identities.random.identifier()
        let invitation = RequestInvitation(
            id: String(desk.identities.random.identifier().prefix(16)), email: input.text("email"),
            secretDigest: Self.digest(secret),
            expires: desk.now.addingTimeInterval(86_400 * Double(RequestLimits.invitationDays)))
        do {
            try desk.perform(.invite(invitation), on: id, by: .person(person), seen: nil)
        } catch let error as RequestError {
            return try refused(error, id, person, request, context)
        }
        let link = "\(desk.identities.address)/requests/\(id)/join?invitation=\(invitation.id)&secret=\(secret)"
        return try page(id, person, request, context, done: "The invitation is made.", link: link)
    }

    private static func digest(_ secret: String) -> String { Hex.text(SHA256.hash(data: Array(secret.utf8))) }

    /// The invitation that somebody brings, where its secret is the one that was handed out and its time is not over.
    private func invitation(_ id: String, _ secret: String, of request: AccessRequest) throws(RequestError)
        -> RequestInvitation
    {
        guard let invitation = request.invitations.first(where: { $0.id == id }),
            invitation.secretDigest == Self.digest(secret), invitation.expires > desk.now
        else { throw .unknown }
        return invitation
    }

    func invited(_ request: Request, _ context: VisitorContext) throws -> Response {
        _ = try context.signedIn()
        return try joinPage(
            try context.parameters.require("id"), QueryString.value(of: "invitation", in: request.uri.query) ?? "",
            QueryString.value(of: "secret", in: request.uri.query) ?? "", context)
    }

    private func joinPage(
        _ id: String, _ name: String, _ secret: String, _ context: VisitorContext, problem: String? = nil
    ) throws -> Response {
        try refusing {
            guard let record = try desk.store.request(id) else { throw RequestError.unknown }
            _ = try invitation(name, secret, of: record.request)
            return PageResponse.html(
                pages.join(
                    JoinView(
                        frame: frame("Invitation", context, at: "/requests"), id: id, invitation: name, secret: secret,
                        title: record.request.title, applicant: record.request.applicant.name, problem: problem)),
                status: problem == nil ? .ok : .conflict)
        }
    }

    func join(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let id = try context.parameters.require("id")
        let form = try await PageForm(request)
        let (name, secret) = (form.raw("invitation"), form.raw("secret"))
        do {
            guard let record = try desk.store.request(id) else { throw RequestError.unknown }
            _ = try invitation(name, secret, of: record.request)
            try desk.perform(
                .join(invitation: name, person: Participant(person)), on: id, by: .person(person), seen: nil)
            return PageResponse.go(to: "/requests/\(id)?done=joined")
        } catch RequestError.unknown {
            throw AccessRefusal(
                "This invitation is not valid: it was used, taken back, or has expired.", status: .notFound)
        } catch let error as RequestError {
            return try joinPage(id, name, secret, context, problem: error.description)
        }
    }
}
