import Federation
import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import Runtime

/// The people of the hub, for its operators: who there is, and what they are.
struct PeopleRoutes {
    let identities: Identities
    let pages: Pages

    private var directory: PeopleDirectory { PeopleDirectory(identities: identities) }

    func addRoutes(to router: Router<VisitorContext>) {
        router.get("/people") { _, context in try page(context) }
        router.post("/people") { request, context in
            try await change(request, context) { form in
                let login = form.text("login", upTo: 64)
                let code = try directory.add(
                    login: login, name: form.text("name"), email: form.text("email"),
                    organisation: form.text("organisation"))
                return (login, code)
            }
        }
        router.post("/people/role") { request, context in
            try await change(request, context) { form in
                guard let role = Role(rawValue: form.text("role")) else { throw PeopleError.badRole }
                let site = form.text("site").isEmpty ? nil : form.text("site")
                if form.raw("take") == "yes" {
                    try directory.take(role, at: site, from: try id(form))
                } else {
                    try directory.give(role, at: site, to: try id(form))
                }
                return nil
            }
        }
        router.post("/people/reset") { request, context in
            try await change(request, context) { form in
                let id = try id(form)
                return (id.text, try directory.reset(id))
            }
        }
        router.post("/people/remove") { request, context in
            try await change(request, context) { form in
                try directory.remove(try id(form))
                return nil
            }
        }
    }

    private func id(_ form: PageForm) throws -> PersonID {
        guard let id = PersonID(form.raw("person")) else { throw PeopleError.unknown }
        return id
    }

    /// Does what a form asks, and shows the page: with the one-time code that came of it, or with what is wrong.
    private func change(
        _ request: Request, _ context: VisitorContext,
        _ body: (PageForm) throws -> (person: String, code: PeopleDirectory.Code)?
    ) async throws -> Response {
        let form = try await PageForm(request)
        do {
            guard let made = try body(form) else { return PageResponse.go(to: "/people") }
            return try page(
                context,
                code: PeopleView.Code(
                    person: made.person, text: made.code.text, expires: Timestamp.text(made.code.expires)))
        } catch let error as PeopleError {
            return try page(context, problem: "\(error)".sentence, status: .badRequest)
        }
    }

    private func page(
        _ context: VisitorContext, code: PeopleView.Code? = nil, problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let frame = Frame(
            "People · \(identities.federation)", federation: identities.federation, for: context, at: "/people")
        let people = try directory.all().map { person in
            PeopleView.Row(
                id: person.id.text, name: person.name,
                details: [person.organisation, person.email].compactMap(\.self).joined(separator: " · "),
                isLocal: !person.login.isEmpty,
                roles: person.roles.sorted { $0.label < $1.label }.map { grant in
                    PeopleView.RoleView(
                        name: grant.role.rawValue, label: grant.label, site: grant.site?.description ?? "",
                        person: person.id.text)
                })
        }
        let view = PeopleView(frame: frame, people: people, code: code, problem: problem)
        return PageResponse.html(pages.people(view), status: status)
    }
}

/// The page of the people.
struct PeopleView {
    struct RoleView {
        var name: String
        var label: String
        var site: String
        /// Whose it is.
        var person = ""
    }

    struct Row {
        var id: String
        var name: String
        var details: String
        var isLocal: Bool
        var roles: [RoleView]
    }

    /// Shown once.
    struct Code {
        var person: String
        var text: String
        var expires: String
    }

    var frame: Frame
    var people: [Row]
    var all = Role.allCases.map { RoleView(name: $0.rawValue, label: $0.label, site: "") }
    var code: Code?
    var problem: String?
}
