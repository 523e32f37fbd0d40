import Federation
import Governance
import HTTPTypes
import Hummingbird
import WebPages

extension RequestRoutes {
    /// What a list's address says: a page's number and words of the title.
    private func filter(_ scope: RequestFilter.Scope, _ request: Request, open: Bool = false) -> RequestFilter {
        let query = request.uri.query
        return RequestFilter(
            scope, isOpenAtSite: open, words: String((QueryString.value(of: "words", in: query) ?? "").prefix(100)),
            page: QueryString.value(of: "page", in: query).flatMap { Int($0) } ?? 0)
    }

    private func list(
        _ filter: RequestFilter, _ title: String, _ lead: String, _ empty: String, at path: String,
        _ context: VisitorContext
    ) throws -> RequestListView {
        let (requests, isMore) = try desk.store.list(filter)
        return RequestListView(
            frame: frame(title, context, at: path), title: title, lead: lead, path: path, filter: filter,
            requests: requests, isMore: isMore, names: try names(), now: desk.now, empty: empty)
    }

    /// What somebody asks for, or works on with others.
    func mine(_ request: Request, _ context: VisitorContext) throws -> Response {
        let person = try context.signedIn()
        var view = try list(
            filter(.person(person.id), request), "My requests",
            "What you have asked for, and what you work on with others.",
            "Nothing yet. Ask a question in the explorer and choose “Ask for access”, or begin here.", at: "/requests",
            context)
        view.showsNew = true
        return PageResponse.html(pages.requests(view))
    }

    /// What waits for the sites of somebody on a committee; with `all`, everything that those sites were told of.
    func inbox(_ request: Request, _ context: VisitorContext) throws -> Response {
        let person = try context.signedIn()
        let sites = Set(person.roles.filter { $0.role.isAtSite }.compactMap(\.site))
        let showsAll = QueryString.value(of: "all", in: request.uri.query) != nil
        var view = try list(
            filter(.sites(sites), request, open: !showsAll),
            showsAll ? "All requests to your site" : "For your site to decide",
            showsAll
                ? "Everything that your site was told of, the newest first."
                : "What waits for your site, the most urgent first.",
            "Nothing waits for your site.", at: "/committee", context)
        view.other =
            showsAll
            ? .init(href: "/committee", label: "Only what waits for us")
            : .init(href: "/committee?all", label: "Everything that we were told of")
        return PageResponse.html(pages.requests(view))
    }

    /// Every request that was handed in, and how long sites take.
    func overview(_ request: Request, _ context: VisitorContext) throws -> Response {
        let waiting = QueryString.value(of: "waiting", in: request.uri.query) != nil
        var filter = filter(.all, request)
        if waiting { filter.states = [.submitted] }
        var view = try list(
            filter, "Requests",
            "Every request that was handed in, the last changed first, and how long each site takes.",
            waiting ? "Nothing waits for you." : "No request was handed in yet.", at: "/operator/requests", context)
        view.add(try desk.board.pace(desk.store, at: desk.now), names: try names())
        view.other =
            waiting
            ? .init(href: "/operator/requests", label: "All requests")
            : .init(href: "/operator/requests?waiting", label: "Only what waits to be passed on")
        return PageResponse.html(pages.requests(view))
    }
}
