import Federation
import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import Runtime
import WebPages

/// Requests for programs: lists, one request, its history, and the same in the words of the BBMRI-ERIC Negotiator.
struct RequestAPI {
    let desk: RequestDesk

    func addRoutes(to router: RouterGroup<VisitorContext>) {
        router.get("requests") { request, context in try list(request, context) }
        router.get("requests/{id}") { _, context in
            try answer(context) { RequestDocument($0, desk.rules, for: $1, uses: desk.uses($0.request)) }
        }
        router.get("requests/{id}/negotiation") { _, context in
            try answer(context) { record, _ in NegotiatorNegotiation(record.request, events: record.events) }
        }
    }

    private func list(_ request: Request, _ context: VisitorContext) throws -> Response {
        let person = try context.signedIn()
        let page = QueryString.value(of: "page", in: request.uri.query).flatMap { Int($0) } ?? 0
        let words = QueryString.value(of: "words", in: request.uri.query) ?? ""
        let (requests, isMore) = try desk.store.list(RequestFilter(.person(person.id), words: words, page: page))
        return try JSONResponse.make(
            RequestListDocument(
                requests: requests.map {
                    .init(
                        id: $0.id, title: $0.title, state: $0.state, changed: Timestamp.text($0.changed),
                        due: $0.due.map(Timestamp.text))
                }, isMore: isMore))
    }

    private func answer(
        _ context: VisitorContext, _ body: (RequestRecord, Person) throws -> some Encodable
    ) throws -> Response {
        let person = try context.signedIn()
        do {
            let record = try desk.record(try context.parameters.require("id"), for: person)
            return try JSONResponse.make(try body(record, person))
        } catch RequestError.unknown {
            return try JSONResponse.notFound(RequestError.unknown.description)
        }
    }
}

struct RequestListDocument: Encodable {
    struct Row: Encodable {
        var id: String
        var title: String
        var state: RequestState
        var changed: String
        var due: String?
    }

    var requests: [Row]
    var isMore: Bool
}

/// One request for programs.
struct RequestDocument: Encodable {
    struct Site: Encodable {
        var site: String
        var dataSets: [String]
        var state: SiteState
        var word: SiteState.Word
        var since: String
        var conditions: [String]
        var reason: String?
        var outputs: [GrantedOutput]?
        var until: String?
    }

    struct Duty: Encodable {
        var party: RequestParty
        var site: String?
        var what: String
        var due: String
    }

    struct Use: Encodable {
        var site: String
        var dataSet: String?
        var outcome: DataUseOutcome
        var reasons: [String]
    }

    var id: String
    var version: Int
    var title: String
    var state: RequestState
    var applicant: String
    var query: String
    var sites: [Site]
    var duties: [Duty]
    var dataUse: [Use]
    var answers: [String: FormAnswer]

    init(_ record: RequestRecord, _ rules: RequestRules, for person: Person, uses: [RequestUse]) {
        let request = record.request
        id = request.id
        version = request.version
        title = request.title
        state = request.state
        applicant = request.applicant.name
        query = request.query
        sites = request.sites.map { site in
            let grant = site.state == .granted ? site.grant : nil
            return Site(
                site: site.site.description, dataSets: site.dataSets, state: site.state, word: site.state.word,
                since: Timestamp.text(site.since), conditions: site.conditions, reason: site.reason,
                outputs: grant?.outputs.sorted(), until: grant.map { Timestamp.text($0.until) })
        }
        duties = request.duties(rules).map {
            Duty(party: $0.party, site: $0.site?.description, what: $0.what, due: Timestamp.text($0.due))
        }
        dataUse = uses.map {
            Use(
                site: $0.site.description, dataSet: $0.dataSet, outcome: $0.check.outcome,
                reasons: $0.check.findings.map(\.reason))
        }
        answers = request.answers
    }
}
