import ArgumentParser
import Curation
import Node
import Runtime

/// `atles node map apply`.
struct NodeMapApply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Loads tables into the node's index, as a mapping says.",
        discussion: """
            What the tables say replaces what an earlier load under the same mapping said, all at once: after an error \
            the index has what it had before. Running it again on the same tables changes nothing. Exits with 0 when \
            everything was understood, with 3 when values or rows were left out.
            """)

    @OptionGroup var location: NodeFolderOption

    @Option(name: [.short, .long], help: ArgumentHelp("The mapping.", valueName: "file"))
    var mapping: String

    @Argument(help: ArgumentHelp("The tables: files, or a folder of them. They are only read.", valueName: "path"))
    var paths: [String]

    @Flag(help: "Load nothing where anything would be left out.")
    var strict = false

    @Flag(help: "Print the summary for programs.")
    var json = false

    func run() async throws {
        let outcome = try await explained {
            try Node.open(location.nodeFolder).applyMapping(
                try FactMapping.read(mapping), paths: paths, isStrict: strict)
        }
        print(json ? try JSONOutput.text(outcome) : Terminal.plainLines(outcome.text))
        if !outcome.report.isComplete { throw ExitCode(3) }
    }
}
