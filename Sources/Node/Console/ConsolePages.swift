import Mustache
import WebPages

/// The console's pages: what is known goes in, HTML comes out.
struct ConsolePages: Sendable {
    private let library: MustacheLibrary

    init() throws {
        HTMLEscaping.register()
        var library = MustacheLibrary()
        let templates = [
            ("layout", PackageResources.layout_mustache), ("sign-in", PackageResources.sign_in_mustache),
            ("queue", PackageResources.queue_mustache), ("entry", PackageResources.entry_mustache),
            ("pair", PackageResources.pair_mustache), ("decide", PackageResources.decide_mustache),
            ("release", PackageResources.release_mustache),
            ("findings", PackageResources.findings_mustache), ("failure", PackageResources.failure_mustache),
        ]
        for (name, bytes) in templates {
            try library.register(
                "{{% CONTENT_TYPE: \(HTMLEscaping.name)}}\n" + String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
    }

    func signIn(_ view: SignInView) -> String { render(view, "sign-in") }
    func queue(_ view: QueueView) -> String { render(view, "queue") }
    func entry(_ view: EntryPage) -> String { render(view, "entry") }
    func release(_ view: ReleasePage) -> String { render(view, "release") }
    func failure(_ view: FailureView) -> String { render(view, "failure") }

    private func render(_ view: Any, _ name: String) -> String { library.render(view, withTemplate: name) ?? "" }

    static let stylesheet = PackageResources.console_css
    static let logo = PackageResources.mark_svg
}
