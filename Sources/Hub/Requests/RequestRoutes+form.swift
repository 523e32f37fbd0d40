import Cohort
import Federation
import Governance
import HTTPTypes
import Hummingbird
import WebPages

/// A request that is about to begin: its title, its query, and the sites and data sets that can be asked.
struct NewRequestView {
    struct Site {
        var id: String
        var name: String
        var country: String
        var isChosen: Bool
        var hasSets: Bool
        var sets: [Set]
    }

    struct Set {
        var value: String
        var title: String
    }

    var frame: Frame
    var style = WebAsset.link("requests.css")
    var title: String
    var query: String
    var sites: [Site]
    var hasSites: Bool
    var problem: String?
}

extension RequestRoutes {
    /// Begins with what the explorer knows: `where` is the query, `site` each site whose answer was chosen.
    func new(_ request: Request, _ context: VisitorContext) throws -> Response {
        _ = try context.signedIn()
        let query = QueryString.value(of: "where", in: request.uri.query) ?? ""
        let chosen = Set(QueryString.values(of: "site", in: request.uri.query))
        return try newPage(context, title: "", query: query, chosen: chosen)
    }

    private func newPage(
        _ context: VisitorContext, title: String, query: String, chosen: Set<String>, problem: String? = nil
    ) throws -> Response {
        let sites = try sites()
        let view = NewRequestView(
            frame: frame("Ask for access", context, at: "/requests"), title: title, query: query,
            sites: sites.map { site in
                let sets = (site.card?.dataSets ?? []).map {
                    NewRequestView.Set(value: "\(site.id)/\($0.name)", title: $0.title.isEmpty ? $0.name : $0.title)
                }
                return NewRequestView.Site(
                    id: site.id, name: site.name, country: site.country,
                    isChosen: chosen.isEmpty || chosen.contains(site.id), hasSets: !sets.isEmpty, sets: sets)
            }, hasSites: !sites.isEmpty, problem: problem)
        return PageResponse.html(pages.newRequest(view), status: problem == nil ? .ok : .badRequest)
    }

    func begin(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let input = RequestInput(try await PageForm(request))
        let chosen = input.sites()
        do {
            let known = Set(try sites().map(\.id))
            guard !chosen.isEmpty, chosen.allSatisfy({ known.contains($0.site.description) }) else {
                throw RequestError.invalid("Choose at least one of the sites.")
            }
            let begun = try desk.begin(
                RequestStart(
                    title: input.text("title"), applicant: Participant(person), query: input.text("query"),
                    sites: chosen, form: desk.form.id), by: person)
            return PageResponse.go(to: "/requests/\(begun.id)/form")
        } catch let error as RequestError {
            return try newPage(
                context, title: input.text("title"), query: input.text("query"),
                chosen: Set(chosen.map(\.site.description)), problem: error.description)
        }
    }

    func form(_ request: Request, _ context: VisitorContext) throws -> Response {
        let person = try context.signedIn()
        return try refusing {
            let record = try desk.record(try context.parameters.require("id"), for: person)
            return try formPage(record.request, person, request, context, answers: record.request.answers)
        }
    }

    private func formPage(
        _ record: AccessRequest, _ person: Person, _ request: Request, _ context: VisitorContext,
        answers: [String: FormAnswer], title: String? = nil, problem: String? = nil, status: HTTPResponse.Status = .ok,
        showsMissing: Bool = false
    ) throws -> Response {
        guard record.isOpenForChanges,
            !record.parties(of: .person(person)).isDisjoint(with: RequestVerb.save.parties)
        else { return PageResponse.go(to: "/requests/\(record.id)") }
        let missing = showsMissing || QueryString.value(of: "check", in: request.uri.query) != nil
        return PageResponse.html(
            pages.requestForm(
                RequestFormView(
                    frame: frame(record.title, context, at: "/requests"), record, form: desk.form, answers: answers,
                    title: title ?? record.title, language: request.language, problem: problem, showsMissing: missing)),
            status: status)
    }

    /// Saves the form. What was typed is shown again where it cannot be kept: nobody writes a page twice.
    func save(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let id = try context.parameters.require("id")
        do {
            let form = try await multipart(request)
            let record = try desk.record(id, for: person).request
            let input = RequestInput(form)
            guard form.files.count <= 20 else { throw RequestError.invalid("At most 20 files can be sent at once.") }
            let change = input.change(desk.form, of: record, files: try shelve(form.files))
            var answers = record.answers
            for (field, answer) in change.answers { answers[field] = answer }
            for field in change.emptied { answers[field] = nil }
            do {
                if change != RequestChange() {
                    try desk.perform(.save(change), on: id, by: .person(person), seen: input.version)
                }
                let goOn = input.text("do") == "check"
                let isComplete = desk.form.problems(answers).isEmpty
                return PageResponse.go(
                    to: goOn && !isComplete ? "/requests/\(id)/form?check" : "/requests/\(id)?done=saved")
            } catch let error as RequestError {
                if case .unknown = error { throw error }
                return try formPage(
                    record, person, request, context, answers: answers, title: input.text("title"),
                    problem: error.description, status: error.status)
            }
        } catch let error as RequestError {
            return try refused(error, id, person, request, context)
        }
    }
}
