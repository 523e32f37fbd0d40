import ArgumentParser
import Curation
import Node
import Runtime

/// `atles node risk`.
struct NodeRisk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "risk", abstract: "How easily the patients of the data set are found again, and what would help.",
        discussion: """
            Looks at what others may know of a patient (sex, age, body part, modality, number of studies) and counts how \
            many patients share it. Exits with 3 where fewer than --k do: such a data set is not to be published record \
            by record. Counts that the hub gets are protected by themselves.
            """)

    @OptionGroup var location: NodeFolderOption

    @Option(help: "How many patients must share the same facts.")
    var k = 5

    @Flag(help: "Print the report for programs.")
    var json = false

    @Option(help: ArgumentHelp("Write the report as a page.", valueName: "file"))
    var html: String?

    func run() async throws {
        let report = try await explained {
            let node = try Node.open(location.nodeFolder)
            let report = try node.risk(k: max(k, 1))
            if let html {
                try PosixFileSystem().writeAtomically(
                    Array(RiskSection.page(report, title: node.configuration.title).utf8), to: html, mode: 0o600)
            }
            return report
        }
        print(json ? try JSONOutput.text(report) : report.text)
        if !report.decision.passed { throw ExitCode(3) }
    }
}
