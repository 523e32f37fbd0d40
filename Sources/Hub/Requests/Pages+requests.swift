extension Pages {
    func requests(_ view: RequestListView) -> String { render(view, with: "requests") }
    func request(_ view: RequestView) -> String { render(view, with: "request") }
    func requestForm(_ view: RequestFormView) -> String { render(view, with: "request-form") }
    func newRequest(_ view: NewRequestView) -> String { render(view, with: "request-new") }
    func join(_ view: JoinView) -> String { render(view, with: "request-join") }
}
