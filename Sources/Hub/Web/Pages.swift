import Cohort
import Mustache
import WebPages

/// The hub's pages: what is known goes in, HTML comes out. Nothing here knows the network.
struct Pages: Sendable {
    private let library: MustacheLibrary

    /// Reads the built-in templates, once.
    init() throws(PageError) {
        HTMLEscaping.register()
        var library = MustacheLibrary()
        for (name, text) in PageTemplates.all {
            do {
                // Every template gets the escaping that works on scalars: see HTMLEscaping.
                try library.register("{{% CONTENT_TYPE: \(HTMLEscaping.name)}}\n" + text, named: name)
            } catch {
                throw PageError(template: name, reason: "\(error)")
            }
        }
        self.library = library
    }

    /// `/` and `/query`: the federation at a glance, a question, and what is known of its answer.
    func explorer(_ federation: FederationOverview, _ state: ExplorerState = .start) -> String {
        render(ExplorerView(federation, state), with: "explorer")
    }

    /// `/about`: how it works, and what leaves a hospital.
    func about(federation name: String) -> String {
        render(AboutView(federation: name), with: "about")
    }

    /// `/attributes` and `/attributes/{entity}`: what a question can name.
    func attributes(of entity: CohortEntity?, federation name: String) -> String {
        render(AttributesView(entity, federation: name), with: "attributes")
    }

    /// The page for a request that cannot be served.
    func failure(_ failure: PageFailure, federation name: String) -> String {
        render(FailureView(failure, federation: name), with: "failure")
    }

    /// `view` in the template `name`.
    func render(_ view: Any, with name: String) -> String {
        library.render(view, withTemplate: name) ?? ""
    }
}

/// A built-in template that cannot be read: a mistake of the program, found by the first test that makes ``Pages``.
struct PageError: Error, Equatable, CustomStringConvertible {
    var template: String
    var reason: String

    var description: String { "the page template \(template) cannot be read: \(reason)" }
}

/// What the visitor of the explorer has asked so far.
enum ExplorerState: Sendable {
    /// Nothing yet.
    case start
    /// A question that could not be asked: the text as it was written, and what is wrong with it.
    case draft(String, QuestionProblem)
    /// A question under way or answered. `written` is its text as the visitor wrote it; without it the canonical one is shown.
    case asked(Question, written: String? = nil)
}

/// What is wrong with a question, for the person who wrote it.
struct QuestionProblem: Sendable, Equatable {
    var message: String
    /// Where in the text, in characters from 0; nil where it has no place.
    var position: Int?
    var length = 1
    /// What may have been meant at that place.
    var suggestions: [String] = []
}

extension QuestionProblem {
    init(_ error: QueryError) {
        self.init(
            message: error.message, position: error.position, length: error.length, suggestions: error.suggestions)
    }
}

/// Why a page cannot be shown.
struct PageFailure: Sendable, Equatable {
    var status: Int
    var title: String
    var message: String

    /// There is no such page.
    static let notFound = PageFailure(
        status: 404, title: "There is no such page",
        message: "The address may be mistyped, or the question it names has been forgotten. Asking again is quick.")

    /// Something went wrong here; `reason` is a sentence for the reader.
    static func unavailable(_ reason: String) -> PageFailure {
        PageFailure(status: 503, title: "This did not work", message: reason)
    }
}
