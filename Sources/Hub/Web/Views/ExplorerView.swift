/// The explorer: the federation at a glance, the question, its answer, and what the sites hold.
struct ExplorerView {
    var frame: Frame
    /// Nothing asked yet. Where something is, the overview gives way to it.
    var isHome: Bool
    var glance: GlanceView?
    var ask: AskView
    var answer: AnswerView
    var holdings: HoldingsView?
    var blank = BlankPieces()

    init(_ federation: FederationOverview, _ state: ExplorerState) {
        frame = Frame(federation.name, federation: federation.name)
        frame.onExplore = true
        switch state {
        case .start:
            isHome = true
            glance = GlanceView(federation)
            holdings = HoldingsView(federation)
            ask = AskView(text: "", seenIn: federation)
            answer = .none
        case .draft(let text, let problem):
            isHome = false
            ask = AskView(text: text, problem: ProblemView(text: text, problem), seenIn: federation)
            answer = .none
        case .asked(let question, let written):
            isHome = false
            let text = written ?? question.text
            ask = AskView(text: text, seenIn: federation)
            answer = AnswerView(question, text)
            frame.title = "\(text) · \(frame.title)"
        }
    }
}

/// Empty rows, bars and messages, which the script copies and fills: so that there is one markup for both.
struct BlankPieces {
    var row = SiteRowView.blank
    var facet = FacetView.blank
    var cell = FacetView.Cell.blank
    var problem = ProblemView.blank
}
