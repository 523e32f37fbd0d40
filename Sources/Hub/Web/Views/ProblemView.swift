/// What is wrong with a question, shown at its place in the text.
struct ProblemView {
    struct Suggestion {
        var label: String
        /// The whole question with the suggestion in place.
        var `where`: String
        var href: String
    }

    var message: String
    var hasPlace: Bool
    var before: String
    var wrong: String
    var after: String
    var hasSuggestions: Bool
    var suggestions: [Suggestion]

    /// With a place and a suggestion, so that the script finds all parts.
    static let blank = {
        var view = ProblemView(text: "", QuestionProblem(message: ""))
        view.hasPlace = true
        view.hasSuggestions = true
        return view
    }()

    init(text: String, _ problem: QuestionProblem) {
        message = problem.message
        let start = problem.position.flatMap { place in
            place < 0 ? nil : text.index(text.startIndex, offsetBy: place, limitedBy: text.endIndex)
        }
        if let start {
            let end = text.index(start, offsetBy: max(1, problem.length), limitedBy: text.endIndex) ?? text.endIndex
            before = String(text[..<start])
            // At the end of the text a blank is marked: something is missing there.
            wrong = start == text.endIndex ? " " : String(text[start..<end])
            after = String(text[end...])
        } else {
            (before, wrong, after) = (text, "", "")
        }
        hasPlace = start != nil && !text.isEmpty
        let (head, tail) = (before, after)
        suggestions = problem.suggestions.map { suggestion in
            let corrected = start == nil ? suggestion : head + suggestion + tail
            return Suggestion(label: suggestion, where: corrected, href: WebLink.question(corrected))
        }
        hasSuggestions = !suggestions.isEmpty
    }
}
